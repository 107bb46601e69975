/** Matters (事项): a business of the county under way or done, each an instance of a description in `procedures/`. */
import { Citation, Day, Id, Instant, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { dryRun, rowLeftOut } from './history.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { Clock, Named } from './tasks.ts'

/** What a form holds: plain JSON by field id, checked against its description. */
export const Filled = Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]*$' }), Type.Unknown())
const Revision = { revision: Type.Integer({ minimum: 1, description: 'The revision the caller looked at' }) }
const kind = Type.String({ pattern: '^[a-z][A-Za-z]*$', maxLength: 40 })

/** A way out of the present step, and whether this caller may take it. */
export const MatterWay = model('MatterWay', {
  id: Type.String(),
  open: Type.Boolean(),
  /** Why not, in words; null when open. */
  why: Nullable(Said),
})

/** One hand it went through. */
export const MatterPassage = model('MatterPassage', {
  id: Id,
  step: Type.String(),
  way: Type.String(),
  to: Type.String(),
  by: Nullable(Named),
  byName: Type.String({ description: 'As it stood then; of an imported file, as written there' }),
  at: Instant,
  note: Type.String(),
  form: Filled,
  citations: Type.Array(Citation),
})

/** Something the law or the file has to say before or while it goes on; never a decision. */
export const Hint = model('Hint', {
  tone: OneOf(['must', 'careful', 'good']),
  said: Said,
  citation: Nullable(Citation),
})
export type Hint = Static<typeof Hint>

/** Decisions that no matter makes, by what they are: 外出, and a term of an electronic device approved at its own desk. */
export const originKinds = ['leave', 'term', 'alarm'] as const
export type OriginKind = (typeof originKinds)[number]
const originRef = { kind: OneOf(originKinds), id: Id }
export const Origin = model('Origin', { ...originRef, said: Said, on: Day })

const row = {
  id: Id,
  kind,
  org: OrgCode,
  orgName: Type.String(),
  otherOrg: Nullable(OrgCode),
  person: Nullable(Type.Object({ id: Id, name: Type.String(), number: Type.String() })),
  /** Who it is about: the person, or an outsider by name. */
  who: Type.String(),
  /** Id of the present step; null once it ended. */
  step: Nullable(Type.String()),
  end: Nullable(Type.String()),
  /** Post and unit that have it in hand, and the person who claimed it. */
  holder: Nullable(
    Type.Object({ post: Type.String(), unit: OrgCode, unitName: Type.String(), staff: Nullable(Named) }),
  ),
  clock: Clock,
  columns: Filled,
  openedAt: Instant,
  openedBy: Type.String(),
  /** Day it is of: of an imported one the day it happened. */
  on: Day,
  endedAt: Nullable(Instant),
  imported: Type.Boolean(),
  revision: Type.Integer(),
}
export const MatterRow = model('MatterRow', row)
export type MatterRow = Static<typeof MatterRow>

export const Matter = model('Matter', {
  ...row,
  register: Filled,
  /** What was kept of the present step's form before it is acted on. */
  draft: Filled,
  passages: Type.Array(MatterPassage),
  ways: Type.Array(MatterWay),
  mayWithdraw: Type.Boolean(),
  hints: Type.Array(Hint),
  /** Steps in the order they are likely to be taken, for the picture of the process. */
  path: Type.Array(
    Type.Object(
      { step: Type.String(), state: OneOf(['done', 'now', 'ahead', 'passedOver']) },
      { additionalProperties: false },
    ),
  ),
  /** Matters it came from and those that came of it. */
  related: Type.Array(Type.Object({ id: Id, kind, end: Nullable(Type.String()), how: OneOf(['from', 'led']) })),
  /** The decision it came of, where no matter made it. */
  origin: Nullable(Origin),
  /** It decided against the person, and no objection was raised yet. */
  contestable: Type.Boolean(),
  lawRevision: Type.String(),
})
export type Matter = Static<typeof Matter>

const conditions = {
  kind: Type.Optional(kind),
  room: Type.Optional(OneOf(['intake', 'care', 'permits', 'conduct', 'ending', 'oversight'])),
  /** todo: in the caller's hands; running: anywhere; ended; mine: begun by the caller; passed: through the caller's hands. */
  view: Type.Optional(OneOf(['todo', 'running', 'ended', 'mine', 'passed', 'all'])),
  step: Type.Optional(Type.String({ maxLength: 40 })),
  end: Type.Optional(Type.String({ maxLength: 40 })),
  person: Type.Optional(Id),
  org: Type.Optional(OrgCode),
  overdue: Type.Optional(Type.Boolean()),
  /** Name of the person or outsider, or file number. */
  q: Type.Optional(Type.String({ maxLength: 40 })),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
}
export const MatterQuery = Type.Object({ ...conditions, ...pageQuery }, { additionalProperties: false })
export type MatterQuery = Static<typeof MatterQuery>

