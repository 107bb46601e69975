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
  /** Steps it has climbed because the clock ran out: 0 none. */
  climbed: Type.Integer(),
  /** Everyone called so far, in order. */
  called: Type.Array(
    Type.Object({ id: Id, name: Type.String(), step: Type.Integer(), at: Instant }, { additionalProperties: false }),
  ),
  nextClimbAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  outcome: Nullable(Type.String()),
  createdAt: Instant,
  revision: Type.Integer(),
})
export type Task = Static<typeof Task>

/** todo: open and mine to do; overdue: of those, past the clock; watched: called beside the owner; done: ended. */
export const taskViews = ['todo', 'overdue', 'watched', 'done'] as const
const filters = {
  whose: Type.Optional(OneOf(['mine', 'unit'], { description: 'mine: owned by me or my post; unit: all I may see' })),
  kind: Type.Optional(Type.String({ maxLength: 60 })),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
  org: Type.Optional(OrgCode),
  person: Type.Optional(Id),
  owner: Type.Optional(Id),
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
  /** Open ones by kind, for the workbench. */
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
    says: 'Tasks of the caller or of the unit. Sorts by due, delivered, level, created (default due).',
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
    refuses: ['ZJ_TASK_TAKEN', 'ZJ_TASK_OVER', 'ZJ_CHANGED'],
  },
  transfer: {
    post: '/api/tasks/:id/transfer',
    says: 'Hands it to another person of the unit, with a reason. The clock runs on.',
    body: Type.Object({ to: Id, reason: Text(200), ...Revision }, { additionalProperties: false }),
    answers: Task,
    may: 'task.act',
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
})
