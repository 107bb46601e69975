import { notices } from '@zhijiao/contract/notices'
import { notFound, refuse } from '../core/refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { noticesIn } from '../notices/index.ts'
import type { Bench } from './issue.ts'
import { NotIssued, Voided } from './refusals.ts'
import { documentStore, type ShownDocument } from './store.ts'

/** Short messages about an issued paper: the person is told that it waits for him. */
export function documentNoticeHandlers({ house }: Bench): KeptRoom {
  const about = async ({ db }: Inside, id: string): Promise<ShownDocument & { person_id: string }> => {
    const row = await documentStore(db).one(id)
    if (row.person_id === null) throw notFound()
    return { ...row, person_id: row.person_id }
  }
  const answer = async (inside: Inside, asked: Pick<Asked, 'note'>, row: ShownDocument & { person_id: string }) => {
    asked.note({ person: row.person_id })
    // It shows on a locked screen: neither the paper nor the case is named.
    const suggested = `您有一份文书需要领取，请在工作时间到${row.org_name}办理，或与您的责任人联系。`
    return noticesIn(inside, house).list({ subject: row.id, person: row.person_id }, suggested)
  }
  return keep(notices, {
    list: (asked) => asked.inTransaction(async (inside) => answer(inside, asked, await about(inside, asked.params.id))),
    send: (asked) =>
      asked.inTransaction(async (inside) => {
        const row = await about(inside, asked.params.id)
        if (row.state === 'draft') throw refuse(NotIssued)
        if (row.state === 'void') throw refuse(Voided)
        const { staff } = signedIn(asked)
        await noticesIn(inside, house).send({ subject: row.id, person: row.person_id, org: row.org_code }, asked.body, {
          id: staff.id,
          name: staff.name,
        })
        return answer(inside, asked, row)
      }),
  })
}
