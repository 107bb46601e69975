import { codesOf } from '@zhijiao/law/codes'
import { levelCode } from '@zhijiao/law/levels'
import { Citation, Day, Id, Instant, Lat, Lon, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { dryRun, rowLeftOut } from './history.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { partNames } from './parts.ts'
import { PastAlarm } from './past-alarms.ts'

export const PersonId = Id
export const Category = OneOf(codesOf('correctionCategory'), {
  description: '矫正类别 01 管制 02 缓刑 03 假释 04 暂予监外',
})
/** Which there are the province sets (SET-34); `account.me` says which may be given in the caller’s unit. */
export const SupervisionLevel = Type.String({
  pattern: levelCode.source,
  description: '管理级别, a code of the levels in force; shipped 1 宽松 2 普通 3 严格',
  'x-codes': 'supervisionLevel',
})
export const Colour = OneOf(['none', 'red', 'yellow', 'blue', 'green'])
export const PersonState = OneOf(
  ['awaiting', 'inCorrection', 'missing', 'detained', 'released', 'terminated', 'transferred'],
  { description: '待报到 在矫 脱管 被羁押 解除 终止 转出' },
)
const Sex = OneOf(['male', 'female'])
const Unit = Type.Object({ code: OrgCode, name: Type.String() })
const Officer = Nullable(Type.Object({ id: Id, name: Type.String() }))

/** The nineteen fields of the shared header (handbook §3), as written. */
const header = {
  name: Text(40, '姓名'),
  sex: Type.Optional(Sex),
  ethnicity: Type.Optional(Note(20)),
  birthDate: Type.Optional(Day),
  identity: Type.String({
    minLength: 1,
    maxLength: 20,
    description: '身份证号码, GB 11643; birth date and sex follow from it',
  }),
  education: Type.Optional(Note(4)),
  registeredAddress: Type.Optional(Note(120)),
  residence: Type.Optional(Note(120)),
  crime: Type.Optional(Note(80)),
  sentence: Type.Optional(Note(80)),
  sentenceTerm: Type.Optional(Note(60)),
  additionalPenalty: Type.Optional(Note(80)),
  category: Category,
  correctionTerm: Type.Optional(Note(60)),
  termStart: Day,
  termEnd: Day,
  decisionOrgan: Type.Optional(Note(80)),
  documentNumber: Type.Optional(Note(60)),
  decidedOn: Type.Optional(Nullable(Day)),
}
const beside = {
  phone: Type.Optional(Nullable(Type.String({ pattern: '^[0-9+ -]{5,20}$' }))),
  residenceLat: Type.Optional(Nullable(Lat)),
  residenceLon: Type.Optional(Nullable(Lon)),
  decisionOrganKind: Type.Optional(Nullable(OneOf(codesOf('decisionOrgan')))),
  level: Type.Optional(SupervisionLevel),
  injunction: Type.Optional(Note(500)),
}

export const NewPerson = model('NewPerson', {
  ...header,
  ...beside,
  org: Type.Optional(OrgCode),
  officer: Type.Optional(Nullable(Id)),
  state: Type.Optional(OneOf(['awaiting', 'inCorrection'])),
  minor: Type.Optional(Type.Boolean({ description: 'Under 18 at entry; frozen from then on (法 58)' })),
  sealed: Type.Optional(Type.Boolean({ description: 'Record sealed (刑诉法 286)' })),
})

export const PersonRow = model('PersonRow', {
  id: Id,
  number: Type.String(),
  name: Type.String(),
  sex: Sex,
  birthDate: Day,
  identity: Type.String({ description: 'Masked' }),
  phone: Nullable(Type.String({ description: 'Masked' })),
  org: Unit,
  officer: Officer,
  category: Category,
  level: SupervisionLevel,
  colour: Colour,
  state: PersonState,
  crime: Type.String(),
  termStart: Day,
  termEnd: Day,
  daysLeft: Type.Integer({ description: 'Days to the end of the term, negative when it is over' }),
  minor: Type.Boolean(),
  sealed: Type.Boolean(),
  injunction: Type.Boolean(),
  imported: Type.Boolean(),
  revision: Type.Integer(),
})
export type PersonRow = Static<typeof PersonRow>

/** What does not fit together in a term; never a refusal, because the judgment rules. */
export const TermDoubt = model('TermDoubt', {
  said: Said,
  citation: Nullable(Citation),
  expected: Nullable(Day),
})

export const PersonFile = model('PersonFile', {
  ...PersonRow.properties,
  ethnicity: Type.String(),
  education: Type.String(),
  registeredAddress: Type.String(),
  residence: Type.String(),
  residenceLat: Nullable(Lat),
  residenceLon: Nullable(Lon),
  sentence: Type.String(),
  sentenceTerm: Type.String(),
  additionalPenalty: Type.String(),
  correctionTerm: Type.String(),
  decisionOrgan: Type.String(),
  decisionOrganKind: Nullable(Type.String()),
  documentNumber: Type.String(),
  decidedOn: Nullable(Day),
  injunctionText: Type.String(),
  mergedInto: Nullable(Type.Object({ id: Id, number: Type.String() })),
  mergedFrom: Type.Array(Type.Object({ id: Id, number: Type.String() })),
  parts: Type.Record(Type.String(), Type.Integer(), { description: 'Open rows of each part' }),
  lookUntil: Nullable(Instant),
  termDoubt: Nullable(TermDoubt),
  createdAt: Instant,
  updatedAt: Instant,
})
export type PersonFile = Static<typeof PersonFile>

/** The conditions of a query; all given ones hold together. */
export const personConditions = {
  q: Type.Optional(Note(40)),
  name: Type.Optional(Note(40)),
  number: Type.Optional(Note(30)),
  identity: Type.Optional(Note(20)),
  phone: Type.Optional(Note(20)),
  org: Type.Optional(OrgCode),
  officer: Type.Optional(Id),
  unassigned: Type.Optional(Type.Boolean()),
  category: Type.Optional(Type.Array(Category)),
  level: Type.Optional(Type.Array(SupervisionLevel)),
  colour: Type.Optional(Type.Array(Colour)),
  state: Type.Optional(Type.Array(PersonState)),
  sex: Type.Optional(Sex),
  minor: Type.Optional(Type.Boolean()),
  sealed: Type.Optional(Type.Boolean()),
  injunction: Type.Optional(Type.Boolean()),
  imported: Type.Optional(Type.Boolean()),
  crime: Type.Optional(Note(40)),
  bornFrom: Type.Optional(Day),
  bornUntil: Type.Optional(Day),
  termStartFrom: Type.Optional(Day),
  termStartUntil: Type.Optional(Day),
  termEndFrom: Type.Optional(Day),
  termEndUntil: Type.Optional(Day),
}
const conditions = Type.Object(personConditions)
export type PersonConditions = Static<typeof conditions>

/** `data` is checked against the schema of its part in `parts.ts`; a fault names its field as `data.<field>`. */
const PartWish = model('PartWish', {
  part: OneOf(partNames),
  data: Type.Record(Type.String(), Type.Unknown()),
  occurredAt: Type.Optional(Instant),
})
const NewPart = model('NewPart', {
  id: Type.Optional(
    Type.String({ format: 'uuid', description: 'Chosen by the caller: the same row sent twice is added once' }),
  ),
  ...PartWish.properties,
})
export const PartRow = model('PartRow', {
  id: Id,
  part: OneOf(partNames),
  data: Type.Record(Type.String(), Type.Unknown()),
  addedBy: Nullable(Type.String()),
  addedAt: Instant,
  endedAt: Nullable(Instant),
  /** The business that filed it, where it opens; null: typed in, or its business is not for this reader. */
  source: Nullable(
    Type.Object(
      { what: OneOf(['matter', 'leave']), id: Id, kind: Type.String({ description: 'Of a matter: its business' }) },
      { additionalProperties: false },
    ),
  ),
  /** An answer to an objection set aside what it tells; the matter of the objection, and when. */
  setAside: Nullable(Type.Object({ objection: Id, at: Instant }, { additionalProperties: false })),
  revision: Type.Integer(),
})

/** One event of a person's life in the platform. */
export const TimelineEntry = model('TimelineEntry', {
  id: Id,
  kind: Type.String(),
  says: Said,
  occurredAt: Instant,
  recordedAt: Instant,
  actor: Type.String(),
  subject: Nullable(Type.String()),
  cites: Type.Array(Citation),
  imported: Type.Boolean({ description: 'From old files, not witnessed by this platform' }),
  sealed: Type.Boolean({ description: 'Already numbered in the sealed ledger' }),
  payload: Nullable(Type.Record(Type.String(), Type.Unknown(), { description: 'Null when purged by law' })),
  of: Nullable(Type.String({ description: 'Number of the merged file it came from' })),
})

const ImportCell = Type.Object({
  row: Type.Integer({ description: 'Row of the sheet, counted from 1 as Excel does' }),
  column: Type.String({ description: 'Heading' }),
  letter: Type.String({ description: 'Column letter' }),
  ...Said.properties,
})
export const ImportPreview = model('ImportPreview', {
  id: Id,
  fileName: Type.String(),
  total: Type.Integer(),
  good: Type.Integer(),
  bad: Type.Integer({ description: 'Rows with at least one bad cell; they are left out' }),
  cells: Type.Array(ImportCell, { description: 'Bad cells, at most 1,000' }),
  doubts: Type.Optional(
    Type.Array(ImportCell, { description: 'Cells of good rows to compare with the judgment, at most 1,000' }),
  ),
  sample: Type.Array(Type.Record(Type.String(), Type.String()), { description: 'First good rows, masked' }),
  expiresAt: Instant,
  committedAt: Nullable(Instant),
  created: Nullable(Type.Integer()),
})

export const Duplicate = model('Duplicate', {
  why: Type.Array(OneOf(['identity', 'nameAndBirth', 'phone'])),
  person: PersonRow,
})

/** One old file for the history import: the header, its parts, and what happened, with its own times. */
export const HistoryFile = model('HistoryFile', {
  number: Text(30, 'Number of the file; a second import of the same number changes nothing'),
  person: model('HistoryPerson', {
    ...header,
    ...beside,
    org: OrgCode,
    officer: Type.Optional(Nullable(Id)),
    state: Type.Optional(PersonState),
    colour: Type.Optional(Colour),
    minor: Type.Optional(Type.Boolean()),
    sealed: Type.Optional(Type.Boolean()),
  }),
  parts: Type.Optional(Type.Array(PartWish, { maxItems: 200 })),
  events: Type.Optional(
    Type.Array(
      model('HistoryEvent', {
        kind: Type.String({ pattern: '^[a-z][A-Za-z]*\\.[a-z][A-Za-z]*$' }),
        occurredAt: Instant,
        payload: Type.Record(Type.String(), Type.Unknown()),
      }),
      { maxItems: 500 },
    ),
  ),
  alarms: Type.Optional(Type.Array(PastAlarm, { maxItems: 500 })),
})

export type HistoryFile = Static<typeof HistoryFile>

const reason = Text(200, 'Kept in the audit')
const partQuery = Type.Object({
  part: Type.Optional(OneOf(partNames)),
  ended: Type.Optional(Type.Boolean({ default: false })),
})
const timelineQuery = Type.Object({ ...pageQuery, kind: Type.Optional(Note(40)) })

export const people = promises('people', {
  list: {
    get: '/api/people',
    says: 'People within reach by any of 24 conditions. Sorts by name, number, termEnd, termStart, createdAt.',
    query: Type.Object({ ...pageQuery, ...personConditions }),
    answers: PageOf(PersonRow),
    may: 'person.see',
    audits: 'search',
  },
  get: {
    get: '/api/people/:personId',
    says: 'One file: the header; identity, phone and addresses masked.',
    answers: PersonFile,
    may: 'person.see',
    audits: 'view',
  },
  create: {
    post: '/api/people',
    says: 'Opens a file. The identity number is checked by GB 11643 and against the files in scope.',
    body: NewPerson,
    answers: PersonFile,
    may: 'person.edit',
    audits: 'write',
    refuses: [
      'ZJ_PERSON_IDENTITY_INVALID',
      'ZJ_PERSON_EXISTS',
      'ZJ_PERSON_EXISTS_ELSEWHERE',
      'ZJ_PERSON_TERM',
      'ZJ_PERSON_STILL_MASKED',
      'ZJ_LAW_LEVEL_UNKNOWN',
    ],
  },
  change: {
    put: '/api/people/:personId',
    says: 'Changes the header. Minor and sealed marks, level and term have their own decisions elsewhere.',
    body: model('PersonChange', {
      revision: Type.Integer(),
      name: Type.Optional(header.name),
      ethnicity: header.ethnicity,
      identity: Type.Optional(header.identity),
      education: header.education,
      registeredAddress: header.registeredAddress,
      residence: header.residence,
      residenceLat: beside.residenceLat,
      residenceLon: beside.residenceLon,
      crime: header.crime,
      sentence: header.sentence,
      sentenceTerm: header.sentenceTerm,
      additionalPenalty: header.additionalPenalty,
      correctionTerm: header.correctionTerm,
      decisionOrgan: header.decisionOrgan,
      decisionOrganKind: beside.decisionOrganKind,
      documentNumber: header.documentNumber,
      decidedOn: header.decidedOn,
      phone: beside.phone,
      injunction: beside.injunction,
    }),
    answers: PersonFile,
    may: 'person.edit',
    audits: 'write',
    refuses: [
      'ZJ_CHANGED',
      'ZJ_PERSON_IDENTITY_INVALID',
      'ZJ_PERSON_EXISTS',
      'ZJ_PERSON_STILL_MASKED',
      'ZJ_PERSON_MERGED',
    ],
  },
  reveal: {
    post: '/api/people/:personId/reveal',
    says: 'Identity number, phone and addresses in clear, with a stated reason.',
    body: model('Reveal', { reason }),
    answers: model('Revealed', {
      identity: Type.String(),
      phone: Nullable(Type.String()),
      registeredAddress: Type.String(),
      residence: Type.String(),
      parts: Type.Array(Type.Object({ id: Id, field: Type.String(), value: Type.String() }), {
        description: 'Masked fields of the open rows: phones and addresses of relatives, numbers of other papers',
      }),
    }),
    may: 'person.reveal',
    audits: 'view',
  },
  assign: {
    put: '/api/people/:personId/officer',
    says: 'Gives the file to an officer of its unit, or to nobody.',
    body: model('Assignment', { officer: Nullable(Id), revision: Type.Integer() }),
    answers: PersonFile,
    may: 'person.assign',
    audits: 'write',
    refuses: ['ZJ_CHANGED', 'ZJ_PERSON_OFFICER_ELSEWHERE'],
  },
  parts: {
    get: '/api/people/:personId/parts',
    says: 'Rows of the file’s groups, newest first.',
    query: partQuery,
    answers: model('PartRows', { items: Type.Array(PartRow) }),
    may: 'person.see',
    audits: 'view',
  },
  addPart: {
    post: '/api/people/:personId/parts',
    says: 'Adds a row to a group.',
    body: NewPart,
    answers: PartRow,
    may: 'person.edit',
    audits: 'write',
    refuses: ['ZJ_INVALID', 'ZJ_PERSON_STILL_MASKED', 'ZJ_PERSON_MERGED', 'ZJ_LAW_LEVEL_UNKNOWN', 'ZJ_PERSON_PART_ID'],
  },
  changePart: {
    put: '/api/people/:personId/parts/:id',
    says: 'Corrects a row; what stood before stays in the ledger.',
    body: model('PartChange', { revision: Type.Integer(), data: Type.Record(Type.String(), Type.Unknown()) }),
    answers: PartRow,
    may: 'person.edit',
    audits: 'write',
    refuses: ['ZJ_CHANGED', 'ZJ_INVALID', 'ZJ_PERSON_STILL_MASKED', 'ZJ_LAW_LEVEL_UNKNOWN'],
  },
  endPart: {
    post: '/api/people/:personId/parts/:id/end',
    says: 'Ends a row; it stays readable.',
    body: model('PartEnd', { reason }),
    answers: PartRow,
    may: 'person.edit',
    audits: 'write',
  },
  timeline: {
    get: '/api/people/:personId/timeline',
    says: 'Everything recorded about the person, newest first: the ledger filtered by one person, merged files included.',
    query: timelineQuery,
    answers: PageOf(TimelineEntry),
    may: 'person.see',
    audits: 'view',
  },
  weighTerm: {
    get: '/api/people/term',
    says: 'Whether a term can be what the judgment gives, and on which day its length ends. Nothing is kept.',
    query: Type.Object({
      category: Category,
      termStart: Day,
      termEnd: Day,
      correctionTerm: Type.Optional(Note(60)),
      sentence: Type.Optional(Note(80)),
      sentenceTerm: Type.Optional(Note(60)),
    }),
    answers: model('TermWeighed', { doubt: Nullable(TermDoubt) }),
    may: 'person.edit',
  },
  counts: {
    get: '/api/people/counts',
    says: 'How many people by unit, state, category, level and colour; not one name.',
    query: Type.Object({ under: Type.Optional(OrgCode) }),
    answers: model('PersonCounts', {
      asOf: Instant,
      total: Type.Integer(),
      units: Type.Array(
        Type.Object({
          org: Unit,
          total: Type.Integer(),
          inCorrection: Type.Integer(),
          byState: Type.Record(Type.String(), Type.Integer()),
          byCategory: Type.Record(Type.String(), Type.Integer()),
          byLevel: Type.Record(Type.String(), Type.Integer()),
          byColour: Type.Record(Type.String(), Type.Integer()),
        }),
        { description: 'The unit itself first, then the units directly below' },
      ),
    }),
    may: 'counts.see',
  },
  template: {
    get: '/api/people/import/template',
    says: 'An empty Excel sheet for the import, with the allowed words.',
    answers: 'file',
    may: 'person.import',
  },
  preview: {
    post: '/api/people/import',
    says: 'Reads an Excel sheet and names each bad cell; nothing is created yet.',
    body: Type.Object({}),
    upload: true,
    answers: ImportPreview,
    may: 'person.import',
    audits: 'write',
    refuses: ['ZJ_IMPORT_UNREADABLE', 'ZJ_IMPORT_HEADINGS', 'ZJ_IMPORT_TOO_LARGE'],
  },
  seePreview: {
    get: '/api/people/import/:id',
    says: 'A preview again, and whether it was committed.',
    answers: ImportPreview,
    may: 'person.import',
    audits: 'view',
  },
  commit: {
    post: '/api/people/import/:id/commit',
    says: 'Creates the good rows of a preview. A second call answers the same and creates nothing.',
    answers: ImportPreview,
    may: 'person.import',
    audits: 'write',
    refuses: ['ZJ_IMPORT_EXPIRED', 'ZJ_LAW_LEVEL_UNKNOWN'],
  },
  export: {
    get: '/api/people/export',
    says: 'The current query as an Excel file with its conditions, the exporter, the time and a watermark; identity and phone masked.',
    query: Type.Object({ ...personConditions, sort: pageQuery.sort, reason }),
    answers: 'file',
    may: 'person.export',
    audits: 'export',
    refuses: ['ZJ_EXPORT_LARGE'],
  },
  exportLater: {
    post: '/api/people/exports',
    says: 'The same in the background, for more than 5,000 people: made by the worker and kept in the download centre.',
    body: model('ExportWish', {
      conditions: Type.Object(personConditions, { additionalProperties: false }),
      sort: pageQuery.sort,
      reason,
    }),
    answers: model('ExportAsked', { id: Id, total: Type.Integer() }),
    may: 'person.export',
    audits: 'export',
    refuses: ['ZJ_DOWNLOADS_OPEN'],
  },
  duplicates: {
    get: '/api/people/:personId/duplicates',
    says: 'Files that may be of the same person: same identity, same name and birth date, same phone.',
    answers: model('Duplicates', { items: Type.Array(Duplicate) }),
    may: 'person.see',
    audits: 'view',
  },
  merge: {
    post: '/api/people/:personId/merge',
    says: 'Merges another file into this one. Both histories stay and are shown together. It cannot be undone.',
    body: model('Merge', { other: Id, revision: Type.Integer(), otherRevision: Type.Integer(), reason }),
    answers: PersonFile,
    may: 'person.merge',
    audits: 'write',
    refuses: ['ZJ_CHANGED', 'ZJ_MERGE_SELF', 'ZJ_PERSON_MERGED', 'ZJ_MERGE_DIFFERENT'],
  },
  unmerge: {
    post: '/api/people/:personId/unmerge',
    says: 'Always refused, with the reason and what to do instead.',
    answers: PersonFile,
    may: 'person.merge',
    audits: 'write',
    refuses: ['ZJ_MERGE_FINAL'],
  },
  look: {
    post: '/api/people/look',
    says: 'A superior opens one file by its exact number, with a reason, for 30 minutes.',
    body: model('Look', { number: Text(30), reason: Type.String({ minLength: 4, maxLength: 200 }) }),
    answers: model('Looking', { person: Id, number: Type.String(), until: Instant }),
    may: 'person.look',
    audits: 'view',
    refuses: ['ZJ_REASON_MISSING', 'ZJ_LOOK_NOT_NEEDED'],
  },
  looks: {
    get: '/api/people/looks',
    says: 'Own open looks.',
    answers: model('Looks', {
      items: Type.Array(Type.Object({ person: Id, number: Type.String(), reason: Type.String(), until: Instant })),
    }),
    may: 'person.look',
    audits: 'view',
  },
  looked: {
    get: '/api/looks/:personId',
    says: 'The file of an open look.',
    answers: PersonFile,
    may: 'person.look',
    audits: 'view',
    refuses: ['ZJ_NOT_FOUND'],
  },
  lookedParts: {
    get: '/api/looks/:personId/parts',
    says: 'The groups of the file of an open look.',
    query: partQuery,
    answers: model('LookedParts', { items: Type.Array(PartRow) }),
    may: 'person.look',
    audits: 'view',
  },
  lookedTimeline: {
    get: '/api/looks/:personId/timeline',
    says: 'The timeline of the file of an open look.',
    query: timelineQuery,
    answers: PageOf(TimelineEntry),
    may: 'person.look',
    audits: 'view',
  },
  importHistory: {
    post: '/api/people/history',
    says: 'Brings old files in, up to 1,000 at a time: people, parts, events and past alarms with how they were handled, each with its own times, marked imported. Known numbers are left alone. See docs/reference/history-import.md.',
    body: model('HistoryBatch', {
      source: Text(100),
      files: Type.Array(HistoryFile, { minItems: 1, maxItems: 1000 }),
      dryRun,
    }),
    answers: model('HistoryAnswer', {
      created: Type.Integer(),
      known: Type.Integer(),
      refused: Type.Array(Type.Object({ number: Type.String(), ...rowLeftOut })),
      people: Type.Array(Type.Object({ number: Type.String(), id: Id })),
    }),
    may: 'history.import',
    audits: 'write',
  },
})
