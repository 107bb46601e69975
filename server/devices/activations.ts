import { type Activation, activations } from '@zhijiao/contract/devices'
import { civilDate } from '@zhijiao/law/civil-date'
import { announce } from '../core/live/announce.ts'
import { Changed, refuse, settled } from '../core/refusals.ts'
import { type Asked, type Circumstances, type Inside, keep, signedIn } from '../core/room.ts'
import { approveDevice, extend, type Holding, proposeDevice, startCheck, type Term } from './domain.ts'
import type { ender } from './ending.ts'
import { AlreadyExtended, Overlap, WrongState } from './refusals.ts'
import { type ActivationRow, activationStore, deviceStore } from './store.ts'
import { shownActivation } from './view.ts'

const span = ({ page = 1, size = 20 }: { page?: number; size?: number }) => ({ limit: size, offset: (page - 1) * size })

/** 定位启用: proposing, approving, extending and ending terms. */
export const activationHandlers = (endTerm: ReturnType<typeof ender>) => {
  const shown = async ({ db }: Inside, id: string, c: Circumstances): Promise<Activation> =>
    shownActivation(await activationStore(db).get(id), c)

  const locked = async ({ db }: Inside, id: string, revision: number): Promise<ActivationRow> => {
    const row = await activationStore(db).lock(id)
    if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
    return row
  }

  /** Enters a term, proposed or running, with its entry in the ledger. */
  const enter = async (
    asked: Pick<Asked, 'who' | 'circumstances'>,
    inside: Inside,
    of: { personId: string; org: string; deviceId: string },
    term: Term,
    more: {
      state: 'proposed' | 'running'
      kind: string
      facts: string
      document: string
      assessedOn?: string
      extends?: string
    },
  ): Promise<Activation> => {
    const { now, law, id: newId } = asked.circumstances
    const by = signedIn(asked).staff
    const id = newId()
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
      revision: 1,
    })
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
    return shown(inside, id, asked.circumstances)
  }

  return keep(activations, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { query, circumstances } = asked
        const { rows, total } = await activationStore(db).list(
          {
            ...query,
            ...(query.endsWithinDays === undefined
              ? {}
              : { endsBefore: new Date(circumstances.now + query.endsWithinDays * 86_400_000) }),
          },
          span(query),
        )
        asked.note({ rows: rows.length })
        return {
          items: rows.map((r) => shownActivation(r, circumstances)),
          total,
          page: query.page ?? 1,
          size: query.size ?? 20,
        }
      }),

    ofPerson: ({ params, circumstances, inTransaction }) =>
      inTransaction(async ({ db }) => {
        await deviceStore(db).subject(params.personId)
        const rows = await activationStore(db).ofPerson(params.personId)
        return { items: rows.map((r) => shownActivation(r, circumstances)) }
      }),

    get: ({ params, circumstances, inTransaction }) =>
      inTransaction((inside) => shown(inside, params.id, circumstances)),

    propose: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const store = deviceStore(inside.db)
        const subject = await store.subject(params.personId)
        const row = await store.lock(body.deviceId)
        const device: Holding = { id: row.id, kind: row.kind, holder: row.holder_id }
        const of = { personId: subject.id, org: subject.org, deviceId: device.id }
        const days = {
          ...(body.startsOn ? { startsOn: civilDate(body.startsOn) } : {}),
          ...(body.lastDay ? { lastDay: civilDate(body.lastDay) } : {}),
        }
        if (body.regime === 'check') {
          const term = settled(startCheck(subject, device, days, circumstances))
          if (await activationStore(inside.db).overlaps(device.id, new Date(term.startsAt), new Date(term.endsAt)))
            throw refuse(Overlap)
          return enter(asked, inside, of, term, {
            state: 'running',
            kind: 'activation.started',
            facts: '',
            document: body.document ?? '',
          })
        }
        const wish = {
          ground: body.ground,
          ...days,
          lastDay: civilDate(body.lastDay),
          ...(body.intervalS === undefined ? {} : { intervalS: body.intervalS }),
        }
        const term = settled(proposeDevice(subject, device, wish, circumstances))
        if (await activationStore(inside.db).overlaps(device.id, new Date(term.startsAt), new Date(term.endsAt)))
          throw refuse(Overlap)
        return enter(asked, inside, of, term, {
          state: 'proposed',
          kind: 'activation.proposed',
          facts: body.facts,
          document: body.document ?? '',
        })
      }),

    approve: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
        const subject = await deviceStore(inside.db).subject(row.person_id)
        const times = settled(
          approveDevice(
            {
              state: row.state,
              startsAt: row.starts_at.getTime(),
              endsAt: row.ends_at.getTime(),
              extends: row.extends,
            },
            subject,
            circumstances,
          ),
        )
        const [starts, ends] = [new Date(times.startsAt), new Date(times.endsAt)]
        if (await activationStore(inside.db).overlaps(row.device_id, starts, ends)) throw refuse(Overlap)
        const by = signedIn(asked).staff
        await activationStore(inside.db).change(row.id, row.device_id, {
          state: 'running',
          starts_at: starts,
          ends_at: ends,
          approver_id: by.id,
          approver: by.name,
          approved_at: new Date(circumstances.now),
          document: body.document ?? row.document,
          law_revision: circumstances.law.revision,
        })
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
            document: body.document ?? row.document,
            note: body.note ?? '',
          },
        })
        await announce(inside.db, {
          topic: 'activation',
          id: row.id,
          org: row.org_code,
          what: 'approved',
          person: row.person_id,
        })
        asked.note({ person: row.person_id })
        return shown(inside, row.id, circumstances)
      }),

    refuse: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
        if (row.state !== 'proposed') throw refuse(WrongState, { state: row.state })
        const by = signedIn(asked).staff
        await activationStore(inside.db).change(row.id, row.device_id, {
          state: 'refused',
          approver_id: by.id,
          approver: by.name,
          approved_at: new Date(circumstances.now),
        })
        await inside.ledger.append({
          kind: 'activation.refused',
          org: row.org_code,
          person: row.person_id,
          subject: row.id,
          cites: ['EPD-02'],
          payload: { activationNo: row.no, reason: body.reason },
        })
        await announce(inside.db, {
          topic: 'activation',
          id: row.id,
          org: row.org_code,
          what: 'refused',
          person: row.person_id,
        })
        asked.note({ person: row.person_id })
        return shown(inside, row.id, circumstances)
      }),

    extend: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
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
            { assessedOn: civilDate(body.assessedOn), lastDay: civilDate(body.lastDay) },
            subject,
            circumstances,
          ),
        )
        asked.note({ person: row.person_id })
        return enter(asked, inside, { personId: row.person_id, org: row.org_code, deviceId: row.device_id }, term, {
          state: 'proposed',
          kind: 'activation.extensionProposed',
          facts: body.assessment,
          document: '',
          assessedOn: body.assessedOn,
          extends: row.id,
        })
      }),

    end: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
        if (row.state !== 'running') throw refuse(WrongState, { state: row.state })
        await endTerm(inside, row, {
          at: circumstances.now,
          reason: body.why,
          note: body.reason,
          by: signedIn(asked).staff.name,
        })
        await announce(inside.db, {
          topic: 'activation',
          id: row.id,
          org: row.org_code,
          what: 'ended',
          person: row.person_id,
        })
        asked.note({ person: row.person_id })
        return shown(inside, row.id, circumstances)
      }),
  })
}
