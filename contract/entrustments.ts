/**
 * Entrustments (委托): what a deciding organ asks of a county, its state and the signed opinion. An organ sees its own only,
 * through whichever of its accounts.
 */
import { Citation, Day, Id, Instant, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { Filled } from './matters.ts'

/** A question, an annex that is missing, more time (延期协商). */
export const askKinds = ['question', 'annex', 'extension'] as const
/** `over`: the opinion was signed, or the request ended, before there was an answer; or the county took it back. */
export const askStates = ['open', 'answered', 'agreed', 'declined', 'over'] as const

const asked = {
  id: Id,
  kind: OneOf(askKinds),
  words: Type.String(),
  /** Only of `extension`: the last day that holds, and the one asked for. */
  dueBefore: Nullable(Day),
  newDue: Nullable(Day),
  /**
   * Of more time: the article that lets time be prolonged by agreement only. Of an annex: the one that counts the deadline
   * from the day on which letter and annexes are both there.
   */
  citation: Nullable(Citation),
  /** Found missing when the county received the request: the deadline does not run before it has arrived. */
  holdsClock: Type.Boolean(),
  askedAt: Instant,
  state: OneOf(askStates),
  reply: Type.String(),
  /** What the organ attached to its answer. */
  files: Type.Array(Id),
  repliedAt: Nullable(Instant),
}
/** What the county asked of the organ (征询) and what the organ answered. */
export const EntrustmentAsk = model('EntrustmentAsk', asked)
export type EntrustmentAsk = Static<typeof EntrustmentAsk>

/**
 * What became of a request, as its organ was told: accepted, asked (`asks`), the time extended by agreement, the opinion
 * signed, its paper issued, the adoption entered by the county for the organ, ended without an opinion, taken back by the
 * organ itself.
 */
export const newsKinds = ['accepted', 'asked', 'extended', 'opinion', 'paper', 'stated', 'ended', 'withdrawn'] as const
const News = Type.Object({ what: OneOf(newsKinds), at: Instant, seen: Type.Boolean() }, { additionalProperties: false })

/** Whether the opinion was adopted (采信反馈, Community Corrections Law 18), and who said so. */
const Adoption = Type.Object(
  {
    state: OneOf(['adopted', 'notAdopted', 'silent'], { description: 'silent: the case closed without an answer' }),
    said: Said,
    judgment: Nullable(Type.String()),
    judgedOn: Nullable(Day),
    reason: Nullable(Type.String()),
    by: OneOf(['organ', 'county'], { description: 'county: entered there from a paper' }),
    /** Whose word the county entered, by its own account. */
    word: Nullable(Type.String()),
    at: Instant,
  },
  { additionalProperties: false },
)

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
  /** The deadline has not begun: what the letter encloses is not all there yet. `dueAt` is null then. */
  clockWaits: Type.Boolean(),
  /** Whether the organ may still take it back: it is under way and no opinion was given. */
  withdrawable: Type.Boolean(),
  /** The article that sets the deadline: ordinary or fast-track procedure. */
  citation: Nullable(Citation),
  /** Null until the county has signed. */
  opinion: Nullable(
    Type.Object(
      { code: Type.String({ description: 'assessmentOpinion' }), said: Said, conclusion: Type.String() },
      { additionalProperties: false },
    ),
  ),
  /** When this organ first fetched the document of the opinion. */
  fetchedAt: Nullable(Instant),
  adoption: Nullable(Adoption),
  /** What the county asked, oldest first. */
  asks: Type.Array(EntrustmentAsk),
  /** What the organ was told, oldest first. */
  news: Type.Array(News),
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

/** Requests with news nobody looked at, with something to answer, with an opinion whose adoption is to be said; all by default. */
export const entrustmentViews = ['fresh', 'asked', 'unstated'] as const

const conditions = {
  only: Type.Optional(OneOf(entrustmentViews)),
  q: Type.Optional(
    Type.String({ maxLength: 40, description: 'In the name of the person or the number of the letter' }),
  ),
  sort: pageQuery.sort,
}

/** How many requests have something for the organ. */
export const EntrustmentCounts = model('EntrustmentCounts', {
  /** Requests with news nobody looked at. */
  fresh: Type.Integer(),
  /** Requests with something asked and not answered. */
  asked: Type.Integer(),
  /** Opinions that were given and of which the organ has not said whether it adopted them. */
  unstated: Type.Integer(),
})

/** The organ’s side of a matter as the county sees it. */
export const CountyAsks = model('CountyAsks', {
  /** The organ with a desk that began the matter; null: it came on paper, and what is asked goes on paper too. */
  organ: Nullable(Type.String()),
  fetchedAt: Nullable(Instant),
  asks: Type.Array(model('CountyAsk', { ...asked, askedBy: Type.String() })),
})
export type CountyAsks = Static<typeof CountyAsks>

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
    says: 'What the caller entrusted. Sorts by received, due, who (default -received).',
    query: Type.Object({ ...conditions, page: pageQuery.page, size: pageQuery.size }, { additionalProperties: false }),
    answers: PageOf(Entrustment),
    may: 'intake.entrust',
    audits: 'search',
    document: 'exchange',
  },
  export: {
    get: '/api/entrustments/export',
    says: 'What the caller entrusted, as an Excel file with exporter, time and watermark.',
    query: Type.Object(
      { ...conditions, reason: Type.String({ minLength: 4, maxLength: 200 }) },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'intake.entrust',
    audits: 'export',
    document: 'exchange',
  },
  counts: {
    get: '/api/entrustments/counts',
    says: 'How many of the caller’s requests have news, a question, or an opinion whose adoption is still to be said.',
    answers: EntrustmentCounts,
    may: 'intake.entrust',
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
    refuses: ['ZJ_ENTRUST_NO_ORGAN', 'ZJ_ENTRUST_COUNTY', 'ZJ_ASSESSMENT_IDENTITY', 'ZJ_INVALID'],
    document: 'exchange',
  },
  look: {
    post: '/api/entrustments/:id/look',
    says: 'Says that the caller has looked at the news up to an instant; later news stays new.',
    body: Type.Object({ until: Instant }, { additionalProperties: false }),
    answers: Entrustment,
    may: 'intake.entrust',
    audits: 'view',
    document: 'exchange',
  },
  reply: {
    post: '/api/entrustments/:id/asks/:askId/reply',
    says: 'Answers what the county asked; of more time it agrees or declines. The clock moves when it agrees. Asking twice answers once.',
    body: Type.Object(
      {
        /** Only, and always, where more time is asked for. */
        agrees: Type.Optional(Type.Boolean()),
        words: Type.Optional(Type.String({ maxLength: 1000 })),
        /** Uploaded before under the id of the entrustment. */
        files: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
      },
      { additionalProperties: false },
    ),
    answers: Entrustment,
    may: 'intake.entrust',
    audits: 'write',
    refuses: ['ZJ_ENTRUST_ASK_OVER', 'ZJ_ENTRUST_REPLIED', 'ZJ_TASK_NEW_DUE', 'ZJ_INVALID'],
    document: 'exchange',
  },
  withdraw: {
    post: '/api/entrustments/:id/withdrawal',
    says: 'Takes the request back while no opinion was given: the county stops at once. Asking twice takes it back once.',
    body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
    answers: Entrustment,
    may: 'intake.entrust',
    audits: 'write',
    refuses: ['ZJ_ENTRUST_GIVEN', 'ZJ_ENTRUST_ENDED', 'ZJ_INVALID'],
    document: 'exchange',
  },
  adopt: {
    post: '/api/entrustments/:id/adoption',
    says: 'Says whether the opinion was adopted, once its document was fetched. Saying it twice says it once.',
    body: Type.Object(
      {
        adopted: Type.Boolean(),
        judgment: Text(80, 'Number of the judgment'),
        judgedOn: Day,
        reason: Type.Optional(Type.String({ maxLength: 1000, description: 'Needed where it was not adopted' })),
      },
      { additionalProperties: false },
    ),
    answers: Entrustment,
    may: 'intake.entrust',
    audits: 'write',
    refuses: ['ZJ_ENTRUST_NO_OPINION', 'ZJ_ENTRUST_UNFETCHED', 'ZJ_ENTRUST_STATED', 'ZJ_INVALID'],
    document: 'exchange',
  },
  asks: {
    get: '/api/matters/:id/asks',
    says: 'What was asked of the organ that entrusted this assessment, as the county sees it.',
    answers: CountyAsks,
    may: 'matter.see',
    audits: 'view',
  },
  ask: {
    post: '/api/matters/:id/asks',
    says: 'Asks the entrusting organ on its desk: a question, a missing annex, or more time until a day.',
    body: Type.Object(
      {
        /** Chosen by the caller: asking twice asks once. */
        id: Type.Optional(Id),
        kind: OneOf(askKinds),
        words: Text(1000),
        newDue: Type.Optional(Day),
      },
      { additionalProperties: false },
    ),
    answers: CountyAsks,
    may: 'matter.register',
    audits: 'write',
    refuses: [
      'ZJ_ENTRUST_NO_DESK',
      'ZJ_ENTRUST_TIME_ASKED',
      'ZJ_TASK_NEW_DUE',
      'ZJ_TASK_CLOCK_FIXED',
      'ZJ_TASK_CLOCK_WAITS',
      'ZJ_MATTER_NOT_YOURS',
      'ZJ_MATTER_OVER',
      'ZJ_INVALID',
    ],
  },
  takeBack: {
    post: '/api/matters/:id/asks/:askId/withdrawal',
    says: 'Takes back what was asked and is not answered yet.',
    answers: CountyAsks,
    may: 'matter.register',
    audits: 'write',
    refuses: ['ZJ_ENTRUST_ASK_OVER', 'ZJ_MATTER_NOT_YOURS'],
  },
})
