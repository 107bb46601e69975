/** Outages (故障时段): times in which silence proves nothing; they are subtracted from every duty of the person. */
import { Id, Instant, OrgCode, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

/** What was down. `platform`: all of it; `protocol`: one kind of device; `network`: an operator or an area. */
export const OutageScope = Type.Object(
  {
    of: OneOf(['platform', 'protocol', 'network']),
    protocol: Type.Optional(Type.String({ maxLength: 20 })),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)

export const Outage = model('Outage', {
  id: Id,
  org: OrgCode,
  orgName: Type.String(),
  way: OneOf(['declared', 'detected']),
  reason: Type.String(),
  scope: OutageScope,
  startsAt: Instant,
  endsAt: Nullable(Instant),
  declaredBy: Nullable(Type.Object({ id: Id, name: Type.String() })),
  recordedAt: Instant,
  /** Alarms it settled or held back. */
  settled: Type.Integer(),
})
export type Outage = Static<typeof Outage>

export const outages = promises('outages', {
  list: {
    get: '/api/outages',
    says: 'Outages that bear on the unit, newest first.',
    query: Type.Object(
      { running: Type.Optional(Type.Boolean()), since: Type.Optional(Instant) },
      { additionalProperties: false },
    ),
    answers: Type.Array(Outage),
    may: 'home.see',
  },
  declare: {
    post: '/api/outages',
    says: 'Declares an outage, running or over. Open lost-contact alarms of its span settle as "outage", visibly.',
    body: Type.Object(
      {
        org: OrgCode,
        reason: Text(500),
        scope: OutageScope,
        startsAt: Instant,
        endsAt: Type.Optional(Instant),
      },
      { additionalProperties: false },
    ),
    answers: Outage,
    may: 'outage.declare',
    audits: 'write',
    refuses: ['ZJ_OUTAGE_SPAN', 'ZJ_OUTAGE_ELSEWHERE', 'ZJ_OUTAGE_RUNNING'],
  },
  end: {
    post: '/api/outages/:id/end',
    says: 'Ends a running outage.',
    body: Type.Object({ endsAt: Type.Optional(Instant) }, { additionalProperties: false }),
    answers: Outage,
    may: 'outage.declare',
    audits: 'write',
    refuses: ['ZJ_OUTAGE_OVER', 'ZJ_OUTAGE_SPAN'],
  },
})
