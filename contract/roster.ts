/** The roster (值班表): who of a unit is called first, who next, and from when to when. */
import { Id, Instant, OrgCode, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

/** duty: called first; head: called when duty lets the clock run out. */
export const rosterPlaces = ['duty', 'head'] as const

export const Shift = model('Shift', {
  id: Id,
  org: OrgCode,
  orgName: Type.String(),
  staff: Type.Object({ id: Id, name: Type.String(), phone: Nullable(Type.String()) }),
  place: OneOf(rosterPlaces),
  from: Instant,
  until: Instant,
  note: Type.String(),
  /** The shift it was taken over from. */
  handedFrom: Nullable(Id),
  endedAt: Nullable(Instant),
})
export type Shift = Static<typeof Shift>

export const ShiftWish = Type.Object(
  {
    org: OrgCode,
    staff: Id,
    place: OneOf(rosterPlaces),
    from: Instant,
    until: Instant,
    note: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)

export const roster = promises('roster', {
  list: {
    get: '/api/roster',
    says: 'Shifts of a unit and those above it that touch the span, in order of time.',
    query: Type.Object(
      { org: Type.Optional(OrgCode), from: Type.Optional(Instant), until: Type.Optional(Instant) },
      { additionalProperties: false },
    ),
    answers: Type.Array(Shift),
    may: 'alarm.see',
  },
  now: {
    get: '/api/roster/now',
    says: 'Whom an alarm of this unit would call at this moment, in order; empty means nobody.',
    query: Type.Object({ org: Type.Optional(OrgCode) }, { additionalProperties: false }),
    answers: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        org: OrgCode,
        orgName: Type.String(),
        place: OneOf(['officeDuty', 'officeHead', 'countyDuty', 'countyHead']),
        /** By the roster, or by the post because the roster names nobody. */
        by: OneOf(['roster', 'post']),
      }),
    ),
    may: 'alarm.see',
  },
  candidates: {
    get: '/api/roster/candidates',
    says: 'Staff of the unit who may be put on the roster.',
    query: Type.Object({ org: OrgCode }, { additionalProperties: false }),
    answers: Type.Array(Type.Object({ id: Id, name: Type.String(), roles: Type.Array(Type.String()) })),
    may: 'alarm.roster',
  },
  set: {
    post: '/api/roster',
    says: 'Adds shifts, all or none.',
    body: Type.Object(
      { shifts: Type.Array(ShiftWish, { minItems: 1, maxItems: 200 }) },
      { additionalProperties: false },
    ),
    answers: Type.Array(Shift),
    may: 'alarm.roster',
    audits: 'write',
    refuses: ['ZJ_ROSTER_OVERLAP', 'ZJ_ROSTER_STAFF_UNFIT', 'ZJ_ROSTER_SPAN', 'ZJ_ROSTER_ELSEWHERE'],
  },
  end: {
    post: '/api/roster/:id/end',
    says: 'Ends a shift now, or strikes one that has not begun.',
    body: Type.Object({ reason: Text(200) }, { additionalProperties: false }),
    answers: Shift,
    may: 'alarm.roster',
    audits: 'write',
    refuses: ['ZJ_ROSTER_OVER'],
  },
  handOver: {
    post: '/api/roster/:id/handover',
    says: '交接: another takes the rest of the shift over, and with it every open task delivered in it.',
    body: Type.Object(
      { to: Id, note: Type.Optional(Type.String({ maxLength: 500 })) },
      { additionalProperties: false },
    ),
    answers: Type.Object({ shift: Shift, tasks: Type.Integer({ description: 'Open tasks handed over' }) }),
    may: 'task.act',
    audits: 'write',
    refuses: ['ZJ_ROSTER_OVER', 'ZJ_ROSTER_STAFF_UNFIT', 'ZJ_ROSTER_NOT_YOURS'],
  },
})