const wish = {
  kind,
  /** The supervised person; absent for a business about an outsider. */
  person: Type.Optional(Id),
  /** Office the outsider's matter belongs to; absent: the caller's unit. */
  org: Type.Optional(OrgCode),
  form: Filled,
  /** The matter it comes of. */
  cause: Type.Optional(Id),
  /** The decision it comes of, where no matter made it. */
  origin: Type.Optional(Type.Object(originRef, { additionalProperties: false })),
}

/** Where a person stands in the lifecycle (handbook §2). */
export const Stage = model('Stage', {
  id: OneOf(['assessment', 'reception', 'announcement', 'plan', 'supervision', 'ending', 'handover']),
  said: Said,
  state: OneOf(['done', 'now', 'ahead', 'skipped']),
  on: Nullable(Day),
  matter: Nullable(Id),
})
export const Lifecycle = model('Lifecycle', {
  stages: Type.Array(Stage),
  term: Type.Object({ start: Day, end: Day, daysLeft: Type.Integer(), done: Type.Number({ minimum: 0, maximum: 1 }) }),
  /** Running matters and duties about the person, the nearest clock first. */
  due: Type.Array(
    Type.Object({
      what: OneOf(['matter', 'task']),
      id: Id,
      kind: Type.String(),
      said: Said,
      dueAt: Nullable(Instant),
      overdue: Type.Boolean(),
      citation: Nullable(Citation),
    }),
  ),
  /** What the file still lacks at this stage, and the rule that asks for it. */
  missing: Type.Array(Type.Object({ kind, said: Said, citation: Nullable(Citation) })),
})
export type Lifecycle = Static<typeof Lifecycle>

/** A decision about a person that is open to an objection, or was contested already. */
export const ContestableDecision = model('ContestableDecision', {
  what: OneOf(['matter', ...originKinds]),
  id: Id,
  said: Said,
  on: Day,
  by: Type.String(),
  /** The objection raised against it. */
  objection: Nullable(Type.Object({ id: Id, end: Nullable(Type.String()) })),
})
export type ContestableDecision = Static<typeof ContestableDecision>

/** One old matter. What register and passages hold is described by its business (`procedures/`). */
export const OldMatter = model('OldMatter', {
  id: Type.String({ format: 'uuid', description: 'Chosen by the caller, the same for the same matter' }),
  kind,
  person: Type.Optional(Text(40, 'Id or number of the file; absent for a matter about somebody who is not supervised')),
  org: Type.Optional(OrgCode),
  on: Day,
  openedAt: Instant,
  openedBy: Type.String({ maxLength: 60 }),
  register: Filled,
  passages: Type.Array(
    Type.Object({
      step: Type.String({ maxLength: 40 }),
      way: Type.String({ maxLength: 40 }),
      by: Type.String({ maxLength: 60 }),
      at: Instant,
      note: Type.Optional(Type.String({ maxLength: 1000 })),
      form: Type.Optional(Filled),
    }),
    { maxItems: 40 },
  ),
  issued: Type.Optional(
    Type.Array(Type.String({ pattern: '^D[0-9]{2}[a-z]?$' }), {
      maxItems: 40,
      description:
        'Papers of one still under way that were issued then and come with the documents: none waits as a draft',
    }),
  ),
})
export type OldMatter = Static<typeof OldMatter>

