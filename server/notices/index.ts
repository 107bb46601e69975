import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import type { notices } from '@zhijiao/contract/notices'
import { legalDayOf, startOfLegalDay } from '@zhijiao/law/civil-date'
import type { House } from '../core/house.ts'
import { refuse } from '../core/refusals.ts'
import type { Inside, Room } from '../core/room.ts'
import { phoneOf } from '../people/index.ts'
import { NoPhone, NoticesOff, Personal, TooOften } from './refusals.ts'
import { runNotices } from './sending.ts'
import { type NoticeRow, noticeStore } from './store.ts'

export { sendDue } from './sending.ts'

/** Short messages (短信) to the phone of a person on file: kept, sent by the worker, tried again, never the only word. */
export const noticeRoom = (house: House): Room => ({
  http: [],
  background: { worker: () => runNotices(house) },
})

/** Messages about one thing in one legal day. */
const mostADay = 3
const covered = (tail: string) => `*******${tail}`

const faults: Readonly<Record<string, { zh: string; en: string }>> = {
  unreachable: { zh: '短信网关没有应答', en: 'the gateway did not answer' },
  noPhone: { zh: '档案中已没有手机号码', en: 'the file has no number any more' },
}
const faultSaid = (fault: string) =>
  faults[fault] ?? { zh: `短信网关答复 ${fault}`, en: `the gateway answered ${fault}` }

const shown = (row: NoticeRow) => ({
  id: row.id,
  to: covered(row.phone_tail),
  text: row.text,
  state: row.state,
  tries: row.tries,
  askedAt: row.asked_at.toISOString(),
  askedBy: row.asked_name,
  sentAt: row.sent_at?.toISOString() ?? null,
  fault: row.fault === null ? null : faultSaid(row.fault),
})

export interface About {
  readonly subject: string
  readonly person: string
  readonly org: string
}

/** Messages about a thing of another room, inside its transaction. */
export function noticesIn({ db, ledger }: Inside, house: House) {
  const store = noticeStore(db)
  return {
    async list(
      { subject, person }: Pick<About, 'subject' | 'person'>,
      suggested: string,
    ): Promise<AnswerOf<SpecOf<(typeof notices)['list']>>> {
      const phone = await phoneOf({ db, house }, person)
      return {
        on: house.config.sms !== null,
        to: phone ? covered(phone.slice(-4)) : null,
        suggested,
        items: (await store.about(subject)).map(shown),
      }
    },

    /** @throws Refusal NoticesOff, NoPhone, Personal, TooOften */
    async send(about: About, wish: { id: string; text: string }, by: { id: string; name: string }): Promise<void> {
      if (!house.config.sms) throw refuse(NoticesOff)
      if (/\d{17}[\dXx]/.test(wish.text)) throw refuse(Personal)
      const phone = await phoneOf({ db, house }, about.person)
      if (!phone) throw refuse(NoPhone)
      const now = house.chance.now()
      const today = new Date(startOfLegalDay(legalDayOf(now)))
      const before = await store.about(about.subject)
      if (before.some((n) => n.id === wish.id)) return
      if ((await store.sentSince(about.subject, today)) >= mostADay) throw refuse(TooOften, { most: mostADay })
      const at = new Date(now)
      await store.add({
        id: wish.id,
        org_code: about.org,
        person_id: about.person,
        subject_id: about.subject,
        text: wish.text,
        phone_tail: phone.slice(-4),
        next_at: at,
        asked_by: by.id,
        asked_name: by.name,
        asked_at: at,
      })
      await ledger.append({
        kind: 'notice.asked',
        org: about.org,
        person: about.person,
        subject: about.subject,
        payload: { notice: wish.id, to: `****${phone.slice(-4)}`, text: wish.text },
      })
    },
  }
}
