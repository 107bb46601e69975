/**
 * Legal documents (法律文书): drafted from a case, corrected, issued under a number, signed by hand, sealed, delivered.
 * An issued document is frozen; a wrong one is voided and issued again under a new number.
 */
import { Day, Id, Instant, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { dryRun, rowLeftOut } from './history.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { Blank, Values } from './paper.ts'

export const documentStates = ['draft', 'issued', 'void'] as const
export const deliveryWays = ['direct', 'left', 'mail', 'electronic', 'entrusted', 'public'] as const
export const deliveryCopies = ['original', 'duplicate', 'stub', 'receipt'] as const

const Named = Type.Object({ id: Id, name: Type.String() })
/** `D18`, or one of the papers a document consists of: `D12a`. */
const TemplateId = Type.String({ pattern: '^D[0-9]{2}[a-z]?$', description: 'Paper, D01–D37' })

export const DocumentRow = model('DocumentRow', {
  id: Id,
  org: OrgCode,
  orgName: Type.String(),
  person: Nullable(Type.Object({ id: Id, name: Type.String(), number: Type.String() })),
  subject: Type.String({ description: 'The case it belongs to' }),
  template: TemplateId,
  name: Said,
  state: OneOf(documentStates),
  number: Nullable(Type.String()),
  decidedOn: Day,
  draftedAt: Instant,
  issuedAt: Nullable(Instant),
  issuedBy: Nullable(Named),
  issuedByName: Type.String({ description: 'As it stood then; of an imported one, as written there' }),
  sealed: Type.Boolean(),
  signatures: Type.Integer(),
  deliveries: Type.Integer(),
  /** Meant for somebody outside the volume: unserved while no copy was. */
  toServe: Type.Boolean(),
  /** Brought in from old files: this platform neither printed nor witnessed it. */
  imported: Type.Boolean(),
  /** Imported, and a scan of the original came with it. */
  scanned: Type.Boolean(),
  revision: Type.Integer(),
})
export type DocumentRow = Static<typeof DocumentRow>

export const Signature = model('DocumentSignature', {
  id: Id,
  place: Type.String(),
  label: Type.String(),
  name: Type.String(),
  file: Id,
  at: Instant,
  witness: Nullable(Named),
  signedSha256: Type.String({ description: 'SHA-256 of the very bytes that were signed' }),
})
export const Delivery = model('DocumentDelivery', {
  id: Id,
  copy: OneOf(deliveryCopies),
  addressee: Type.String(),
  how: OneOf(deliveryWays),
  place: Type.String(),
  at: Instant,
  receiver: Type.String(),
  relation: Type.String(),
  witness: Type.String(),
  note: Type.String(),
  proof: Nullable(Id),
  signature: Nullable(Id),
  servedBy: Nullable(Named),
  servedByName: Type.String({ description: 'As it stood then; of an imported one, as written there' }),
  imported: Type.Boolean(),
  recordedAt: Instant,
})
/** Who signed an old paper, as the old file says. */
export const OldSigner = Type.Object(
  { label: Text(30), name: Text(40), on: Type.Optional(Day) },
  { additionalProperties: false },
)
export const Quoted = Type.Object(
  { rule: Type.String(), clause: Type.String(), zh: Type.String(), recalled: Type.Boolean() },
  { additionalProperties: false },
)

export const LegalPaper = model('LegalPaper', {
  ...DocumentRow.properties,
  blanks: Type.Array(Blank),
  /** Filled from the file, by the case, and over both by hand. */
  filed: Values,
  given: Values,
  corrected: Values,
  /** Required and still empty. */
  missing: Type.Array(Type.String()),
  /** Of a draft: what whoever issues it should know. */
  hints: Type.Array(Said),
  /** Characters no font of the press carries. */
  noGlyph: Type.Array(Type.String()),
  places: Type.Array(Type.Object({ place: Type.String(), label: Type.String() })),
  cites: Type.Array(Quoted),
  lawRevision: Type.String(),
  templateVersion: Type.String(),
  takesSeal: Type.Boolean(),
  copies: Type.Array(Type.String()),
  sha256: Nullable(Type.String()),
  sealedSha256: Nullable(Type.String()),
  sealedAt: Nullable(Instant),
  sealedBy: Nullable(Named),
  certificate: Nullable(Type.Object({ subject: Type.String(), selfMade: Type.Boolean(), fingerprint: Type.String() })),
  /** Of an imported one: the system or volume it came from, when it came, and who signed it there. */
  source: Nullable(Type.String()),
  importedAt: Nullable(Instant),
  oldSigners: Type.Array(OldSigner),
  signatureList: Type.Array(Signature),
  deliveryList: Type.Array(Delivery),
  voidReason: Nullable(Type.String()),
  voidedAt: Nullable(Instant),
  voidedBy: Nullable(Named),
  replaces: Nullable(Id),
  replacedBy: Nullable(Id),
})
export type LegalPaper = Static<typeof LegalPaper>

export const Verification = model('SealVerification', {
  sealed: Type.Boolean(),
  /** Neither a byte changed since, nor anything added after. */
  intact: Type.Boolean(),
  /** The kept file is the one whose hash stands in the ledger. */
  sameAsLedger: Type.Boolean(),
  subject: Type.String(),
  issuer: Type.String(),
  selfMade: Type.Boolean(),
  signedAt: Nullable(Instant),
  why: Nullable(Said),
})

const Revision = { revision: Type.Integer({ minimum: 1 }) }

export const Batch = model('DocumentBatch', {
  id: Id,
  template: TemplateId,
  name: Said,
  state: OneOf(['running', 'done', 'stopped']),
  total: Type.Integer(),
  done: Type.Integer(),
  failed: Type.Integer(),
  seal: Type.Boolean(),
  askedAt: Instant,
  endedAt: Nullable(Instant),
  items: Type.Array(
    Type.Object({
      place: Type.Integer(),
      person: Nullable(Type.Object({ id: Id, name: Type.String() })),
      document: Nullable(Id),
      number: Nullable(Type.String()),
      state: OneOf(['waiting', 'done', 'failed']),
      fault: Nullable(Said),
    }),
    { description: 'At most 1,000, failed ones first' },
  ),
})
export type Batch = Static<typeof Batch>

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the very bytes, hex' })

/** One paper of an old file. See docs/reference/document-import.md. */
export const OldDocument = model('OldDocument', {
  id: Type.String({ format: 'uuid', description: 'Chosen by the caller, the same for the same paper' }),
  template: TemplateId,
  person: Type.Optional(Text(40, 'Id or number of the file; absent for a paper about nobody on file')),
  /** Unit of a paper about nobody on file; absent: the caller's. */
  org: Type.Optional(OrgCode),
  subject: Type.Optional(
    Type.String({ format: 'uuid', description: 'Matter or leave it belongs to, imported before' }),
  ),
  number: Type.Optional(Text(60, 'As the old system gave it: （2025）示社矫训字第 12 号')),
  decidedOn: Day,
  issuedAt: Instant,
  issuedBy: Text(60),
  values: Type.Optional(Values),
  signers: Type.Optional(Type.Array(OldSigner, { maxItems: 12 })),
  deliveries: Type.Optional(
    Type.Array(
      Type.Object(
        {
          copy: OneOf(deliveryCopies),
          addressee: Text(80),
          how: OneOf(deliveryWays),
          at: Instant,
          by: Text(60),
          place: Type.Optional(Note(120)),
          receiver: Type.Optional(Note(40)),
          relation: Type.Optional(Note(40)),
          witness: Type.Optional(Note(80)),
          note: Type.Optional(Note(500)),
        },
        { additionalProperties: false },
      ),
      { maxItems: 20 },
    ),
  ),
  voided: Type.Optional(Type.Object({ at: Instant, by: Text(60), reason: Text(300) }, { additionalProperties: false })),
  scan: Type.Optional(
    Type.Object(
      {
        file: Type.String({ format: 'uuid', description: 'A PDF uploaded with this id as its subject' }),
        sha256: Sha256,
      },
      { additionalProperties: false },
    ),
  ),
})
export type OldDocument = Static<typeof OldDocument>

/** A certificate of release outside its release, before its day, or a second one. */
const heldBack = ['ZJ_ENDING_CERTIFICATE_STATE', 'ZJ_ENDING_CERTIFICATE_EARLY', 'ZJ_ENDING_CERTIFICATE_THERE'] as const
const afterIssue = ['ZJ_DOCUMENT_NOT_ISSUED', 'ZJ_DOCUMENT_VOID'] as const

const conditions = {
  /** Part of a number, or of a person’s name. */
  q: Type.Optional(Note(40)),
  template: Type.Optional(TemplateId),
  person: Type.Optional(Id),
  subject: Type.Optional(Note(60)),
  org: Type.Optional(OrgCode),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  /** From old files, or issued here. */
  imported: Type.Optional(Type.Boolean()),
}

export const documents = promises('documents', {
  list: {
    get: '/api/documents',
    says: 'Documents in scope. Sorts by drafted, issued, decided (default -drafted).',
    query: Type.Object(
      {
        ...conditions,
        state: Type.Optional(OneOf(documentStates)),
        /** Issued, meant for somebody, and no copy served yet. */
        unserved: Type.Optional(Type.Boolean()),
        ...pageQuery,
      },
      { additionalProperties: false },
    ),
    answers: PageOf(DocumentRow),
    may: 'document.see',
    audits: 'search',
  },
  export: {
    get: '/api/documents/export',
    says: 'The register as it is asked for, as an Excel file with conditions, exporter, time and watermark.',
    query: Type.Object(
      {
        ...conditions,
        state: Type.Optional(OneOf(documentStates)),
        unserved: Type.Optional(Type.Boolean()),
        sort: pageQuery.sort,
        reason: Type.String({ minLength: 4, maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'document.see',
    audits: 'export',
  },
  counts: {
    get: '/api/documents/counts',
    says: 'How many each view of the list holds, under the same conditions.',
    query: Type.Object(conditions, { additionalProperties: false }),
    answers: model('DocumentCounts', {
      all: Type.Integer(),
      draft: Type.Integer(),
      issued: Type.Integer(),
      unserved: Type.Integer(),
      void: Type.Integer(),
    }),
    may: 'document.see',
  },
  get: {
    get: '/api/documents/:id',
    says: 'One document with all it says.',
    answers: LegalPaper,
    may: 'document.see',
    audits: 'view',
  },
  draft: {
    post: '/api/documents',
    says: 'Drafts a document filled from the file. With the same subject again it refreshes the draft.',
    body: Type.Object(
      {
        template: TemplateId,
        person: Type.Optional(Nullable(Id)),
        subject: Type.Optional(Note(60)),
        on: Type.Optional(Day),
        values: Type.Optional(Values),
      },
      { additionalProperties: false },
    ),
    answers: LegalPaper,
    may: 'document.draft',
    audits: 'write',
    refuses: ['ZJ_DOCUMENT_TEMPLATE', ...heldBack],
  },
  correct: {
    put: '/api/documents/:id/blanks',
    says: 'Corrects the blanks of a draft before it is issued.',
    body: Type.Object({ values: Values, on: Type.Optional(Day), ...Revision }, { additionalProperties: false }),
    answers: LegalPaper,
    may: 'document.draft',
    audits: 'write',
    refuses: ['ZJ_DOCUMENT_FROZEN', 'ZJ_CHANGED'],
  },
  pdf: {
    get: '/api/documents/:id/pdf',
    says: 'The PDF: of a draft a preview marked as such, of an issued document the very bytes that were issued or sealed, of an imported one its scan, or a copy made from its data and marked so on every page.',
    query: Type.Object(
      {
        bare: Type.Optional(Type.Boolean({ description: 'Without the seal, where one was put on' })),
        copy: Type.Optional(Type.Boolean({ description: 'Of an imported one: the copy, though a scan is here' })),
      },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'document.see',
    audits: 'export',
    refuses: ['ZJ_DOCUMENT_TAMPERED', 'ZJ_DOCUMENT_PRESS_FAILED'],
  },
  docx: {
    get: '/api/documents/:id/docx',
    says: 'The same document for Word. It bears no digital seal.',
    answers: 'file',
    may: 'document.see',
    audits: 'export',
  },
  issue: {
    post: '/api/documents/:id/issue',
    says: 'Takes the next number of the series and freezes the document.',
    body: Type.Object(Revision, { additionalProperties: false }),
    answers: LegalPaper,
    may: 'document.issue',
    audits: 'write',
    refuses: ['ZJ_DOCUMENT_FROZEN', 'ZJ_DOCUMENT_BLANKS', 'ZJ_DOCUMENT_GLYPHS', 'ZJ_CHANGED', ...heldBack],
  },
  sign: {
    post: '/api/documents/:id/signatures',
    says: 'Puts a signature written on the screen into its place. The picture is uploaded first, with the document as its subject.',
    body: Type.Object({ place: Text(30), name: Text(40), file: Id, ...Revision }, { additionalProperties: false }),
    answers: LegalPaper,
    may: 'document.draft',
    audits: 'write',
    refuses: [
      ...afterIssue,
      'ZJ_DOCUMENT_IMPORTED',
      'ZJ_DOCUMENT_PLACE',
      'ZJ_DOCUMENT_SIGNED',
      'ZJ_DOCUMENT_SEALED',
      'ZJ_DOCUMENT_PICTURE',
      'ZJ_CHANGED',
    ],
  },
  seal: {
    post: '/api/documents/:id/seal',
    says: 'Puts the organ’s digital seal on it (PAdES).',
    body: Type.Object(Revision, { additionalProperties: false }),
    answers: LegalPaper,
    may: 'document.seal',
    audits: 'write',
    refuses: [...afterIssue, 'ZJ_DOCUMENT_IMPORTED', 'ZJ_DOCUMENT_NO_SEAL', 'ZJ_DOCUMENT_SEALED', 'ZJ_CHANGED'],
  },
  verify: {
    get: '/api/documents/:id/verification',
    says: 'Checks the seal of the kept file: signature, whole file, hash in the ledger.',
    answers: Verification,
    may: 'document.see',
    audits: 'view',
  },
  deliver: {
    post: '/api/documents/:id/deliveries',
    says: 'Records to whom and how a copy was served. Proof and the receiver’s signature are uploaded first.',
    body: Type.Object(
      {
        copy: OneOf(deliveryCopies),
        addressee: Text(80),
        how: OneOf(deliveryWays),
        at: Instant,
        place: Type.Optional(Note(120)),
        receiver: Type.Optional(Note(40)),
        relation: Type.Optional(Note(40)),
        witness: Type.Optional(Note(80)),
        note: Type.Optional(Note(500)),
        proof: Type.Optional(Nullable(Id)),
        signature: Type.Optional(Nullable(Id)),
      },
      { additionalProperties: false },
    ),
    answers: LegalPaper,
    may: 'document.deliver',
    audits: 'write',
    refuses: [...afterIssue, 'ZJ_DOCUMENT_DELIVERY', 'ZJ_DOCUMENT_PICTURE'],
  },
  receipt: {
    get: '/api/documents/:id/deliveries/:deliveryId/receipt',
    says: '送达回证 of one delivery, as a PDF.',
    answers: 'file',
    may: 'document.see',
    audits: 'export',
  },
  void: {
    post: '/api/documents/:id/void',
    says: 'Voids an issued document with a reason; its number stays used. With `again` a new draft takes its place.',
    body: Type.Object({ reason: Text(300), again: Type.Boolean(), ...Revision }, { additionalProperties: false }),
    answers: LegalPaper,
    may: 'document.issue',
    audits: 'write',
    refuses: [...afterIssue, 'ZJ_CHANGED'],
  },
  scan: {
    post: '/api/documents/:id/scan',
    says: 'Adds the scan of the original to an imported document that came without one. Uploaded first, with the document as its subject.',
    body: Type.Object({ file: Id, sha256: Sha256, ...Revision }, { additionalProperties: false }),
    answers: LegalPaper,
    may: 'history.import',
    audits: 'write',
    refuses: ['ZJ_DOCUMENT_SCANNED', 'ZJ_DOCUMENT_SCAN', 'ZJ_CHANGED'],
  },
  importHistory: {
    post: '/api/documents/history',
    says: 'Brings papers of old files in, up to 1,000 at a time, each with its own days, marked imported. Known ids are left alone; a row that cannot stand is left out and named. See docs/reference/document-import.md.',
    body: model('DocumentHistory', {
      source: Text(100, 'The system or volume they come from'),
      documents: Type.Array(OldDocument, { minItems: 1, maxItems: 1000 }),
      dryRun,
    }),
    answers: model('DocumentHistoryAnswer', {
      created: Type.Integer(),
      known: Type.Integer(),
      refused: Type.Array(Type.Object({ id: Id, ...rowLeftOut })),
    }),
    may: 'history.import',
    audits: 'write',
  },
  batch: {
    post: '/api/document-batches',
    says: 'Issues one document for each of many people, or many drafts; the worker does it and tells how far it is.',
    body: Type.Object(
      {
        template: TemplateId,
        on: Type.Optional(Day),
        people: Type.Optional(Type.Array(Id, { maxItems: 1000, uniqueItems: true })),
        drafts: Type.Optional(Type.Array(Id, { maxItems: 1000, uniqueItems: true })),
        values: Type.Optional(Values),
        seal: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
    answers: Batch,
    may: 'document.issue',
    audits: 'write',
    refuses: ['ZJ_DOCUMENT_BATCH_EMPTY', 'ZJ_DOCUMENT_TEMPLATE'],
  },
  progress: {
    get: '/api/document-batches/:id',
    says: 'How far a batch is, and what failed.',
    answers: Batch,
    may: 'document.issue',
    audits: 'view',
  },
  zip: {
    get: '/api/document-batches/:id/zip',
    says: 'Every PDF of a batch in one ZIP file.',
    answers: 'file',
    may: 'document.issue',
    audits: 'export',
  },
})
