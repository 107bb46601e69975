import { civilDate } from '@zhijiao/law/civil-date'
import { announce } from '../core/live/announce.ts'
import { refuse, settled } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { approveDevice, extend, type Holding, proposeDevice, startCheck, type Term } from './domain.ts'
import type { ender } from './ending.ts'
import { AlreadyExtended, Overlap, WrongState } from './refusals.ts'
import { type ActivationRow, activationStore, deviceStore } from './store.ts'

/** Who acts on a term, by whatever way it came to him. */
export interface By {
  readonly id: string
  readonly name: string
}
type At = Pick<Circumstances, 'now' | 'today' | 'law' | 'id'>
export type CheckWish = { startsOn?: string; lastDay?: string; document?: string }
export type DeviceWish = {
  ground: Parameters<typeof proposeDevice>[2]['ground']
  facts: string
  startsOn?: string
  lastDay: string
  intervalS?: number
  document?: string
  /** The matter that asks for it. */
  matter?: string
}

/**
 * What becomes of terms 定位启用, in one way for everybody who asks: the activations' own desk and the approvals of other
 * rooms. Each act is its row, its ledger entry and its word to who listens, in the caller's transaction.
 */
export const termActs = (endTerm: ReturnType<typeof ender>) => {
  /** Enters a term, proposed or running, with its entry in the ledger; answers its id. */
  const enter = async (
    inside: Inside,
    by: By,
    at: At,
    of: { personId: string; org: string; deviceId: string },
    term: Term,
    more: {
      state: 'proposed' | 'running'
      kind: string
      facts: string
      document: string
      assessedOn?: string
      extends?: string
      matter?: string
    },
  ): Promise<string> => {
    const { now, law } = at
    const id = at.id()
    const running = more.state === 'running'
    await activationStore(inside.db).add({
      id,
      device_id: of.deviceId,
      person_id: of.personId,
      org_code: of.org,
      regime: term.regime,
      ground: term.ground,
      article: term.article,
      rule: term.rule,
      starts_at: new Date(term.startsAt),
      ends_at: new Date(term.endsAt),
      ceiling_s: term.ceilingS,
      interval_s: term.intervalS,
      state: more.state,
      proposed_by: by.id,
      proposer: by.name,
      proposed_at: new Date(now),
      approver_id: running ? by.id : null,
      approver: running ? by.name : '',
      approved_at: running ? new Date(now) : null,
      document: more.document,
      facts: more.facts,
      assessed_on: more.assessedOn ?? null,
      extends: more.extends ?? null,
      ended_at: null,
      end_reason: null,
      law_revision: law.revision,
      imported: false,
      matter_id: more.matter ?? null,
      revision: 1,
    })
    if (running) await deviceStore(inside.db).withdrawStale(of.deviceId, now)
    await inside.ledger.append({
      kind: more.kind,
      org: of.org,
      person: of.personId,
      subject: id,
      cites: term.cites,
      payload: {
        device: of.deviceId,
        regime: term.regime,
        ground: term.ground,
        article: term.article,
        startsAt: new Date(term.startsAt).toISOString(),
        endsAt: new Date(term.endsAt).toISOString(),
        ceilingS: term.ceilingS,
        intervalS: term.intervalS,
        facts: more.facts,
        document: more.document,
        extends: more.extends ?? null,
      },
    })
    await announce(inside.db, { topic: 'activation', id, org: of.org, what: more.state, person: of.personId })
    return id
  }
  const told = (inside: Inside, row: ActivationRow, what: string) =>
    announce(inside.db, { topic: 'activation', id: row.id, org: row.org_code, what, person: row.person_id })
  const days = (body: { startsOn?: string; lastDay?: string }) => ({
    ...(body.startsOn ? { startsOn: civilDate(body.startsOn) } : {}),
    ...(body.lastDay ? { lastDay: civilDate(body.lastDay) } : {}),
  })
  const holding = async (inside: Inside, personId: string, deviceId: string) => {
    const store = deviceStore(inside.db)
    const subject = await store.subject(personId)
    const row = await store.lock(deviceId)
    const device: Holding = { id: row.id, kind: row.kind, holder: row.holder_id }
    return { subject, device, of: { personId: subject.id, org: subject.org, deviceId: device.id } }
  }
  const free = async (inside: Inside, deviceId: string, term: { startsAt: number; endsAt: number }) => {
    if (await activationStore(inside.db).overlaps(deviceId, new Date(term.startsAt), new Date(term.endsAt)))
      throw refuse(Overlap)
  }

  return {
    /** Starts an information check 信息化核查 (法 26) in the caller's own name. */
    async startCheck(inside: Inside, by: By, at: At, personId: string, deviceId: string, wish: CheckWish) {
      const { subject, device, of } = await holding(inside, personId, deviceId)
      const term = settled(startCheck(subject, device, days(wish), at))
      await free(inside, device.id, term)
      return enter(inside, by, at, of, term, {
        state: 'running',
        kind: 'activation.started',
        facts: '',
        document: wish.document ?? '',
      })
    },

    /** Proposes an electronic device (法 29); nothing runs before `approve`. */
    async propose(inside: Inside, by: By, at: At, personId: string, deviceId: string, wish: DeviceWish) {
      const { subject, device, of } = await holding(inside, personId, deviceId)
      const { ground, intervalS, lastDay } = wish
      const asked = {
        ground,
        ...days(wish),
        lastDay: civilDate(lastDay),
        ...(intervalS === undefined ? {} : { intervalS }),
      }
      const term = settled(proposeDevice(subject, device, asked, at))
      // It runs from its approval at the earliest: what ended on this device earlier today is not in its way.
      await free(inside, device.id, { ...term, startsAt: Math.max(at.now, term.startsAt) })
      return enter(inside, by, at, of, term, {
        state: 'proposed',
        kind: 'activation.proposed',
        facts: wish.facts,
        document: wish.document ?? '',
        ...(wish.matter ? { matter: wish.matter } : {}),
      })
    },

    /** The head of the county judicial administration approves (EPD-02). */
    async approve(
      inside: Inside,
      by: By,
      at: At,
      row: ActivationRow,
      said: { document?: string | undefined; note?: string | undefined },
    ) {
      const subject = await deviceStore(inside.db).subject(row.person_id)
      const times = settled(
        approveDevice(
          { state: row.state, startsAt: row.starts_at.getTime(), endsAt: row.ends_at.getTime(), extends: row.extends },
          subject,
          at,
        ),
      )
      await free(inside, row.device_id, times)
      const [starts, ends] = [new Date(times.startsAt), new Date(times.endsAt)]
      const document = said.document ?? row.document
      await activationStore(inside.db).change(row.id, row.device_id, {
        state: 'running',
        starts_at: starts,
        ends_at: ends,
        approver_id: by.id,
        approver: by.name,
        approved_at: new Date(at.now),
        document,
        law_revision: at.law.revision,
      })
      await deviceStore(inside.db).withdrawStale(row.device_id, at.now)
      await inside.ledger.append({
        kind: 'activation.approved',
        org: row.org_code,
        person: row.person_id,
        subject: row.id,
        cites: ['EPD-02', row.extends ? 'EPD-04' : 'EPD-03'],
        payload: {
          activationNo: row.no,
          startsAt: starts.toISOString(),
          endsAt: ends.toISOString(),
          document,
          note: said.note ?? '',
        },
      })
      await told(inside, row, 'approved')
    },

    async refuse(inside: Inside, by: By, at: At, row: ActivationRow, reason: string) {
      if (row.state !== 'proposed') throw refuse(WrongState, { state: row.state })
      await activationStore(inside.db).change(row.id, row.device_id, {
        state: 'refused',
        approver_id: by.id,
        approver: by.name,
        approved_at: new Date(at.now),
      })
      await inside.ledger.append({
        kind: 'activation.refused',
        org: row.org_code,
        person: row.person_id,
        subject: row.id,
        cites: ['EPD-02'],
        payload: { activationNo: row.no, reason },
      })
      await told(inside, row, 'refused')
    },

    /** Proposes an extension after a fresh assessment (EPD-04). */
    async extend(
      inside: Inside,
      by: By,
      at: At,
      row: ActivationRow,
      wish: { assessedOn: string; assessment: string; lastDay: string; matter?: string },
    ) {
      if (await activationStore(inside.db).extended(row.id)) throw refuse(AlreadyExtended)
      const subject = await deviceStore(inside.db).subject(row.person_id)
      const term = settled(
        extend(
          {
            state: row.state,
            regime: row.regime,
            startsAt: row.starts_at.getTime(),
            endsAt: row.ends_at.getTime(),
            ground: row.ground,
            article: row.article,
            intervalS: row.interval_s,
          },
          { assessedOn: civilDate(wish.assessedOn), lastDay: civilDate(wish.lastDay) },
          subject,
          at,
        ),
      )
      const of = { personId: row.person_id, org: row.org_code, deviceId: row.device_id }
      return enter(inside, by, at, of, term, {
        state: 'proposed',
        kind: 'activation.extensionProposed',
        facts: wish.assessment,
        document: '',
        assessedOn: wish.assessedOn,
        extends: row.id,
        ...(wish.matter ? { matter: wish.matter } : {}),
      })
    },

    async end(
      inside: Inside,
      by: By,
      at: At,
      row: ActivationRow,
      why: { reason: 'removal' | 'release' | 'custody' | 'death' | 'transfer'; note: string },
    ) {
      if (row.state !== 'running') throw refuse(WrongState, { state: row.state })
      await endTerm(inside, row, { at: at.now, reason: why.reason, note: why.note, by: by.name })
      await told(inside, row, 'ended')
    },
  }
}
export type TermActs = ReturnType<typeof termActs>
