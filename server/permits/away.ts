import type { HelpWish, LeaveCall, RecallOrder } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate, startOfLegalDay } from '@zhijiao/law/civil-date'
import type { House } from '../core/house.ts'
import { announce } from '../core/live.ts'
import { Changed, refuse, settled } from '../core/refusals.ts'
import type { Inside } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { wallTime } from '../core/wall-time.ts'
import { awayStore } from './away-store.ts'
import { type Decider, gone, recall } from './domain.ts'
import { helpDuty } from './help-duty.ts'
import { ContactTime, HelpAnswered, HelpElsewhere, HelpUnit, IdTaken, NotApproved, NotGone } from './refusals.ts'
import { type LeaveRow, leaveStore } from './store.ts'

type Call = Pick<LeaveCall, 'at' | 'means' | 'result'> & { readonly id?: string; readonly note?: string }

interface At {
  readonly now: number
  readonly today: CivilDate
  readonly by: Decider & { readonly id: string; readonly name: string }
}

/**
 * Supervision while somebody is on leave (IM 28): contacts by phone and video, help of the agency where he is, and the
 * order to return at once. Each is a fact with its entry, written in one transaction.
 */
export function awayIn(inside: Inside, house: House, { now, today, by }: At) {
  const store = leaveStore(inside.db)
  const away = awayStore(inside.db)
  const tell = (row: LeaveRow, what: string) =>
    announce(inside.db, { topic: 'leave', id: row.id, org: row.org_code, person: row.person_id, what, staff: [] })
  const write = (row: LeaveRow, kind: string, cites: 'LVE-10' | 'LVE-11', payload: Record<string, string | null>) =>
    inside.ledger.append({
      kind: `leave.${kind}`,
      org: row.org_code,
      person: row.person_id,
      subject: row.id,
      cites: [cites],
      payload,
    })

  return {
    /** A contact; one whose id was chosen is recorded once, however often it is sent. */
    async call(id: string, { id: chosen, at, means, result, note = '' }: Call): Promise<void> {
      const row = await store.lock(id)
      if (chosen && (await away.leaveOf('leave_contact', chosen)) === id) return
      const from = civilDate(row.from_day)
      if (!gone({ state: row.state, from }, today)) throw refuse(NotGone)
      const when = new Date(at)
      if (when.getTime() < startOfLegalDay(from) || when.getTime() > now)
        throw refuse(ContactTime, { from }, [
          { path: 'at', zh: ContactTime.zh.replace('{from}', from), en: ContactTime.en.replace('{from}', from) },
        ])
      const added = await away.contacted({
        id: chosen ?? house.chance.id(),
        leave_id: id,
        person_id: row.person_id,
        org_code: row.org_code,
        at: when,
        means,
        result,
        note,
        by_id: by.id,
        by_name: by.name,
        recorded_at: new Date(now),
      })
      if (!added) throw refuse(IdTaken)
      await write(row, 'called', 'LVE-10', { at: when.toISOString(), means, result, note })
      // Who was not reached is still to be called.
      if (result !== 'unreached') {
        const tasks = tasksIn(inside.db, house, inside.ledger)
        const due = await tasks.of('leave.contact', id)
        if (due) await tasks.finish(due, 'called')
      }
      await tell(row, 'called')
    },

    /** A request for help; one whose id was chosen is sent once. */
    async askHelp(id: string, { id: chosen, county, organ, letter = '', wish }: HelpWish): Promise<void> {
      const row = await store.lock(id)
      if (chosen && (await away.leaveOf('leave_help', chosen)) === id) return
      if (row.state !== 'approved') throw refuse(NotApproved)
      const own = row.org_code.slice(0, 6)
      const here = county && county !== own ? await away.orgName(county) : null
      if (county ? !here : !organ?.trim())
        throw refuse(HelpUnit, { county: county ?? '—' }, [
          {
            path: county ? 'county' : 'organ',
            zh: '请填写目的地社区矫正机构',
            en: 'Name the agency at the destination',
          },
        ])
      const { name } = await store.person(row.person_id)
      const duty = here && county ? await helpDuty(inside.db, row, name, { code: county, name: here }) : null
      const help = chosen ?? house.chance.id()
      const added = await away.addHelp({
        id: help,
        leave_id: id,
        person_id: row.person_id,
        org_code: row.org_code,
        other_org: here ? (county ?? null) : null,
        organ: here ?? organ?.trim() ?? '',
        letter,
        wish,
        about: {
          name,
          destination: row.destination,
          from: row.from_day,
          until: row.until_day,
          contact: row.contact ? { name: row.contact.name, phone: row.contact.phone } : null,
        },
        asked_at: new Date(now),
        asked_by: by.id,
        asked_name: by.name,
        answer: null,
        answered_at: null,
        answered_name: null,
      })
      if (!added) throw refuse(IdTaken)
      await write(row, 'helpAsked', 'LVE-10', {
        help,
        county: here ? (county ?? null) : null,
        organ: here ?? organ ?? '',
        letter,
        wish,
      })
      if (duty && county)
        await tasksIn(inside.db, house, inside.ledger).open({
          kind: 'leave.assist',
          org: county,
          // The other county has no file of him: it sees the request and no more.
          person: null,
          subject: help,
          rule: 'LVE-10',
          unit: county,
          ...duty,
        })
      await tell(row, 'helpAsked')
    },

    /** The answer of the agency there, by itself or, of one that was written to, as the county that asked enters it. */
    async answerHelp(id: string, answer: string): Promise<void> {
      const help = await away.lockHelp(id)
      // Whoever asked does not answer himself; of a letter he enters what came.
      if (help.other_org && by.unit.slice(0, 6) !== help.other_org.slice(0, 6))
        throw refuse(HelpElsewhere, { organ: help.organ })
      if (help.answered_at) throw refuse(HelpAnswered)
      await away.answered(id, answer, new Date(now), by.name)
      await inside.ledger.append({
        kind: 'leave.helpAnswered',
        org: help.org_code,
        person: help.person_id,
        subject: help.leave_id,
        cites: ['LVE-10'],
        payload: { help: id, answer, by: by.id },
      })
      const tasks = tasksIn(inside.db, house, inside.ledger)
      const duty = await tasks.of('leave.assist', id)
      if (duty) await tasks.finish(duty, 'answered')
      await announce(inside.db, {
        topic: 'leave',
        id: help.leave_id,
        org: help.org_code,
        person: help.person_id,
        what: 'helpAnswered',
        staff: [help.asked_by],
      })
    },

    async recall(id: string, { until, reason, told, revision }: RecallOrder): Promise<void> {
      const row = await store.lock(id)
      const back = new Date(until)
      settled(
        recall(
          {
            state: row.state,
            from: civilDate(row.from_day),
            org: row.org_code,
            recalledUntil: row.recalled_until ? wallTime(row.recalled_until.getTime()) : null,
          },
          back.getTime(),
          { now, today, who: by },
        ),
      )
      if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
      await away.recalled(id, back, { by: by.name, byId: by.id, at: new Date(now).toISOString(), reason, told })
      await write(row, 'recalled', 'LVE-11', { until: back.toISOString(), reason, told, by: by.id })
      await tell(row, 'recalled')
    },
  }
}
