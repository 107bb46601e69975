import type { Hint } from '@zhijiao/contract/matters'
import { type Apart, apartAs, apartOf, atDesk, handsFor } from '../../core/apart.ts'
import type { ScopedDb } from '../../core/db.ts'
import type { MatterRow, Weighing } from '../../procedures/index.ts'
import { hint } from './words.ts'

type Asking = Pick<Weighing, 'db' | 'law'>
const ruleOf = (apart: Apart) => (apart.includes('minors') ? 'MIN-02' : 'MIN-04')

async function namesOf(db: ScopedDb, codes: readonly string[]): Promise<readonly string[]> {
  if (codes.length === 0) return []
  const rows = await db.selectFrom('org').select('name').where('code', 'in', codes).orderBy('code').execute()
  return rows.map(({ name }) => name)
}

/** Who of the new county may have it in hand, said before anybody is asked: sent where nobody may, it would lie there. */
async function deskThere({ db, law }: Asking, apart: Apart, county: string): Promise<Hint[]> {
  const there = atDesk(await handsFor(db, county, apart), county)
  const [name = county] = await namesOf(db, [county])
  return [
    there.length > 0
      ? hint(
          law,
          'good',
          ruleOf(apart),
          `此人须由专人办理：在“${name}”由指定专人或机构负责人办理，其他工作人员看不到。`,
          `For the named staff only: in "${name}" they or the head of the agency act, other staff do not see it.`,
        )
      : hint(
          law,
          'careful',
          ruleOf(apart),
          `此人须由专人办理，而“${name}”还没有指定专人，也没有机构负责人账号：发函后无人能看到。请先联系对方指定专人，或改以函件方式办理。`,
          `For the named staff only, and "${name}" has neither somebody named nor a head on this platform: nobody there could see it. Have somebody named there first, or do it by letter.`,
        ),
  ]
}

/** Which offices there have somebody named, where one is chosen: in another the file would have no hands. */
async function officesThere({ db, law }: Asking, apart: Apart, county: string): Promise<Hint> {
  const hands = await handsFor(db, county, apart)
  const names = await namesOf(db, [...new Set(hands.flatMap(({ org }) => (org.length === 9 ? [org] : [])))])
  return names.length > 0
    ? hint(
        law,
        'must',
        ruleOf(apart),
        `接收后由司法所的专人负责。已指定专人的司法所：${names.join('、')}。`,
        `The office that receives needs somebody named. These have: ${names.join(', ')}.`,
      )
    : hint(
        law,
        'must',
        ruleOf(apart),
        '接收后由司法所的专人负责，而各司法所还没有指定专人。请先由安全管理员在“工作人员”中指定专人，再登记报到。',
        'The office that receives needs somebody named, and none has. Have the security administrator name somebody first.',
      )
}

/** Before it is registered: the person is in sight. */
export const hintsToSend = async (w: Asking & Pick<Weighing, 'person'>, county: string): Promise<readonly Hint[]> => {
  const apart = w.person ? apartAs(w.person) : []
  return apart.length > 0 && county !== '' ? deskThere(w, apart, county) : []
}

/** Beside a step: to whoever sends, and to whoever receives. */
export async function hintsOnTheWay(w: Asking & { readonly matter: MatterRow }): Promise<readonly Hint[]> {
  const { step, other_org: county, id } = w.matter
  if (!county || !step || !['ask', 'reply', 'transfer', 'receipt', 'arrival'].includes(step)) return []
  const apart = await apartOf(w.db, id)
  if (apart.length === 0) return []
  const desk = await deskThere(w, apart, county)
  return step === 'reply' || step === 'arrival' ? [...desk, await officesThere(w, apart, county)] : desk
}