export const matters = promises('matters', {
  list: {
    get: '/api/matters',
    says: 'Matters within reach. Sorts by opened, due, on, ended (default -opened).',
    query: MatterQuery,
    answers: PageOf(MatterRow),
    may: 'matter.see',
    audits: 'search',
  },
  counts: {
    get: '/api/matters/counts',
    says: 'How many each view of the list holds, by kind, under the same filters.',
    query: Type.Object(conditions, { additionalProperties: false }),
    answers: model('MatterCounts', {
      todo: Type.Integer(),
      running: Type.Integer(),
      overdue: Type.Integer(),
      ended: Type.Integer(),
      byKind: Type.Array(Type.Object({ kind, todo: Type.Integer(), running: Type.Integer(), overdue: Type.Integer() })),
    }),
    may: 'matter.see',
  },
  export: {
    get: '/api/matters/export',
    says: 'The current query as an Excel file with its conditions, the exporter and the time.',
    query: Type.Object(
      { ...conditions, kind, sort: pageQuery.sort, reason: Type.String({ minLength: 4, maxLength: 200 }) },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'matter.see',
    audits: 'export',
  },
  get: {
    get: '/api/matters/:id',
    says: 'One matter with its passages.',
    answers: Matter,
    may: 'matter.see',
    audits: 'view',
  },
  weigh: {
    post: '/api/matters/weighing',
    says: 'What the law and the file say to this before it is registered. Writes nothing.',
    body: Type.Object(wish, { additionalProperties: false }),
    answers: model('Weighing', { hints: Type.Array(Hint) }),
    may: 'matter.see',
    audits: 'view',
    refuses: ['ZJ_MATTER_KIND', 'ZJ_MATTER_NOT_NOW'],
  },
  register: {
    post: '/api/matters',
    says: 'Begins a matter. A second request with the same `id` answers the first and writes nothing.',
    body: Type.Object(
      {
        ...wish,
        id: Type.Optional(Type.String({ format: 'uuid', description: 'Chosen by the caller' })),
        task: Type.Optional(
          Type.String({ format: 'uuid', description: 'The plain duty it is begun from: registering it ends that' }),
        ),
      },
      { additionalProperties: false },
    ),
    answers: Matter,
    may: 'matter.register',
    audits: 'write',
    refuses: [
      'ZJ_MATTER_KIND',
      'ZJ_MATTER_NOT_NOW',
      'ZJ_MATTER_RUNNING',
      'ZJ_INVALID',
      'ZJ_NOT_ALLOWED',
      'ZJ_TASK_NOT_BY_HAND',
    ],
  },
  keep: {
    put: '/api/matters/:id/draft',
    says: 'Keeps a half-filled form of the present step.',
    body: Type.Object({ form: Filled, ...Revision }, { additionalProperties: false }),
    answers: Matter,
    may: 'matter.see',
    audits: 'write',
    refuses: ['ZJ_CHANGED', 'ZJ_MATTER_OVER', 'ZJ_MATTER_NOT_YOURS'],
  },
  act: {
    post: '/api/matters/:id/act',
    says: 'Takes a way out of the present step. Only the competent post may.',
    body: Type.Object(
      {
        way: Type.String({ maxLength: 40 }),
        form: Filled,
        note: Type.Optional(Type.String({ maxLength: 1000 })),
        ...Revision,
      },
      { additionalProperties: false },
    ),
    answers: Matter,
    may: 'matter.see',
    audits: 'write',
    refuses: [
      'ZJ_CHANGED',
      'ZJ_INVALID',
      'ZJ_MATTER_OVER',
      'ZJ_MATTER_NOT_YOURS',
      'ZJ_MATTER_WAY',
      'ZJ_MATTER_REASON',
      'ZJ_MATTER_OWN',
    ],
  },
  actOnMany: {
    post: '/api/matters/act',
    says: 'The same way for several matters of one kind and step; each stands or falls alone.',
    body: Type.Object(
      {
        matters: Type.Array(Type.Object({ id: Id, ...Revision }), { minItems: 1, maxItems: 200 }),
        way: Type.String({ maxLength: 40 }),
        form: Filled,
        note: Type.Optional(Type.String({ maxLength: 1000 })),
      },
      { additionalProperties: false },
    ),
    answers: model('ActedOnMany', {
      done: Type.Array(Id),
      refused: Type.Array(Type.Object({ id: Id, code: Type.String(), ...Said.properties })),
    }),
    may: 'matter.see',
    audits: 'write',
  },
  withdraw: {
    post: '/api/matters/:id/withdrawal',
    says: 'Takes it back; whoever began it may while nobody has decided.',
    body: Type.Object(
      { reason: Type.String({ minLength: 2, maxLength: 500 }), ...Revision },
      { additionalProperties: false },
    ),
    answers: Matter,
    may: 'matter.see',
    audits: 'write',
    refuses: ['ZJ_CHANGED', 'ZJ_MATTER_OVER', 'ZJ_MATTER_DECIDED', 'ZJ_MATTER_NOT_YOURS'],
  },
  flow: {
    get: '/api/procedures/:kind/bpmn',
    says: 'A business as BPMN 2.0 with its drawing, for whoever keeps process models elsewhere.',
    answers: 'file',
    may: 'matter.see',
    refuses: ['ZJ_MATTER_KIND'],
  },
  contestable: {
    get: '/api/people/:personId/contestable',
    says: 'Decisions against a person to which he may object (异议), the newest first, with the objection where there is one.',
    answers: model('ContestableDecisions', { items: Type.Array(ContestableDecision) }),
    may: 'matter.see',
    audits: 'view',
  },
  lifecycle: {
    get: '/api/people/:personId/lifecycle',
    says: 'Where a person stands, what is due and why, what the file lacks.',
    answers: Lifecycle,
    may: 'matter.see',
    audits: 'view',
  },
  importHistory: {
    post: '/api/matters/history',
    says: 'Brings old matters of known files in, each passage with its own time, marked imported. Known ids are left alone. See docs/reference/history-import.md.',
    body: model('MatterHistory', {
      source: Type.String({ minLength: 1, maxLength: 100 }),
      matters: Type.Array(OldMatter, { minItems: 1, maxItems: 1000 }),
      dryRun,
    }),
    answers: model('MatterHistoryAnswer', {
      created: Type.Integer(),
      known: Type.Integer(),
      refused: Type.Array(Type.Object({ id: Id, ...rowLeftOut })),
    }),
    may: 'history.import',
    audits: 'write',
  },
})
