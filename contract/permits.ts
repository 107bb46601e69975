/**
 * Permits (许可). Leave (外出请假): recorded, decided by the competent level, cancelled on return (销假). The other permits run in
 * the procedure engine (`procedures/permits`); here is what they need besides.
 */
import { Citation, Day, Id, Instant, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { dryRun, rowLeftOut } from './history.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { Hint } from './matters.ts'

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

/** 目的地联系人 (D10): whom to reach there. */
export const LeaveContact = Type.Object(
  {
    name: Text(40),
    phone: Type.String({ pattern: '^[0-9+()\\- ]{5,20}$', description: 'Phone at the destination' }),
    relation: Text(30, 'To the person: 姐姐, 单位同事, 经治医生 …'),
    address: Type.Optional(Note(120)),
  },
  { additionalProperties: false },
)
const Proofs = Type.Array(Id, { maxItems: 9, uniqueItems: true, description: 'Files of the person, pictures or PDF' })

/** What a lower level wrote under an application that a higher one decides. */
const Opinion = Type.Object({ text: Type.String(), by: Type.String(), at: Instant }, { additionalProperties: false })

/** One hand a leave goes through, for the picture of the process. */
export const LeaveStep = model('LeaveStep', {
  step: OneOf(['ask', 'office', 'county', 'city', 'filing', 'procuratorate', 'away', 'return']),
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

/** By what somebody on leave was reached (IM 28); `agency`: by the agency at the destination. */
export const contactMeans = ['phone', 'video', 'visit', 'agency'] as const
/** concern: he was reached, and something is not in order. */
export const contactResults = ['reached', 'unreached', 'concern'] as const
/** How he was told to return at once. */
export const recallWays = ['phone', 'video', 'message', 'inPerson', 'agency'] as const

export const LeaveCall = Type.Object(
  {
    id: Id,
    at: Instant,
    means: OneOf(contactMeans),
    result: OneOf(contactResults),
    note: Type.String(),
    by: Type.String(),
  },
  { additionalProperties: false },
)

export type LeaveCall = Static<typeof LeaveCall>

/** The agency at the destination asked to help (委托协助): a county of this platform, or one that was written to. */
export const LeaveHelp = model('LeaveHelp', {
  id: Id,
  organ: Type.String(),
  /** It is on this platform and finds the request among its duties. */
  here: Type.Boolean(),
  letter: Type.String(),
  wish: Type.String(),
  askedAt: Instant,
  askedBy: Type.String(),
  answer: Nullable(Type.String()),
  answeredAt: Nullable(Instant),
  answeredBy: Nullable(Type.String()),
})

/** Somebody of the staff; of an old file by name alone, for he may have no account here. */
const Hand = Type.Object({ id: Nullable(Id), name: Type.String() }, { additionalProperties: false })

export const leaveActs = ['decide', 'opine'] as const
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
  /** Files that prove the reason (证明材料). */
  proofs: Type.Array(Id),
  contact: Nullable(LeaveContact),
  /** Why it was approved though no proof came with it. */
  unproven: Nullable(Type.String()),
  /** What the county takes note of (报县级备案); null: nothing of this leave. */
  filing: Nullable(
    Type.Object({ at: Nullable(Instant), by: Nullable(Type.String()) }, { additionalProperties: false }),
  ),
  /** Contacts while he is away, newest first. */
  calls: Type.Array(LeaveCall),
  helps: Type.Array(LeaveHelp),
  /** Ordered to return at once (责令立即返回). */
  recall: Nullable(
    Type.Object(
      { at: Instant, by: Type.String(), until: Instant, reason: Type.String(), told: OneOf(recallWays) },
      { additionalProperties: false },
    ),
  ),
  /** He is away today: contacts, help and an order to return may be recorded. */
  away: Type.Boolean(),
  hints: Type.Array(Hint),
  /** Approved, past its last day, or the hour he was ordered back by, and not reported back. */
  overstayed: Type.Boolean(),
  /** The leave whose decision an objection set aside: this is the same wish, to be decided anew. */
  anewOf: Nullable(Id),
  /** The objection against its decision, unless it was taken back. */
  objection: Nullable(Type.Object({ id: Id, end: Nullable(Type.String()) })),
  /** It was refused, or an approval was taken back, and no objection was raised yet. */
  contestable: Type.Boolean(),
  /** From an old file: it was asked for and decided elsewhere. */
  imported: Type.Boolean(),
  /** What the reader may do with it now: decide it (审批), write an opinion for the level above (填写意见). */
  may: Type.Array(OneOf(leaveActs)),
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

const chosenId = Type.Optional(
  Type.String({ format: 'uuid', description: 'Chosen by the caller: the same sent twice is recorded once' }),
)
export const HelpWish = Type.Object(
  {
    id: chosenId,
    county: Type.Optional(Type.String({ pattern: '^[0-9]{6}$', description: 'County of this platform' })),
    organ: Type.Optional(Text(100, 'Where it is not on this platform')),
    letter: Type.Optional(Text(60, 'Number of the letter')),
    wish: Text(500, 'What it is asked for'),
  },
  { additionalProperties: false },
)
export type HelpWish = Static<typeof HelpWish>
export const RecallOrder = Type.Object(
  { until: Instant, reason: Text(500), told: OneOf(recallWays), ...Revision },
  { additionalProperties: false },
)
export type RecallOrder = Static<typeof RecallOrder>

/** What became of several, each for itself. */
const Many = model('LeavesDone', {
  done: Type.Array(Id),
  refused: Type.Array(
    Type.Object({ id: Id, code: Type.String(), zh: Type.String(), en: Type.String() }, { additionalProperties: false }),
  ),
})

const leaveConditions = {
  q: Type.Optional(Type.String({ maxLength: 40, description: 'In the name or the number of the file' })),
  state: Type.Optional(OneOf(leaveStates)),
  person: Type.Optional(Id),
  org: Type.Optional(OrgCode),
  overstayed: Type.Optional(Type.Boolean()),
  /** Approved by the office, and the county has not taken note yet. */
  toFile: Type.Optional(Type.Boolean()),
  /** Away on this day. */
  on: Type.Optional(Day),
}

export const leaves = promises('leaves', {
  list: {
    get: '/api/leaves',
    says: 'Leaves in scope. Sorts by from, until, asked (default -asked).',
    query: Type.Object({ ...leaveConditions, ...pageQuery }, { additionalProperties: false }),
    answers: PageOf(Leave),
    may: 'leave.see',
    audits: 'search',
  },
  export: {
    get: '/api/leaves/export',
    says: 'The list as it is asked for, as an Excel file with conditions, exporter, time and watermark.',
    query: Type.Object(
      { ...leaveConditions, sort: pageQuery.sort, reason: Type.String({ minLength: 4, maxLength: 200 }) },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'leave.see',
    audits: 'export',
  },
  get: { get: '/api/leaves/:id', says: 'One leave.', answers: Leave, may: 'leave.see', audits: 'view' },
  weigh: {
    post: '/api/leaves/weighing',
    says: 'Who would be competent for this leave, before it is asked for. Writes nothing.',
    body: Type.Object(wish, { additionalProperties: false }),
    answers: LeaveCompetence,
    may: 'leave.edit',
    audits: 'view',
    refuses: ['ZJ_LAW_LEAVE_ABROAD', 'ZJ_LAW_LEAVE_DATES', 'ZJ_LEAVE_NOT_NEEDED', 'ZJ_LEAVE_STATE'],
  },
  ask: {
    post: '/api/leaves',
    says: 'Records an application; the competent level gets it as a task.',
    body: Type.Object(
      {
        id: Type.Optional(
          Type.String({
            format: 'uuid',
            description: 'Chosen by the caller: the subject of the proofs; twice is once',
          }),
        ),
        ...wish,
        reasonText: Text(500),
        contact: Type.Optional(LeaveContact),
        proofs: Type.Optional(Proofs),
      },
      { additionalProperties: false },
    ),
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: [
      'ZJ_LAW_LEAVE_ABROAD',
      'ZJ_LAW_LEAVE_DATES',
      'ZJ_LEAVE_NOT_NEEDED',
      'ZJ_LEAVE_OVERLAP',
      'ZJ_LEAVE_REASON',
      'ZJ_LEAVE_STATE',
      'ZJ_LEAVE_PROOF_UNKNOWN',
      'ZJ_LEAVE_PROOF_KIND',
      'ZJ_LEAVE_ID',
    ],
  },
  decide: {
    post: '/api/leaves/:id/decision',
    says: 'Approves or refuses; only the competent level may.',
    body: Type.Object(
      {
        verdict: OneOf(['approved', 'refused']),
        note: Text(500),
        unproven: Type.Optional(Text(200, 'Why it is approved without proof')),
        ...Revision,
      },
      { additionalProperties: false },
    ),
    answers: Leave,
    may: 'leave.approve',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_COMPETENT', 'ZJ_LEAVE_DECIDED', 'ZJ_LEAVE_STATE', 'ZJ_LEAVE_PROOF_MISSING', 'ZJ_CHANGED'],
  },
  decideMany: {
    post: '/api/leaves/decisions',
    says: 'Decides several in one way, each judged anew for itself; those that cannot be stay and say why.',
    body: Type.Object(
      {
        leaves: Type.Array(Type.Object({ id: Id, ...Revision }, { additionalProperties: false }), {
          minItems: 1,
          maxItems: 50,
        }),
        verdict: OneOf(['approved', 'refused']),
        note: Text(500),
      },
      { additionalProperties: false },
    ),
    answers: Many,
    may: 'leave.approve',
    audits: 'write',
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
  prove: {
    post: '/api/leaves/:id/proofs',
    says: 'Adds proof to an application or an approved leave; nothing is taken away.',
    body: Type.Object(
      { proofs: Type.Array(Id, { minItems: 1, maxItems: 9, uniqueItems: true }), ...Revision },
      { additionalProperties: false },
    ),
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: ['ZJ_LEAVE_PROOF_UNKNOWN', 'ZJ_LEAVE_PROOF_KIND', 'ZJ_LEAVE_PROOF_LATE', 'ZJ_CHANGED'],
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
  noteFilings: {
    post: '/api/leaves/filings',
    says: '备案: the county takes note of leaves that its offices approved by delegation, each for itself.',
    body: Type.Object(
      { ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
      { additionalProperties: false },
    ),
    answers: Many,
    may: 'leave.approve',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_TO_FILE', 'ZJ_LEAVE_FILING_COUNTY'],
  },
  call: {
    post: '/api/leaves/:id/calls',
    says: 'Records a contact with somebody on leave: by phone, video, a visit, or through the agency there.',
    body: Type.Object(
      {
        id: chosenId,
        at: Instant,
        means: OneOf(contactMeans),
        result: OneOf(contactResults),
        note: Type.Optional(Note(500)),
      },
      { additionalProperties: false },
    ),
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_GONE', 'ZJ_LEAVE_CONTACT_TIME', 'ZJ_LEAVE_ID'],
  },
  askHelp: {
    post: '/api/leaves/:id/help',
    says: 'Asks the agency at the destination to help: a county of this platform gets a duty, another is written to.',
    body: HelpWish,
    answers: Leave,
    may: 'leave.edit',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_APPROVED', 'ZJ_LEAVE_HELP_UNIT', 'ZJ_LEAVE_HELP_NOBODY', 'ZJ_LEAVE_ID'],
  },
  recall: {
    post: '/api/leaves/:id/recall',
    says: '责令立即返回: orders somebody on leave back by an hour; who is not back by then has overstayed.',
    body: RecallOrder,
    answers: Leave,
    may: 'leave.approve',
    audits: 'write',
    refuses: ['ZJ_LEAVE_NOT_GONE', 'ZJ_LEAVE_RECALL_TIME', 'ZJ_LEAVE_RECALL_UNIT', 'ZJ_LEAVE_RECALLED', 'ZJ_CHANGED'],
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

/** 协助监管: what agencies of other counties ask of the caller's, about people on leave here. */
export const leaveHelp = promises('leaveHelp', {
  received: {
    get: '/api/leave-help',
    says: 'Requests of other counties to help with somebody on leave here, open ones first.',
    query: Type.Object({ ...pageQuery }, { additionalProperties: false }),
    answers: PageOf(
      model('LeaveHelpAsked', {
        id: Id,
        from: Type.String({ description: 'The county that asks' }),
        wish: Type.String(),
        about: Type.Object(
          {
            name: Type.String(),
            destination: Type.String(),
            from: Day,
            until: Day,
            contact: Nullable(Type.Object({ name: Type.String(), phone: Type.String() })),
          },
          { additionalProperties: false },
        ),
        askedAt: Instant,
        askedBy: Type.String(),
        answer: Nullable(Type.String()),
        answeredAt: Nullable(Instant),
        answeredBy: Nullable(Type.String()),
      }),
    ),
    may: 'leave.approve',
    audits: 'search',
  },
  answer: {
    post: '/api/leave-help/:id/answer',
    says: 'What the agency at the destination found; of one that was written to, the county that asked enters it.',
    body: Type.Object({ answer: Text(1000) }, { additionalProperties: false }),
    answers: 'nothing',
    may: 'leave.edit',
    audits: 'write',
    refuses: ['ZJ_LEAVE_HELP_ANSWERED', 'ZJ_LEAVE_HELP_ELSEWHERE'],
  },
})

/** 法定不准出境人员报备 (LVE-14): the reporting itself is the matter `exitBan`. */
const banConditions = { org: Type.Optional(OrgCode), overdue: Type.Optional(Type.Boolean()), sort: pageQuery.sort }
export const exitBans = promises('exitBans', {
  export: {
    get: '/api/exit-bans/export',
    says: 'Who is not reported yet, as an Excel file with conditions, exporter, time and watermark.',
    query: Type.Object(
      { ...banConditions, reason: Type.String({ minLength: 4, maxLength: 200 }) },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'permit.see',
    audits: 'export',
  },
  unreported: {
    get: '/api/exit-bans/unreported',
    says: 'People in correction whose ban on leaving the country is not reported yet, by the day it is due, counted from the reception. Sorts by due, name, org (default due: the longest overdue first).',
    query: Type.Object({ ...banConditions, ...pageQuery }, { additionalProperties: false }),
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
