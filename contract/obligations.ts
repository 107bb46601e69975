/** Obligations (义务): duties of the supervised person, with their clocks; made by the worker, settled by people. */
import { Day, Id, Instant, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { Clock, Named } from './tasks.ts'

export const obligationKinds = [
  'firstReport',
  'report',
  'injunctionReport',
  'bodyReport',
  'medicalReview',
  'education',
  'publicGood',
  'leaveReturn',
  'selfSummary',
] as const
/** due: to be done; missed: its time is over and nobody said why; dropped: nobody asks for it any more. */
export const obligationStates = ['due', 'fulfilled', 'excused', 'missed', 'dropped'] as const

export const Obligation = model('Obligation', {
  id: Id,
  kind: OneOf(obligationKinds),
  kindName: Said,
  person: Type.Object({ id: Id, name: Type.String(), number: Type.String() }, { additionalProperties: false }),
  org: OrgCode,
  state: OneOf(obligationStates),
  /** First day on which it can be done. */
  from: Day,
  clock: Clock,
  paused: Type.Boolean(),
  remindedAt: Nullable(Instant),
  doneOn: Nullable(Day),
  late: Type.Boolean(),
  note: Type.String(),
  files: Type.Array(Id),
  settledBy: Nullable(Type.String()),
  settledAt: Nullable(Instant),
  missedAt: Nullable(Instant),
  outageMinutes: Type.Integer({ description: 'Outages that were taken off before it counted as missed' }),
  /** Whose caseload the person is in. */
  officer: Nullable(Named),
  revision: Type.Integer(),
})
export type Obligation = Static<typeof Obligation>

const filters = {
  person: Type.Optional(Id),
  kind: Type.Optional(OneOf(obligationKinds)),
  state: Type.Optional(Type.Array(OneOf(obligationStates), { maxItems: 5 })),
  org: Type.Optional(OrgCode),
  mine: Type.Optional(Type.Boolean({ description: 'Only persons of my own caseload' })),
  dueUntil: Type.Optional(Day),
}
const Revision = { revision: Type.Integer({ minimum: 1 }) }
const Files = Type.Optional(Type.Array(Id, { maxItems: 9, uniqueItems: true }))

export const obligations = promises('obligations', {
  list: {
    get: '/api/obligations',
    says: 'Duties of the persons in scope. Sorts by due, from (default due).',
    query: Type.Object({ ...filters, ...pageQuery }, { additionalProperties: false }),
    answers: PageOf(Obligation),
    may: 'person.see',
    audits: 'search',
  },
  ofPerson: {
    get: '/api/people/:personId/obligations',
    says: 'Duties of one person: what runs or was missed first, then the newest of what is settled.',
    query: Type.Object(
      { size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
      { additionalProperties: false },
    ),
    answers: model('ObligationsOfPerson', { running: Type.Array(Obligation), settled: Type.Array(Obligation) }),
    may: 'person.see',
    audits: 'view',
  },
  upcoming: {
    get: '/api/obligations/upcoming',
    says: 'How many duties fall due in the coming days and how many were missed, by kind, under the same conditions.',
    query: Type.Object(
      {
        org: filters.org,
        mine: filters.mine,
        days: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, default: 7 })),
      },
      { additionalProperties: false },
    ),
    answers: model('UpcomingObligations', {
      until: Day,
      due: Type.Integer(),
      missed: Type.Integer(),
      byKind: Type.Array(
        Type.Object(
          { kind: OneOf(obligationKinds), kindName: Said, due: Type.Integer(), missed: Type.Integer() },
          { additionalProperties: false },
        ),
      ),
    }),
    may: 'person.see',
  },
  fulfil: {
    post: '/api/obligations/:id/fulfilment',
    says: 'It was done on this day; a missed one is done late. The officer’s task about it ends with it.',
    body: Type.Object(
      { on: Day, note: Type.Optional(Type.String({ maxLength: 500 })), files: Files, ...Revision },
      { additionalProperties: false },
    ),
    answers: Obligation,
    may: 'person.edit',
    audits: 'write',
    refuses: ['ZJ_OBLIGATION_SETTLED', 'ZJ_OBLIGATION_DAY', 'ZJ_OBLIGATION_FILES', 'ZJ_CHANGED'],
  },
  excuse: {
    post: '/api/obligations/:id/excuse',
    says: 'It need not be done, and why.',
    body: Type.Object({ reason: Text(500), files: Files, ...Revision }, { additionalProperties: false }),
    answers: Obligation,
    may: 'person.edit',
    audits: 'write',
    refuses: ['ZJ_OBLIGATION_SETTLED', 'ZJ_OBLIGATION_FILES', 'ZJ_CHANGED'],
  },
})
