/**
 * Permits (许可). Leave (外出请假): recorded, decided by the competent level, cancelled on return (销假). The other permits run in
 * the procedure engine (`procedures/permits`); here is what they need besides.
 */
import { Citation, Day, Id, Instant, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { dryRun, rowLeftOut } from './history.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

export const leaveStates = ['asked', 'approved', 'refused', 'returned', 'cancelled'] as const
export const leaveLevels = ['office', 'county', 'city'] as const

/** Where the trip goes. `area` is a GB/T 2260 code of at least the county, 6 digits. */
export const Destination = Type.Object(
  {
    text: Text(200),
    area: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
    /** ISO 3166; anything but CN is refused (出境入境管理法 12(2)). */
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  },
  { additionalProperties: false },
)

/** Codes of `travelMode`. */
export const travelModes = ['01', '02', '03', '04', '05', '06', '99'] as const
export type TravelMode = (typeof travelModes)[number]

/** By what it goes there and back; rail and air let faster positions be believed on the way (POS-32). */
export const TravelBy = Type.Array(OneOf(travelModes, { description: 'travelMode' }), {
  maxItems: travelModes.length,
  uniqueItems: true,
})

/** What a lower level wrote under an application that a higher one decides. */
const Opinion = Type.Object({ text: Type.String(), by: Type.String(), at: Instant }, { additionalProperties: false })

/** One hand a leave goes through, for the picture of the process. */
export const LeaveStep = model('LeaveStep', {
  step: OneOf(['ask', 'office', 'county', 'city', 'procuratorate', 'away', 'return']),
  /** opinion: may be given; decision: binds. */
  does: OneOf(['asks', 'opinion', 'decision', 'told', 'away', 'returns']),
  state: OneOf(['done', 'now', 'ahead', 'passedOver']),
  /** Who did it, or whose unit has it in hand. */
  who: Type.String(),
  at: Nullable(Instant),
})

/** Who is competent and why, as `law/leave.ts` counts it. */
export const LeaveCompetence = model('LeaveCompetence', {
  level: OneOf(leaveLevels),
  days: Type.Integer({ description: 'Days of this leave alone' }),
  joinedDays: Type.Integer({ description: 'With the leaves it continues or precedes' }),
  window: Type.Object({ from: Day, to: Day, days: Type.Integer() }),
  reasons: Type.Array(
    Type.Object({
      rule: Type.String(),
      said: Said,
      actual: Type.Number(),
      threshold: Type.Number(),
      citation: Citation,
    }),
  ),
  applyBy: Day,
  shortNotice: Type.Boolean(),
  filedWithCounty: Type.Boolean(),
  tellProcuratorate: Type.Boolean(),
})

/** Somebody of the staff; of an old file by name alone, for he may have no account here. */
const Hand = Type.Object({ id: Nullable(Id), name: Type.String() }, { additionalProperties: false })

export const Leave = model('Leave', {
  id: Id,
  org: OrgCode,
  orgName: Type.String(),
  person: Type.Object({ id: Id, name: Type.String(), number: Type.String() }),
  from: Day,
  until: Day,
  destination: Destination,
  travelBy: TravelBy,
  /** Code of `leaveReason`. */
  reason: Type.String(),
  reasonText: Type.String(),
  state: OneOf(leaveStates),
  /** Level whose approval alone counts. */
  competent: OneOf(leaveLevels),
  competence: LeaveCompetence,
  askedAt: Instant,
  askedBy: Nullable(Hand),
  decidedBy: Nullable(Hand),
  decidedAt: Nullable(Instant),
  decisionNote: Type.String(),
  returnedOn: Nullable(Day),
  opinions: Type.Object({ office: Nullable(Opinion), county: Nullable(Opinion) }, { additionalProperties: false }),
  /** Reported from where he is that he cannot be back in time (LVE-09). */
  delay: Nullable(Type.Object({ at: Instant, until: Day, reason: Type.String() })),
  path: Type.Array(LeaveStep),
  /** Approved, past its last day and not reported back. */
  overstayed: Type.Boolean(),
  /** The leave whose decision an objection set aside: this is the same wish, to be decided anew. */
  anewOf: Nullable(Id),
  /** The objection against its decision, unless it was taken back. */
  objection: Nullable(Type.Object({ id: Id, end: Nullable(Type.String()) })),
  /** It was refused, or an approval was taken back, and no objection was raised yet. */
  contestable: Type.Boolean(),
  /** From an old file: it was asked for and decided elsewhere. */
  imported: Type.Boolean(),
  lawRevision: Type.String(),
  revision: Type.Integer(),
})
export type Leave = Static<typeof Leave>

const wish = {
  person: Id,
  from: Day,
  until: Day,
  destination: Destination,
  travelBy: Type.Optional(TravelBy),
  reason: Type.String({ pattern: '^[0-9]{2}$', description: 'Code of leaveReason' }),
}
const Revision = { revision: Type.Integer({ minimum: 1 }) }

/** A leave of an old file, decided there. What still waits for a decision is asked for anew, so that it has its duty. */
export const OldLeave = model('OldLeave', {
  id: Type.String({ format: 'uuid', description: 'Chosen by the caller, the same for the same leave' }),
  ...wish,
  person: Text(40, 'Id or number of the file'),
  reasonText: Text(500),
  askedAt: Instant,
  askedBy: Text(60, 'By name, as the file has it'),
  verdict: OneOf(['approved', 'refused']),
  decidedAt: Instant,
  decidedBy: Text(60),
  note: Type.Optional(Note(500)),
  returnedOn: Type.Optional(Type.String({ ...Day, description: 'Needed once its last day is over (销假)' })),
})
export type OldLeave = Static<typeof OldLeave>

export const leaves = promises('leaves', {
  list: {
    get: '/api/leaves',
    says: 'Leaves in scope. Sorts by from, asked (default -asked).',
    query: Type.Object(
      {
        state: Type.Optional(OneOf(leaveStates)),
        person: Type.Optional(Id),
        org: Type.Optional(OrgCode),
        overstayed: Type.Optional(Type.Boolean()),
        /** Away on this day. */
        on: Type.Optional(Day),
        ...pageQuery,
      },
      { additionalProperties: false },
    ),
    answers: PageOf(Leave),
    may: 'leave.see',
    audits: 'search',
  },
  get: { get: '/api/leaves/:id', says: 'One leave.', answers: Leave, may: 'leave.see', audits: 'view' },
  weigh: {
    post: '/api/leaves/weighing',
    says: 'Who would be competent for this leave, before it is asked for. Writes nothing.',
    body: Type.Object(wish, { additionalProperties: false }),
    answers: LeaveCompetence,
    may: 'leave.edit',
    audits: 'view',
    refuses: ['ZJ_LAW_LEAVE_ABROAD', 'ZJ_LAW_LEAVE_DATES', 'ZJ_LEAVE_NOT_NEEDED'],
  },
  ask: {
    post: '/api/leaves',
    says: 'Records an application; the competent level gets it as a task.',
    body: Type.Object({ ...wish, reasonText: Text(500) }, { additionalProperties: false }),
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: [
      'ZJ_LAW_LEAVE_ABROAD',
      'ZJ_LAW_LEAVE_DATES',
      'ZJ_LEAVE_NOT_NEEDED',
      'ZJ_LEAVE_OVERLAP',
      'ZJ_LEAVE_REASON',
    ],
  },
  decide: {
    post: '/api/leaves/:id/decision',
    says: 'Approves or refuses; only the competent level may.',
    body: Type.Object(
      { verdict: OneOf(['approved', 'refused']), note: Text(500), ...Revision },
      { additionalProperties: false },
    ),
    answers: Leave,
    may: 'leave.approve',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_COMPETENT', 'ZJ_LEAVE_DECIDED', 'ZJ_CHANGED'],
  },
  opine: {
    post: '/api/leaves/:id/opinion',
    says: 'The opinion of the office, or of the county, under an application that a higher level decides.',
    body: Type.Object({ text: Text(500), ...Revision }, { additionalProperties: false }),
    answers: Leave,
    may: 'permit.opine',
    audits: 'write',
    refuses: ['ZJ_LEAVE_OPINION', 'ZJ_LEAVE_DECIDED', 'ZJ_CHANGED'],
  },
  delay: {
    post: '/api/leaves/:id/delay',
    says: 'Somebody on leave reports that he cannot be back in time, with the reason; more days need a leave of their own.',
    body: Type.Object({ until: Day, reason: Text(500), ...Revision }, { additionalProperties: false }),
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_AWAY', 'ZJ_LEAVE_DELAY_DAY', 'ZJ_CHANGED'],
  },
  cancel: {
    post: '/api/leaves/:id/cancellation',
    says: 'Takes an application or an approved leave that has not begun back.',
    body: Type.Object({ note: Text(500), ...Revision }, { additionalProperties: false }),
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: ['ZJ_LEAVE_BEGUN', 'ZJ_LEAVE_DECIDED', 'ZJ_CHANGED'],
  },
  return: {
    post: '/api/leaves/:id/return',
    says: '销假: the person is back.',
    body: Type.Object(
      { on: Day, note: Type.Optional(Type.String({ maxLength: 500 })), ...Revision },
      { additionalProperties: false },
    ),
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_AWAY', 'ZJ_LEAVE_RETURN_DAY', 'ZJ_CHANGED'],
  },
  importHistory: {
    post: '/api/leaves/history',
    says: 'Brings leaves of old files in, up to 1,000 at a time, each with its own times, marked imported; they count when later ones are weighed. Known ids are left alone; a row that cannot stand is left out and named. See docs/reference/history-import.md.',
    body: model('LeaveHistory', {
      source: Text(100, 'The system or volume they come from'),
      leaves: Type.Array(OldLeave, { minItems: 1, maxItems: 1000 }),
      dryRun,
    }),
    answers: model('LeaveHistoryAnswer', {
      created: Type.Integer(),
      known: Type.Integer(),
      refused: Type.Array(Type.Object({ id: Id, ...rowLeftOut })),
    }),
    may: 'history.import',
    audits: 'write',
  },
})

/** 法定不准出境人员报备 (LVE-14): the reporting itself is the matter `exitBan`. */
export const exitBans = promises('exitBans', {
  unreported: {
    get: '/api/exit-bans/unreported',
    says: 'People in correction whose ban on leaving the country is not reported yet, by the day it is due, counted from the reception: the longest overdue first.',
    query: Type.Object(
      { org: Type.Optional(OrgCode), overdue: Type.Optional(Type.Boolean()), ...pageQuery },
      { additionalProperties: false },
    ),
    answers: PageOf(
      model('Unreported', {
        id: Id,
        name: Type.String(),
        number: Type.String(),
        org: OrgCode,
        orgName: Type.String(),
        /** The day of the reception on file; of an old file without one the first day of the term. */
        since: Day,
        dueOn: Day,
        overdue: Type.Boolean(),
        /** The matter under way, if one is. */
        matter: Nullable(Id),
      }),
    ),
    may: 'permit.see',
    audits: 'search',
  },
})
