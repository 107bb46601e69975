import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import { phoneOf } from '../people/index.ts'
import { handOver, type Sent } from './gateway.ts'
import { type NoticeRow, noticeStore } from './store.ts'

/** Waits between one try and the next, minutes; after the last it has failed. */
const waitsMin = [1, 5, 30, 120] as const
const everyMs = 5_000

/** Sends what is due, one by one, each with its own transaction. Returns how many were tried. */
export async function sendDue(house: House, going: () => boolean = () => true): Promise<number> {
  const { sms } = house.config
  if (!sms) return 0
  let tried = 0
  while (going()) {
    const one = await house.databases.system.transaction().execute(async (db) => {
      const now = house.chance.now()
      const row = await noticeStore(db).due(new Date(now))
      if (!row) return null
      // Read now and not when it was asked for: the number may have been corrected meanwhile, and stands nowhere else.
      const phone = await phoneOf({ db, house }, row.person_id)
      const sent: Sent = phone
        ? await handOver(sms, { id: row.id, phone, text: row.text })
        : { is: 'refused', fault: 'noPhone' }
      await noticeStore(db).tried(row.id, became(row, sent, now))
      if (sent.is === 'taken') {
        const law = await lawFor(house, row.org_code, now)
        await ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision }).append({
          kind: 'notice.sent',
          org: row.org_code,
          person: row.person_id,
          subject: row.subject_id,
          payload: { notice: row.id, to: `****${row.phone_tail}`, text: row.text },
        })
      }
      return row.id
    })
    if (!one) break
    tried++
  }
  return tried
}

function became(row: NoticeRow, sent: Sent, now: number): Pick<NoticeRow, 'state' | 'next_at' | 'fault' | 'sent_at'> {
  if (sent.is === 'taken') return { state: 'sent', next_at: row.next_at, fault: null, sent_at: new Date(now) }
  const wait = waitsMin[row.tries]
  return sent.is === 'later' && wait !== undefined
    ? { state: 'queued', next_at: new Date(now + wait * 60_000), fault: sent.fault, sent_at: null }
    : { state: 'failed', next_at: row.next_at, fault: sent.fault, sent_at: null }
}

export async function runNotices(house: House): Promise<Stop> {
  return inRounds(house, { everyMs, waits: 'messages wait' }, async (going) => {
    await sendDue(house, going)
  })
}
