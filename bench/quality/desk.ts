import { alarms } from '@zhijiao/contract/alarms'
import { type Call, client } from '@zhijiao/contract/client'
import { HOUR, MINUTE } from '@zhijiao/geo/day'
import { startSession } from '@zhijiao/server/core/auth/session'
import type { House } from '@zhijiao/server/core/house'
import type { StaffMember } from '@zhijiao/twin/staff'
import { sql } from 'kysely'
import { type AlarmLine, standingOf, type TruthLine } from './match.ts'

/** Nobody closes an alarm sooner, ms: there is a call to make. */
const handledMs = HOUR

/**
 * The counties' desks: a clerk takes an alarm, calls, and closes it once it is over, the head reviews. An alarm that nobody
 * closes would swallow what happens the next day: there is one open alarm of a kind and person.
 */
export class Desks {
  readonly #house: House
  readonly #url: string
  readonly #staff: readonly StaffMember[]
  readonly #truths: readonly TruthLine[]
  closed = 0
  /** What was not closed, and why. */
  readonly left: string[] = []

  constructor(house: House, url: string, staff: readonly StaffMember[], truths: readonly TruthLine[]) {
    this.#house = house
    this.#url = url
    this.#staff = staff
    this.#truths = truths
  }

  /** Closes what is over by now. */
  async work(now: number): Promise<void> {
    const { rows } = await sql<{ id: string; org: string; kind: string; person: string; began: Date; raised: Date }>`
      select e.id, e.org_code as org, e.kind, p.number as person, e.began_at as began, e.raised_at as raised
      from episode e join person p on p.id = e.person_id where e.state = 'raised' order by e.raised_at`.execute(
      this.#house.databases.system,
    )
    for (const row of rows) {
      const alarm: AlarmLine = { ...row, began: row.began.getTime(), raised: row.raised.getTime() }
      if (now - alarm.raised < handledMs) continue
      const found = standingOf(this.#truths, alarm, now)
      if (found === 'true') continue
      try {
        await this.#close(row, found === 'over' ? 'C06' : 'C21', now)
        this.closed++
      } catch (error) {
        this.left.push(`${alarm.kind} of ${alarm.person}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }

  async #close({ id, org }: { id: string; org: string }, cause: 'C06' | 'C21', now: number): Promise<void> {
    const params = { id }
    const [clerk, head] = [
      await this.#posted(org.slice(0, 6), 'county'),
      await this.#posted(org.slice(0, 6), 'countyHead'),
    ]
    const { revision } = await clerk(alarms.get, { params })
    await clerk(alarms.claim, { params, body: { revision } })
    const called = await clerk(alarms.call, {
      params,
      body: {
        id: this.#house.chance.id(),
        to: 'person',
        answered: true,
        startedAt: new Date(now - MINUTE).toISOString(),
        text: '已电话核实',
      },
    })
    const submitted = await clerk(alarms.submit, {
      params,
      body: { cause, finding: '已电话核实', revision: called.revision },
    })
    await head(alarms.review, { params, body: { verdict: 'approved', note: '', revision: submitted.revision } })
  }

  /** Signed in anew each time: hours pass between two looks, and nobody stays signed in for so long. */
  async #posted(county: string, role: string): Promise<Call> {
    const { databases, chance } = this.#house
    const who = this.#staff.find((s) => s.org === county && s.roles.includes(role))
    // Named for everybody, so that no alarm is left because of whom it is about.
    const { rows } = await sql<{ id: string }>`
      update staff set designations = array['minors', 'sealed'] where login = ${who?.login ?? ''} returning id`.execute(
      databases.system,
    )
    const [found] = rows
    if (!found) throw new Error(`nobody in ${county} is ${role}`)
    const token = await startSession(databases.system, chance, found.id, { secondFactor: true, ip: null, agent: null })
    return client({ base: this.#url, headers: () => ({ cookie: `zj_session=${token}` }) })
  }
}
