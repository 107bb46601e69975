/** Templates of documents, their versions by two people, and what a unit signs and seals with. */
import { Day, Id, Instant, Note, OrgCode, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { TemplateBody } from './paper.ts'

export const TemplateRow = model('TemplateRow', {
  id: Type.String(),
  document: Nullable(Type.String({ description: 'Of the 34 documents; null for a form of local use' })),
  name: Said,
  group: OneOf(['intake', 'permits', 'conduct', 'ending', 'records']),
  issuer: Type.String(),
  to: Type.String(),
  source: Type.String(),
  recalled: Type.Boolean(),
  series: Type.String(),
  /** The version in force for the caller’s unit today; 0 is the one that ships. */
  version: Type.Integer(),
  drafts: Type.Integer(),
})
export type TemplateRow = Static<typeof TemplateRow>

export const TemplateVersion = model('TemplateVersion', {
  id: Id,
  template: Type.String(),
  org: OrgCode,
  version: Type.Integer(),
  state: OneOf(['draft', 'published', 'withdrawn']),
  from: Day,
  note: Type.String(),
  body: TemplateBody,
  draftedBy: Type.Object({ id: Id, name: Type.String() }),
  draftedAt: Instant,
  publishedBy: Nullable(Type.Object({ id: Id, name: Type.String() })),
  publishedAt: Nullable(Instant),
  revision: Type.Integer(),
})
export type TemplateVersion = Static<typeof TemplateVersion>

export const Template = model('Template', {
  ...TemplateRow.properties,
  body: TemplateBody,
  shipped: TemplateBody,
  versions: Type.Array(TemplateVersion, { description: 'Newest first' }),
})
export type Template = Static<typeof Template>

const Wish = { body: TemplateBody, from: Day, note: Text(300) }

export const SealCard = model('SealCard', {
  org: OrgCode,
  subject: Type.String(),
  issuer: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256 of the certificate, hex' }),
  selfMade: Type.Boolean({ description: 'Made by this platform to show how it works; proves nothing to an outsider' }),
  validFrom: Instant,
  validUntil: Instant,
  certificate: Type.String({ description: 'PEM' }),
})
export const UnitCard = model('DocumentUnit', {
  org: OrgCode,
  letterhead: Type.String(),
  mark: Type.String({ description: '发文机关代字' }),
  seal: Nullable(SealCard),
})
export type UnitCard = Static<typeof UnitCard>

export const templates = promises('templates', {
  list: {
    get: '/api/document-templates',
    says: 'Every template in the order of the list of documents.',
    answers: Type.Array(TemplateRow),
    may: 'law.see',
  },
  get: {
    get: '/api/document-templates/:template',
    says: 'One template with its versions.',
    answers: Template,
    may: 'law.see',
  },
  draft: {
    post: '/api/document-templates/:template/versions',
    says: 'Drafts a wording of the caller’s own unit.',
    body: Type.Object(Wish, { additionalProperties: false }),
    answers: TemplateVersion,
    may: 'template.edit',
    audits: 'write',
    refuses: ['ZJ_TEMPLATE_VARIABLES', 'ZJ_TEMPLATE_PAST'],
  },
  change: {
    put: '/api/document-template-versions/:id',
    says: 'Changes a draft.',
    body: Type.Object({ ...Wish, revision: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    answers: TemplateVersion,
    may: 'template.edit',
    audits: 'write',
    refuses: ['ZJ_TEMPLATE_SETTLED', 'ZJ_TEMPLATE_VARIABLES', 'ZJ_CHANGED'],
  },
  publish: {
    post: '/api/document-template-versions/:id/publish',
    says: 'Publishes a draft of somebody else; documents drafted from its day on use it.',
    answers: TemplateVersion,
    may: 'template.publish',
    audits: 'write',
    refuses: ['ZJ_TEMPLATE_SAME_PERSON', 'ZJ_TEMPLATE_SETTLED'],
  },
  withdraw: {
    post: '/api/document-template-versions/:id/withdraw',
    says: 'Withdraws a draft.',
    body: Type.Object({ reason: Text(200) }, { additionalProperties: false }),
    answers: TemplateVersion,
    may: 'template.edit',
    audits: 'write',
    refuses: ['ZJ_TEMPLATE_SETTLED'],
  },
  preview: {
    post: '/api/document-templates/:template/preview',
    says: 'Prints a template with invented data.',
    body: Type.Object({ body: Type.Optional(TemplateBody) }, { additionalProperties: false }),
    answers: 'file',
    may: 'law.see',
    refuses: ['ZJ_TEMPLATE_VARIABLES'],
  },
  unit: {
    get: '/api/document-unit',
    says: 'Letterhead, characters of the number, and seal of the caller’s county.',
    answers: UnitCard,
    may: 'law.see',
  },
  setUnit: {
    put: '/api/document-unit',
    says: 'Sets letterhead and characters of the number.',
    body: Type.Object(
      { letterhead: Text(60), mark: Type.String({ minLength: 1, maxLength: 8 }) },
      { additionalProperties: false },
    ),
    answers: UnitCard,
    may: 'template.edit',
    audits: 'write',
  },
  setSeal: {
    post: '/api/document-unit/seal',
    says: 'Takes in the organ’s certificate and key (PKCS#12) in place of the one before.',
    body: Type.Object({ password: Note(100) }),
    upload: true,
    answers: UnitCard,
    may: 'document.seal',
    audits: 'security',
    refuses: ['ZJ_SEAL_CERTIFICATE'],
  },
})
