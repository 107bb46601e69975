/** Tasks (待办): the duty of a named person or post, with a legal or configured clock. */
import { Citation, Day, Id, Instant, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

export const taskStates = ['open', 'claimed', 'submitted', 'done', 'cancelled'] as const

/** Somebody of the staff, as lists show him. */
export const Named = Type.Object({ id: Id, name: Type.String() }, { additionalProperties: false })

/** The clock of a duty: from delivery to the named duty officer; a claim never resets it. */
export const Clock = model('Clock', {
  deliveredAt: Nullable(Instant),
  dueAt: Nullable(Instant),
  overdue: Type.Boolean(),
  /** Where the clock comes from: a rule of the law, or a configured number (alarm kinds table). */
  source: OneOf(['law', 'configured', 'none']),
  citation: Nullable(Citation),
  /** The last lawful day of a clock that the law counts; `dueAt` is its end. */
  dueOn: Nullable(Day),
  /** How it is counted, in words: 「10 个工作日,不含首日」. */
  counted: Nullable(Said),
  /** Why there is no due day though the law sets one: the holidays of its year are not published yet. */
  uncounted: Nullable(Said),
})

/**
 * What was done to a clock: it was stopped, it ran on, it was given more time; it waits, because what it is counted from is
 * not there yet, or it began.
 */
export const ClockChange = Type.Object(
  {
    what: OneOf(['pause', 'resume', 'extend', 'wait', 'begin']),
    at: Instant,
    by: Type.String(),
    cause: Nullable(OneOf(['custody', 'away', 'hospital'])),
    reason: Type.String(),
    dueBefore: Nullable(Instant),
    dueAfter: Nullable(Instant),
    agreedWith: Nullable(Type.String()),
    agreedOn: Nullable(Day),
    files: Type.Array(Id),
    citation: Nullable(Citation),
  },
  { additionalProperties: false },
)

/** What the law lets be done to the clock of a task. */
export const ClockTerms = Type.Object(
  {
    /** By whose word it may be given more time; null: by nobody's. */
    extension: Nullable(
      Type.Object(
        { by: OneOf(['agreement', 'approval']), whose: Said, citation: Citation },
        { additionalProperties: false },
      ),
    ),
    /** For which causes it may rest; none: it runs on. */
    pauses: Type.Array(OneOf(['custody', 'away', 'hospital'])),
  },
  { additionalProperties: false },
)

export const Task = model('Task', {
  id: Id,
  /** `room.duty`: alarm.handle, alarm.review, leave.decide … */
  kind: Type.String(),
  kindName: Said,
  org: OrgCode,
  orgName: Type.String(),
  person: Nullable(Type.Object({ id: Id, name: Type.String(), number: Type.String() })),
  /** The row the duty is about: open it at the room of `kind`. */
  subject: Id,
  title: Said,
  level: Type.Integer({ minimum: 1, maximum: 4, description: '1 gravest' }),
  state: OneOf(taskStates),
  owner: Nullable(Named),
  ownerRole: Type.String(),
  /** No duty officer was on the roster when it was delivered: somebody must claim it. */
  nobodyOnDuty: Type.Boolean(),
  claimedAt: Nullable(Instant),
  clock: Clock,
  /** The clock rests since then, and why. */
  paused: Nullable(Type.Object({ since: Instant, reason: Type.String() }, { additionalProperties: false })),
  clockTerms: ClockTerms,
  clockChanges: Type.Array(ClockChange),
  /** When whoever has it was last reminded. */
  remindedAt: Nullable(Instant),
  /** Whose it was before he left; nobody has taken it over by a claim yet. */
  leftBy: Nullable(Named),
  /** Steps it has climbed because the clock ran out: 0 none. */
  climbed: Type.Integer(),
  /** Everyone called so far, in order. */
  called: Type.Array(
    Type.Object({ id: Id, name: Type.String(), step: Type.Integer(), at: Instant }, { additionalProperties: false }),
  ),
  nextClimbAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  /** Nothing is to be done but to take note of it; a claim ends it. */
  toKnow: Type.Boolean(),
  outcome: Nullable(Type.String()),
  /** The outcome in words, where its room has them. */
  outcomeSaid: Nullable(Said),
  /** What whoever ended it by hand said. */
  outcomeNote: Type.String(),
  /** The matter that did what it asked for. */
  answeredBy: Nullable(Id),
  /** It ends by a word of its owner (`complete`) or by registering one of these businesses from it; null: with its matter. */
  byHand: Nullable(Type.Object({ begins: Type.Array(Type.String()) }, { additionalProperties: false })),
  createdAt: Instant,
  revision: Type.Integer(),
})
export type Task = Static<typeof Task>

/** By when a task to be done falls due: every one of them is in exactly one of these. `none`: no day, or its clock rests. */
export const dueGroups = ['overdue', 'today', 'in3', 'in7', 'later', 'none'] as const

/** todo: open and mine to do; overdue: of those, past the clock; watched: called beside the owner; done: ended. */
export const taskViews = ['todo', 'overdue', 'watched', 'done'] as const
const filters = {
  whose: Type.Optional(OneOf(['mine', 'unit'], { description: 'mine: owned by me or my post; unit: all I may see' })),
  kind: Type.Optional(Type.String({ maxLength: 60 })),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
  org: Type.Optional(OrgCode),
  person: Type.Optional(Id),
  owner: Type.Optional(Id),
  due: Type.Optional(OneOf(dueGroups, { description: 'Today, within 3 and 7 days after it, later; Asia/Shanghai' })),
  q: Type.Optional(Type.String({ maxLength: 40, description: 'In the title' })),
  /** Delivered from … to before …. */
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
}
export const TaskQuery = Type.Object(
  { view: Type.Optional(OneOf(taskViews)), ...filters, ...pageQuery },
  { additionalProperties: false },
)
export type TaskQuery = Static<typeof TaskQuery>

export const TaskCounts = model('TaskCounts', {
  todo: Type.Integer(),
  overdue: Type.Integer(),
  watched: Type.Integer(),
  done: Type.Integer(),
  /** Those to be done by when they fall due; together they are `todo`. */
  byDue: Type.Object(
    Object.fromEntries(dueGroups.map((g) => [g, Type.Integer()])) as Record<
      (typeof dueGroups)[number],
      ReturnType<typeof Type.Integer>
    >,
  ),
  /** Open ones by kind, for the workbench; together they are `todo`. */
  byKind: Type.Array(
    Type.Object(
      { kind: Type.String(), kindName: Said, todo: Type.Integer(), overdue: Type.Integer() },
      { additionalProperties: false },
    ),
  ),
})

const Revision = { revision: Type.Integer({ minimum: 1, description: 'The revision the caller looked at' }) }

export const tasks = promises('tasks', {
  list: {
    get: '/api/tasks',
    says: 'Tasks of the caller or of the unit. Sorts by due, delivered, level, created, ended (default due; of what is done -ended).',
    query: TaskQuery,
    answers: PageOf(Task),
    may: 'task.see',
    audits: 'search',
  },
  counts: {
    get: '/api/tasks/counts',
    says: 'How many each view of the list holds under the same filters.',
    query: Type.Object(filters, { additionalProperties: false }),
    answers: TaskCounts,
    may: 'task.see',
  },
  get: { get: '/api/tasks/:id', says: 'One task.', answers: Task, may: 'task.see', audits: 'view' },
  claim: {
    post: '/api/tasks/:id/claim',
    says: 'Makes the caller its owner. The clock runs on.',
    body: Type.Object(Revision, { additionalProperties: false }),
    answers: Task,
    may: 'task.act',
    audits: 'write',
    refuses: ['ZJ_TASK_TAKEN', 'ZJ_TASK_STEP_NOT_YOURS', 'ZJ_TASK_OVER', 'ZJ_CHANGED'],
  },
  transfer: {
    post: '/api/tasks/:id/transfer',
    says: 'Hands it to another person of the unit, with a reason. The clock runs on.',
    body: Type.Object({ to: Id, reason: Text(200), ...Revision }, { additionalProperties: false }),
    answers: Task,
    may: 'task.act',
    widenedBy: ['task.transfer'],
    audits: 'write',
    refuses: ['ZJ_TASK_NOT_YOURS', 'ZJ_TASK_OVER', 'ZJ_TASK_RECEIVER_UNFIT', 'ZJ_CHANGED'],
  },
  receivers: {
    get: '/api/tasks/:id/receivers',
    says: 'Who may be given this task.',
    answers: Type.Array(Type.Object({ id: Id, name: Type.String(), org: OrgCode, roles: Type.Array(Type.String()) })),
    may: 'task.act',
  },
  urge: {
    post: '/api/tasks/:id/urging',
    says: '催办: reminds the owner once more; noted in the ledger.',
    body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 200 })) }, { additionalProperties: false }),
    answers: Task,
    may: 'task.act',
    audits: 'write',
    refuses: ['ZJ_TASK_OVER'],
  },
  transferMany: {
    post: '/api/tasks/transfers',
    says: 'Hands several on at once, each for itself: those that cannot go to him stay and say why.',
    body: Type.Object(
      { ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }), to: Id, reason: Text(200) },
      { additionalProperties: false },
    ),
    answers: model('TasksTransferred', {
      moved: Type.Array(Id),
      kept: Type.Array(
        Type.Object(
          { id: Id, code: Type.String(), zh: Type.String(), en: Type.String() },
          { additionalProperties: false },
        ),
      ),
    }),
    may: 'task.act',
    widenedBy: ['task.transfer'],
    audits: 'write',
  },
  complete: {
    post: '/api/tasks/:id/completion',
    says: '办结: ends a plain duty, with what was done. A duty that is about a matter ends with the matter.',
    body: Type.Object({ note: Text(500), ...Revision }, { additionalProperties: false }),
    answers: Task,
    may: 'task.act',
    widenedBy: ['task.transfer'],
    audits: 'write',
    refuses: ['ZJ_TASK_NOT_BY_HAND', 'ZJ_TASK_NOT_YOURS', 'ZJ_TASK_OVER', 'ZJ_CHANGED'],
  },
  callOff: {
    post: '/api/tasks/:id/cancellation',
    says: '取消: a head calls a plain duty off, with the reason.',
    body: Type.Object({ reason: Text(200), ...Revision }, { additionalProperties: false }),
    answers: Task,
    may: 'task.transfer',
    audits: 'write',
    refuses: ['ZJ_TASK_NOT_BY_HAND', 'ZJ_TASK_OVER', 'ZJ_CHANGED'],
  },
  pause: {
    post: '/api/tasks/:id/pause',
    says: 'Stops the clock, only for a cause that its rule knows.',
    body: Type.Object(
      { cause: OneOf(['custody', 'away', 'hospital']), reason: Text(200), ...Revision },
      { additionalProperties: false },
    ),
    answers: Task,
    may: 'task.act',
    widenedBy: ['task.transfer'],
    audits: 'write',
    refuses: ['ZJ_TASK_CLOCK_FIXED', 'ZJ_TASK_CLOCK_PAUSED', 'ZJ_TASK_NOT_YOURS', 'ZJ_TASK_OVER', 'ZJ_CHANGED'],
  },
  resume: {
    post: '/api/tasks/:id/resumption',
    says: 'Lets the clock run on; it has back what it lost.',
    body: Type.Object({ reason: Text(200), ...Revision }, { additionalProperties: false }),
    answers: Task,
    may: 'task.act',
    widenedBy: ['task.transfer'],
    audits: 'write',
    refuses: ['ZJ_TASK_CLOCK_RUNS', 'ZJ_TASK_NOT_YOURS', 'ZJ_TASK_OVER', 'ZJ_CHANGED'],
  },
  extend: {
    post: '/api/tasks/:id/extension',
    says: 'Gives the clock more time, only where its rule allows it, with who agreed, when and the paper that says so.',
    body: Type.Object(
      {
        newDue: Day,
        agreedWith: Text(80),
        agreedOn: Day,
        level: Type.Optional(OneOf(['county', 'city', 'province'], { description: 'Where approval is asked for' })),
        reason: Text(200),
        files: Type.Array(Id, { maxItems: 9, uniqueItems: true }),
        ...Revision,
      },
      { additionalProperties: false },
    ),
    answers: Task,
    may: 'task.act',
    widenedBy: ['task.transfer'],
    audits: 'write',
    refuses: [
      'ZJ_TASK_CLOCK_FIXED',
      'ZJ_TASK_CLOCK_WAITS',
      'ZJ_TASK_CLOCK_PAUSED',
      'ZJ_TASK_NEW_DUE',
      'ZJ_TASK_AGREEMENT_MISSING',
      'ZJ_TASK_APPROVAL_LEVEL',
      'ZJ_TASK_NOT_YOURS',
      'ZJ_TASK_OVER',
      'ZJ_CHANGED',
    ],
  },
  export: {
    get: '/api/tasks/export',
    says: 'The current list as an Excel file with its conditions, the exporter, the time and a watermark; at most 5,000.',
    query: Type.Object(
      { view: Type.Optional(OneOf(taskViews)), ...filters, sort: pageQuery.sort },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'task.see',
    audits: 'export',
  },
})
