/** The alarm desk (报警中心): what reached an officer, what was done about it, and how it was closed. */
import { Id, Instant, Lat, Lon, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { FileCard } from './files.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { Clock, Named } from './tasks.ts'

/**
 * gathering: the ladder still runs, no officer disturbed; raised: delivered, nobody has claimed it; claimed: somebody
 * works on it; submitted: a closure or a request not to handle awaits review; settled: over.
 */
export const alarmStates = ['gathering', 'raised', 'claimed', 'submitted', 'settled'] as const
export const settledWays = [
  'closed',
  'notHandled',
  'cleared',
  'leave',
  'outage',
  'termEnded',
  'ranOut',
  'merged',
] as const
export const settledNames: Readonly<Record<(typeof settledWays)[number], { zh: string; en: string }>> = {
  closed: { zh: '已结案', en: 'closed' },
  notHandled: { zh: '不予处理', en: 'not handled' },
  cleared: { zh: '核实后自动解除', en: 'cleared by evidence' },
  leave: { zh: '已批准外出', en: 'on approved leave' },
  outage: { zh: '系统故障时段', en: 'in an outage' },
  termEnded: { zh: '监管期限届满', en: 'term ended' },
  ranOut: { zh: '电量耗尽', en: 'battery ran out' },
  merged: { zh: '并入另一报警', en: 'merged into another' },
}

/** What the officer found to be behind it (报警原因). `truth` feeds the precision of the kind. */
export const alarmCauses = [
  { code: 'C01', zh: '未经批准离开规定区域', en: 'Left the area without approval', truth: 'breach' },
  { code: 'C02', zh: '进入禁止进入的区域、场所', en: 'Entered a forbidden place', truth: 'breach' },
  { code: 'C03', zh: '故意拆卸、损坏、关闭终端', en: 'Removed, damaged or switched off the device', truth: 'breach' },
  { code: 'C04', zh: '人机分离', en: 'Left the device behind', truth: 'breach' },
  { code: 'C05', zh: '逾期未归、未按时报告', en: 'Overstayed or failed to report', truth: 'breach' },
  { code: 'C06', zh: '其他违反监督管理规定', en: 'Another breach of supervision', truth: 'breach' },
  { code: 'C11', zh: '就医、突发疾病或意外', en: 'Illness, treatment or accident', truth: 'excused' },
  { code: 'C12', zh: '未及时充电，无主观故意', en: 'Forgot to charge, no intent', truth: 'excused' },
  { code: 'C13', zh: '已报告，手续补办中', en: 'Reported, papers under way', truth: 'excused' },
  { code: 'C14', zh: '本人求助，已处置', en: 'Call for help, dealt with', truth: 'excused' },
  { code: 'C21', zh: '定位漂移', en: 'Position drift', truth: 'false' },
  { code: 'C22', zh: '围栏设置有误', en: 'Fence drawn wrongly', truth: 'false' },
  { code: 'C23', zh: '已有批准，信息未及时录入', en: 'Was approved, not entered in time', truth: 'false' },
  { code: 'C24', zh: '误触', en: 'Pressed by mistake', truth: 'false' },
  { code: 'C31', zh: '终端故障', en: 'Device fault', truth: 'fault' },
  { code: 'C32', zh: '网络或平台故障', en: 'Network or platform fault', truth: 'fault' },
  { code: 'C99', zh: '其他（在查明情况中说明）', en: 'Other (explain in the finding)', truth: 'excused' },
] as const
export const alarmCauseCodes = alarmCauses.map((c) => c.code)
export type AlarmCause = (typeof alarmCauses)[number]['code']

/**
 * The case that a closure starts (后续处置): a search or a violation to be decided by the county, else a task. Nothing is
 * ever imposed by itself.
 */
export const followOns = [
  { code: 'search', zh: '组织查找', en: 'Search', rule: 'MIS-01' },
  { code: 'talk', zh: '个别谈话教育', en: 'Individual talk', rule: null },
  { code: 'visit', zh: '实地查访', en: 'Home visit', rule: null },
  { code: 'repair', zh: '终端检修或更换', en: 'Repair or replace the device', rule: null },
  { code: 'fence', zh: '核对围栏', en: 'Check the fence', rule: null },
  { code: 'admonition', zh: '训诫审批', en: 'Propose an admonition', rule: 'PEN-01' },
  { code: 'warning', zh: '警告审批', en: 'Propose a warning', rule: 'PEN-02' },
  { code: 'policePenalty', zh: '提请治安管理处罚', en: 'Propose a public security penalty', rule: 'PEN-08' },
  { code: 'revocation', zh: '提请撤销缓刑、假释或收监执行', en: 'Propose revocation or recommitment', rule: 'REV-06' },
] as const
export const followOnCodes = followOns.map((f) => f.code)

/** One thing that speaks for the alarm, against it, or only tells. */
export const Evidence = model('Evidence', {
  at: Instant,
  /** fix, silence, event, checkin, steps, neighbour, leave, outage, reply … */
  kind: Type.String(),
  speaks: OneOf(['for', 'against', 'neither']),
  zh: Type.String(),
  en: Type.String(),
  lat: Type.Optional(Lat),
  lon: Type.Optional(Lon),
  accuracyM: Type.Optional(Type.Number({ description: 'Metres' })),
  source: Type.Optional(Type.String()),
  /** The source could not prove who it is (no per-device secret in its protocol). */
  unauthenticated: Type.Optional(Type.Boolean()),
})
export type Evidence = Static<typeof Evidence>

export const noteKinds = [
  'acknowledge',
  'claim',
  'transfer',
  'call',
  'visit',
  'note',
  'photo',
  'message',
  'submit',
  'withdraw',
  'review',
  'return',
  'climb',
  'merge',
  'settle',
  'objection',
] as const
export const AlarmNote = model('AlarmNote', {
  id: Id,
  at: Instant,
  by: Nullable(Named),
  byName: Type.String(),
  kind: Type.String(),
  text: Type.String(),
  /** Of a call: `to`, `answered`, `startedAt`, `seconds`; of a visit: `place`, `metPerson`, `lat`, `lon`; of a photo: `file`. */
  data: Type.Record(Type.String(), Type.Unknown()),
})

/** Who wrote or reviewed a closure; without an account here where an old file names him. */
const Handler = Type.Object({ id: Nullable(Id), name: Type.String() })

export const Closure = model('Closure', {
  /** handled: 结案单; notHandled: 不予处理 */
  way: OneOf(['handled', 'notHandled']),
  cause: Type.String(),
  causeName: Said,
  finding: Type.String(),
  measures: Type.String(),
  followOn: Nullable(Type.String()),
  files: Type.Array(Id),
  submittedBy: Handler,
  submittedAt: Instant,
  review: Nullable(OneOf(['approved', 'returned'])),
  reviewedBy: Nullable(Handler),
  reviewedAt: Nullable(Instant),
  reviewNote: Type.String(),
  /** An answer to an objection set it aside: it counts no more. */
  setAsideAt: Nullable(Instant),
})

const face = {
  id: Id,
  /** Short number to say on the phone. */
  number: Type.Integer(),
  kind: Type.String(),
  kindName: Said,
  level: Type.Integer({ minimum: 1, maximum: 4, description: '1 gravest' }),
  state: OneOf(alarmStates),
  settledAs: Nullable(OneOf(settledWays)),
  person: Type.Object({ id: Id, name: Type.String(), number: Type.String(), colour: Type.String() }),
  org: OrgCode,
  orgName: Type.String(),
  /** Who, where, since when, how sure, what next; in one sentence. */
  said: Said,
  sureness: Type.Number({ minimum: 0, maximum: 1 }),
  beganAt: Instant,
  detectedAt: Instant,
  raisedAt: Nullable(Instant),
  settledAt: Nullable(Instant),
  at: Nullable(Type.Object({ lat: Lat, lon: Lon })),
  owner: Nullable(Named),
  acknowledgedAt: Nullable(Instant),
  nobodyOnDuty: Type.Boolean(),
  clock: Clock,
  climbed: Type.Integer(),
  /** Brought in from old files: history, never rung. */
  imported: Type.Boolean(),
  revision: Type.Integer(),
}
export const Alarm = model('Alarm', face)
export type Alarm = Static<typeof Alarm>

/** What the caller may do with this alarm now; the same decisions refuse when asked anyway. */
export const alarmActs = [
  'acknowledge',
  'claim',
  'note',
  'attach',
  'submit',
  'dismiss',
  'withdraw',
  'review',
  'transfer',
  'merge',
] as const
const Other = Type.Object({ id: Id, number: Type.Integer(), kindName: Said })
export const AlarmFile = model('AlarmFile', {
  ...face,
  evidence: Type.Array(Evidence),
  ruleVersion: Type.String(),
  notes: Type.Array(AlarmNote),
  closure: Nullable(Closure),
  files: Type.Array(FileCard),
  fence: Nullable(Type.Object({ id: Id, name: Type.String(), kind: Type.String() })),
  activationNo: Nullable(Type.Integer()),
  /** Where this one is handled, when it was merged (合并); and those handled with this one. */
  mergedInto: Nullable(Other),
  mergedFrom: Type.Array(Other),
  task: Nullable(Type.Object({ id: Id, revision: Type.Integer() })),
  /** What the ladder asked for and heard before an officer was disturbed. */
  ladder: Type.Record(Type.String(), Type.Unknown()),
  /** What a closure of this alarm still lacks, in words; empty when it can be submitted. */
  lacks: Type.Array(Said),
  may: Type.Array(OneOf(alarmActs)),
  /** It was closed as a breach, and no objection was raised yet. */
  contestable: Type.Boolean(),
  /** The objection to what it was closed as, unless it was taken back. */
  objection: Nullable(Type.Object({ id: Id, end: Nullable(Type.String()) })),
})
export type AlarmFile = Static<typeof AlarmFile>

/** What to draw. Positions WGS-84; the map converts at its edge. */
export const AlarmMap = model('AlarmMap', {
  from: Instant,
  until: Instant,
  fixes: Type.Array(
    Type.Object({
      ts: Instant,
      lat: Lat,
      lon: Lon,
      accuracyM: Type.Number(),
      source: Type.String(),
      /** Why it says nothing of where he was: the check it failed, `simulated` or `doubted`; drawn hollow, and on no way. */
      fault: Nullable(Type.String()),
      /** Whose fix it is: a phone and a band of one person are two ways, never one line. */
      activation: Type.Integer(),
    }),
  ),
  /** False when the caller's post shows no tracks: then only the evidence's own points are given. */
  track: Type.Boolean(),
  fence: Nullable(
    Type.Object({
      id: Id,
      name: Type.String(),
      kind: Type.String(),
      area: Type.Unknown({ description: 'GeoJSON-compatible shape' }),
    }),
  ),
  home: Nullable(Type.Object({ lat: Lat, lon: Lon })),
})

const filters = {
  state: Type.Optional(Type.Array(OneOf(alarmStates), { maxItems: 5 })),
  kind: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40 })),
  level: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 4 }), { maxItems: 4 })),
  settledAs: Type.Optional(OneOf(settledWays)),
  org: Type.Optional(OrgCode),
  person: Type.Optional(Id),
  owner: Type.Optional(Id),
  overdue: Type.Optional(Type.Boolean()),
  /** Detected from … to before …. */
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
  /** Number of the alarm, or part of the person's name. */
  q: Type.Optional(Type.String({ maxLength: 40 })),
}

