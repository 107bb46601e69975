/** Entrustments (委托): what a deciding organ asks of a county, its state and the signed opinion. An organ sees its own only. */
import { Citation, Id, Instant, OrgCode, PageOf, pageQuery, Said } from './common.ts'
import { model, Nullable, promises, type Static, Type } from './kernel.ts'
import { Filled } from './matters.ts'

export const Entrustment = model('Entrustment', {
  id: Id,
  county: OrgCode,
  countyName: Type.String(),
  /** Name of the person to be assessed, as the organ wrote it. */
  who: Type.String(),
  /** Code of `assessmentState`. */
  state: Type.String(),
  said: Said,
  /** What the organ filled in; an identity number comes back masked. */
  form: Filled,
  dueAt: Nullable(Instant),
  /** The article that sets the deadline: ordinary or fast-track procedure. */
  citation: Nullable(Citation),
  /** Null until the county has signed. */
  opinion: Nullable(
    Type.Object(
      { code: Type.String({ description: 'assessmentOpinion' }), said: Said, conclusion: Type.String() },
      { additionalProperties: false },
    ),
  ),
  /** Why it was sent back, ended, or could not be assessed. */
  reason: Nullable(Type.String()),
  /** From the platform’s receipt to the county’s instruction and to the delivered opinion: whole minutes. */
  times: Type.Object(
    {
      receivedAt: Instant,
      instructedAt: Nullable(Instant),
      opinionAt: Nullable(Instant),
      minutesToInstruction: Nullable(Type.Integer()),
      minutesToOpinion: Nullable(Type.Integer()),
    },
    { additionalProperties: false },
  ),
})
export type Entrustment = Static<typeof Entrustment>

export const entrustments = promises('entrustments', {
  counties: {
    get: '/api/entrustments/counties',
    says: 'County agencies that the caller’s organ may entrust.',
    answers: Type.Array(Type.Object({ code: OrgCode, name: Type.String() }, { additionalProperties: false })),
    may: 'intake.entrust',
    document: 'exchange',
  },
  list: {
    get: '/api/entrustments',
    says: 'What the caller entrusted, newest first.',
    query: Type.Object({ page: pageQuery.page, size: pageQuery.size }, { additionalProperties: false }),
    answers: PageOf(Entrustment),
    may: 'intake.entrust',
    audits: 'search',
    document: 'exchange',
  },
  get: {
    get: '/api/entrustments/:id',
    says: 'One entrustment: where it stands, and the opinion.',
    answers: Entrustment,
    may: 'intake.entrust',
    audits: 'view',
    document: 'exchange',
  },
  entrust: {
    post: '/api/entrustments',
    says: 'Entrusts a county with an assessment. Annexes are uploaded before under the `id` that the caller chose.',
    body: Type.Object(
      {
        /** Chosen by the caller: asking twice entrusts once. */
        id: Type.Optional(Id),
        county: OrgCode,
        /** Fields of the business `assessment`, without `receivedOn`: that is the day it arrives here. */
        form: Filled,
      },
      { additionalProperties: false },
    ),
    answers: Entrustment,
    may: 'intake.entrust',
    audits: 'write',
    refuses: ['ZJ_ENTRUST_COUNTY', 'ZJ_ASSESSMENT_IDENTITY', 'ZJ_INVALID'],
    document: 'exchange',
  },
})
