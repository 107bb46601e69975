import { Id, Instant, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, Type } from './kernel.ts'

const act = OneOf(['view', 'search', 'export', 'write', 'security', 'refused'])

/** One line: the attempt before, or the result after. No personal data of the supervised beyond ids. */
export const AuditLine = model('AuditLine', {
  id: Id,
  at: Instant,
  request: Type.String({ description: '流水号 that joins attempt and result' }),
  phase: OneOf(['attempt', 'result']),
  act,
  promise: Type.String({ description: 'room.name of what was asked' }),
  says: Said,
  staffId: Nullable(Id),
  staffName: Nullable(Type.String()),
  roles: Type.Array(Type.String()),
  org: OrgCode,
  person: Nullable(Id),
  reason: Nullable(Type.String()),
  detail: Type.Record(Type.String(), Type.Unknown()),
  outcome: Nullable(Type.String({ description: '`ok` or the code of the refusal' })),
  outcomeSays: Nullable(Said),
  rows: Nullable(Type.Integer()),
  ip: Nullable(Type.String()),
})

const conditions = {
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  staff: Type.Optional(Id),
  act: Type.Optional(act),
  promise: Type.Optional(Note(80)),
  phase: Type.Optional(OneOf(['attempt', 'result'])),
  outcome: Type.Optional(OneOf(['ok', 'refused', 'open'], { description: '`open`: attempts without a result' })),
  person: Type.Optional(Id),
  request: Type.Optional(Note(40)),
  ip: Type.Optional(Note(45)),
  org: Type.Optional(OrgCode),
}

/** Who looked at a person: one line a request. */
export const Looker = model('Looker', {
  at: Instant,
  staffName: Type.String(),
  org: Type.Object({ code: OrgCode, name: Type.String() }),
  roles: Type.Array(Type.String()),
  act,
  says: Said,
  reason: Nullable(Type.String()),
  outcome: Nullable(Type.String()),
})

export const audits = promises('audits', {
  list: {
    get: '/api/audits',
    says: 'Audit lines of the caller’s unit. Sorts by at (default -at).',
    query: Type.Object({ ...pageQuery, ...conditions }),
    answers: PageOf(AuditLine),
    may: 'audit.see',
    audits: 'view',
  },
  export: {
    get: '/api/audits/export',
    says: 'The same lines as an Excel file, at most 100,000, with who exported it and why.',
    query: Type.Object({ ...conditions, sort: pageQuery.sort, reason: Text(200) }),
    answers: 'file',
    may: 'audit.see',
    audits: 'export',
    refuses: ['ZJ_EXPORT_TOO_LARGE'],
  },
  ofPerson: {
    get: '/api/people/:personId/lookers',
    says: 'Who looked at, searched for or exported this person, newest first.',
    query: Type.Object({ ...pageQuery }),
    answers: PageOf(Looker),
    may: 'ledger.see',
    audits: 'view',
  },
})
