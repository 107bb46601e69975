import { apartAs, atDesk, deskOf, handsFor, unnamed } from '../core/apart.ts'
import type { ScopedDb } from '../core/db.ts'
import { refuse } from '../core/refusals.ts'
import type { NewTask } from '../core/tasks.ts'
import { awayStore } from './away-store.ts'
import { HelpNobody } from './refusals.ts'
import type { LeaveRow } from './store.ts'

/**
 * Whose duty of another county it is to help with somebody on leave, and what its title says. Of a minor or a sealed record
 * it names nobody and goes to whoever is named there.
 * @throws Refusal where nobody there may read it: the request would lie there for good, which a letter does not
 */
export async function helpDuty(
  db: ScopedDb,
  row: Pick<LeaveRow, 'person_id' | 'from_day' | 'until_day' | 'destination'>,
  name: string,
  { code, name: there }: { readonly code: string; readonly name: string },
): Promise<Pick<NewTask, 'title' | 'ownerRole' | 'owner'>> {
  const apart = apartAs(await awayStore(db).marks(row.person_id))
  if (apart.length === 0)
    return {
      title: {
        zh: `协助监管：${name}（${row.from_day} 至 ${row.until_day} 在${row.destination}）`,
        en: `Help with ${name}, on leave at ${row.destination} from ${row.from_day} to ${row.until_day}`,
      },
      ownerRole: 'county',
    }
  const hands = await handsFor(db, code, apart)
  if (atDesk(hands, code).length === 0) {
    const { zh, en } = HelpNobody
    throw refuse(HelpNobody, { county: there }, [
      { path: 'county', zh: zh.replace('{county}', there), en: en.replace('{county}', there) },
    ])
  }
  return {
    title: { zh: `协助监管：${unnamed.zh}`, en: 'Help with somebody on leave, for the named staff' },
    ...deskOf(hands, code),
  }
}