export const AlarmCounts = model('AlarmCounts', {
  gathering: Type.Integer(),
  raised: Type.Integer(),
  claimed: Type.Integer(),
  submitted: Type.Integer(),
  settled: Type.Integer(),
  overdue: Type.Integer(),
  /** Of raised and claimed, by level 1–4. */
  byLevel: Type.Array(Type.Integer(), { minItems: 4, maxItems: 4 }),
})

const Revision = { revision: Type.Integer({ minimum: 1, description: 'The revision the caller looked at' }) }
const strict = { additionalProperties: false } as const
/** Of what is recorded at the desk. */
const ownId = Type.Optional(Type.String({ format: 'uuid', description: 'Chosen by the caller: twice is once' }))

export const alarms = promises('alarms', {
  list: {
    get: '/api/alarms',
    says: 'Alarms in scope. Sorts by detected, due, level, number (default -detected).',
    query: Type.Object({ ...filters, ...pageQuery }, strict),
    answers: PageOf(Alarm),
    may: 'alarm.see',
    audits: 'search',
  },
  export: {
    get: '/api/alarms/export',
    says: 'The list as it is asked for, as an Excel file with conditions, exporter, time and watermark.',
    query: Type.Object(
      { ...filters, sort: pageQuery.sort, reason: Type.String({ minLength: 4, maxLength: 200 }) },
      strict,
    ),
    answers: 'file',
    may: 'alarm.see',
    audits: 'export',
  },
  counts: {
    get: '/api/alarms/counts',
    says: 'How many the list holds in each state, under the same filters but for state and overdue.',
    query: Type.Object(filters, strict),
    answers: AlarmCounts,
    may: 'alarm.see',
  },
  get: {
    get: '/api/alarms/:id',
    says: 'One alarm with the evidence for and against it, its timeline and its closure.',
    answers: AlarmFile,
    may: 'alarm.see',
    audits: 'view',
  },
  map: {
    get: '/api/alarms/:id/map',
    says: 'Positions from an hour before it began to an hour after it ended, and the fence it is about.',
    answers: AlarmMap,
    may: 'alarm.see',
    audits: 'view',
  },
  acknowledge: {
    post: '/api/alarms/:id/acknowledgement',
    says: 'Says "seen": the sound stops, the clock runs on. Saying it twice changes nothing.',
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: ['ZJ_ALARM_OVER', 'ZJ_ALARM_NOT_RAISED'],
  },
  claim: {
    post: '/api/alarms/:id/claim',
    says: 'Makes the caller the one who handles it. Never resets the clock.',
    body: Type.Object(Revision, strict),
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: ['ZJ_ALARM_TAKEN', 'ZJ_ALARM_OVER', 'ZJ_ALARM_NOT_RAISED', 'ZJ_CHANGED'],
  },
  call: {
    post: '/api/alarms/:id/calls',
    says: 'Records a phone call.',
    body: Type.Object(
      {
        id: ownId,
        to: OneOf(['person', 'family', 'guarantor', 'village', 'police', 'other']),
        answered: Type.Boolean(),
        startedAt: Instant,
        seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
        text: Text(2000),
        file: Type.Optional(Id),
      },
      strict,
    ),
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: ['ZJ_ALARM_OVER', 'ZJ_ALARM_TIME', 'ZJ_ALARM_NOTE_ID'],
  },
  visit: {
    post: '/api/alarms/:id/visits',
    says: 'Records a visit on the spot.',
    body: Type.Object(
      {
        id: ownId,
        at: Instant,
        place: Text(200),
        metPerson: Type.Boolean(),
        lat: Type.Optional(Lat),
        lon: Type.Optional(Lon),
        text: Text(2000),
      },
      strict,
    ),
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: ['ZJ_ALARM_OVER', 'ZJ_ALARM_TIME', 'ZJ_ALARM_NOTE_ID'],
  },
  note: {
    post: '/api/alarms/:id/notes',
    says: 'Adds a note to the timeline.',
    body: Type.Object({ id: ownId, text: Text(2000) }, strict),
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: ['ZJ_ALARM_OVER', 'ZJ_ALARM_NOTE_ID'],
  },
  attach: {
    post: '/api/alarms/:id/files',
    says: 'Attaches a photo, recording or document; hashed on arrival.',
    body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })), takenAt: Type.Optional(Instant) }),
    upload: true,
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: ['ZJ_ALARM_OVER', 'ZJ_FILE_KIND_UNKNOWN', 'ZJ_FILE_EMPTY', 'ZJ_TOO_LARGE'],
  },
  submit: {
    post: '/api/alarms/:id/closure',
    says: '结案单: cause, finding, measures and the case that follows; goes to review.',
    body: Type.Object(
      {
        cause: OneOf(alarmCauseCodes),
        finding: Text(2000),
        measures: Type.Optional(Type.String({ maxLength: 2000 })),
        followOn: Type.Optional(Nullable(OneOf(followOnCodes))),
        ...Revision,
      },
      strict,
    ),
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: [
      'ZJ_ALARM_EVIDENCE_MISSING',
      'ZJ_ALARM_NOT_YOURS',
      'ZJ_ALARM_OVER',
      'ZJ_ALARM_UNDER_REVIEW',
      'ZJ_CHANGED',
    ],
  },
  dismiss: {
    post: '/api/alarms/:id/dismissal',
    says: '不予处理: asks, with a reason, that nothing be done; somebody else approves.',
    body: Type.Object({ cause: OneOf(alarmCauseCodes), reason: Text(2000), ...Revision }, strict),
    answers: AlarmFile,
    may: 'alarm.dismiss.request',
    audits: 'write',
    refuses: ['ZJ_ALARM_REASON_SHORT', 'ZJ_ALARM_NOT_YOURS', 'ZJ_ALARM_OVER', 'ZJ_ALARM_UNDER_REVIEW', 'ZJ_CHANGED'],
  },
  merge: {
    post: '/api/alarms/:id/merge',
    says: '合并: another open alarm of the same person is handled with this one, under the earlier of both clocks.',
    body: Type.Object(
      { other: Id, reason: Text(500), ...Revision, otherRevision: Type.Integer({ minimum: 1 }) },
      strict,
    ),
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: [
      'ZJ_ALARM_MERGE_SELF',
      'ZJ_ALARM_MERGE_PERSON',
      'ZJ_ALARM_MERGE_GRAVER',
      'ZJ_ALARM_MERGE_REASON',
      'ZJ_ALARM_NOT_YOURS',
      'ZJ_ALARM_OVER',
      'ZJ_ALARM_UNDER_REVIEW',
      'ZJ_CHANGED',
    ],
  },
  batch: {
    post: '/api/alarms/batch',
    says: 'Acknowledges or claims several at once. Each stands alone: what is refused is named, the rest is done.',
    body: Type.Object(
      {
        act: OneOf(['acknowledge', 'claim']),
        items: Type.Array(Type.Object({ id: Id, ...Revision }, strict), { minItems: 1, maxItems: 100 }),
      },
      strict,
    ),
    answers: model('AlarmBatch', {
      done: Type.Array(Id),
      refused: Type.Array(
        Type.Object({ id: Id, number: Nullable(Type.Integer()), code: Type.String(), ...Said.properties }),
      ),
    }),
    may: 'alarm.handle',
    audits: 'write',
  },
  withdraw: {
    post: '/api/alarms/:id/withdrawal',
    says: '撤回: the one who submitted takes it back before it was reviewed.',
    body: Type.Object(Revision, strict),
    answers: AlarmFile,
    may: 'alarm.handle',
    audits: 'write',
    refuses: ['ZJ_ALARM_NOT_UNDER_REVIEW', 'ZJ_ALARM_NOT_YOURS', 'ZJ_CHANGED'],
  },
  review: {
    post: '/api/alarms/:id/review',
    says: 'Approves a closure, or returns it with what is missing. A dismissal needs alarm.dismiss.approve beside.',
    body: Type.Object(
      { verdict: OneOf(['approved', 'returned']), note: Type.String({ maxLength: 1000 }), ...Revision },
      strict,
    ),
    answers: AlarmFile,
    may: 'alarm.review',
    widenedBy: ['alarm.dismiss.approve'],
    audits: 'write',
    refuses: [
      'ZJ_ALARM_REVIEW_OWN',
      'ZJ_ALARM_REVIEW_NOT_COMPETENT',
      'ZJ_ALARM_REVIEW_NOTE',
      'ZJ_ALARM_NOT_UNDER_REVIEW',
      'ZJ_CHANGED',
    ],
  },
})

