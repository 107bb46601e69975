import { Day, Id, Instant, Text } from './common.ts'
import { model, Nullable, OneOf, promises, Type } from './kernel.ts'

/** What a pack is about: one alarm episode, or one person over a span of days. Either way it discloses one person only. */
export const EvidenceRequest = model('EvidenceRequest', {
  about: OneOf(['episode', 'person']),
  id: Id,
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  reason: Text(200, 'Kept in the audit and in the ledger'),
})

export const TreeHeadModel = model('TreeHead', {
  size: Type.Integer(),
  root: Type.String(),
  at: Instant,
  previous: Nullable(Type.String()),
  keyId: Type.String(),
  publicKey: Type.String(),
  signature: Type.String(),
})

/** Evidence an outside reader verifies offline, and the heads it is verified against. */
export const evidence = promises('evidence', {
  export: {
    post: '/api/evidence',
    says: 'Exports a sealed evidence pack about one episode or one person; verify it with `npx zhijiao verify PACK --head FILE`.',
    body: EvidenceRequest,
    answers: 'file',
    may: 'evidence.export',
    audits: 'export',
    refuses: ['ZJ_EVIDENCE_SPAN', 'ZJ_EVIDENCE_ENTRIES'],
  },
  head: {
    get: '/api/ledger/head',
    says: 'The newest signed tree head, for an outside holder. Holds no personal data.',
    answers: TreeHeadModel,
    may: 'anyone',
    document: 'exchange',
  },
})