/** One row of the alarm kinds table (报警类型表), as it holds for the caller's unit. */
export const AlarmKind = model('AlarmKind', {
  kind: Type.String(),
  name: Said,
  /** Unit whose row holds; the empty code ships with the product. */
  from: OrgCode,
  level: Type.Integer({ minimum: 1, maximum: 4 }),
  enabled: Type.Boolean(),
  clockMin: Type.Integer({ minimum: 1, maximum: 10_080, description: 'Minutes from delivery to the duty officer' }),
  ladderS: Type.Integer({
    minimum: 0,
    maximum: 600,
    description: 'Seconds of waiting for burst positions; 0 skips it',
  }),
  toPerson: Said,
  toOfficer: Said,
  parameters: Type.Record(Type.String(), Type.Unknown()),
  /** May not be switched off. */
  keepsOn: Type.Boolean(),
  /** Why it was set so. */
  note: Type.String(),
  changedBy: Nullable(Named),
  changedAt: Nullable(Instant),
  revision: Type.Integer(),
})
export type AlarmKind = Static<typeof AlarmKind>

export const alarmKinds = promises('alarmKinds', {
  list: {
    get: '/api/alarm-kinds',
    says: 'The table of alarm kinds: levels, clocks and wording, as a parameter of the law; nothing of anybody.',
    answers: Type.Array(AlarmKind),
    may: 'law.see',
  },
  edit: {
    put: '/api/alarm-kinds/:kind',
    says: "Sets a kind's row for the caller's unit and everything below it. The ledger keeps both rows and the reason.",
    body: Type.Object(
      {
        level: Type.Integer({ minimum: 1, maximum: 4 }),
        enabled: Type.Boolean(),
        clockMin: Type.Integer({ minimum: 1, maximum: 10_080 }),
        ladderS: Type.Integer({ minimum: 0, maximum: 600 }),
        toPerson: Said,
        toOfficer: Said,
        note: Text(500, 'Why'),
        revision: Type.Integer({ minimum: 0 }),
      },
      strict,
    ),
    answers: AlarmKind,
    may: 'alarm.rules',
    audits: 'write',
    refuses: ['ZJ_ALARM_KIND_KEEPS_ON', 'ZJ_CHANGED'],
  },
})

/** How often a kind was right (报警准确率): shown to those who run it. */
export const KindPrecision = model('KindPrecision', {
  kind: Type.String(),
  name: Said,
  raised: Type.Integer(),
  open: Type.Integer(),
  breach: Type.Integer(),
  excused: Type.Integer(),
  falseAlarm: Type.Integer(),
  fault: Type.Integer(),
  /** Settled by itself before or after reaching an officer. */
  bySelf: Type.Integer(),
  /** (breach + excused) / (breach + excused + falseAlarm + fault); null while fewer than 5 are closed. */
  precision: Nullable(Type.Number()),
  medianClaimMin: Nullable(Type.Number()),
  medianCloseMin: Nullable(Type.Number()),
  overdue: Type.Integer(),
})

export const alarmStatistics = promises('alarmStatistics', {
  precision: {
    get: '/api/alarm-statistics/precision',
    says: 'Precision and delay of each kind over a span, default the last 30 days. Counts only, no person.',
    query: Type.Object(
      { from: Type.Optional(Instant), until: Type.Optional(Instant), org: Type.Optional(OrgCode) },
      strict,
    ),
    answers: Type.Object({ from: Instant, until: Instant, kinds: Type.Array(KindPrecision) }),
    may: 'counts.see',
  },
})
