import type { CountyAsks, Entrustment, EntrustmentAsk } from '@zhijiao/contract/entrustments'
import { assessment } from '@zhijiao/contract/procedures/intake/assessment'
import { code } from '@zhijiao/law/codes'
import type { Law } from '@zhijiao/law/in-force'
import { citationOf } from '../../core/tasks/shown.ts'
import type { Form } from '../../procedures/index.ts'
import type { Entrusted } from '../store.ts'
import { mayWithdraw } from './domain.ts'
import type { AskRow, NewsRow } from './store.ts'

/** Where an assessment stands, in the words of the code table that courts and counties share. */
function stateOf({ step, end_id: end }: Pick<Entrusted, 'step' | 'end_id'>): string {
  if (end === 'returned') return '03'
  if (end) return '06'
  if (step === 'assign') return '01'
  return step === 'adoption' ? '04' : '05'
}

/** Other ends than an opinion are said by their own name. */
function saidOf(row: Entrusted) {
  const end = assessment.ends.find((e) => e.id === row.end_id)
  const item = code('assessmentState', stateOf(row))
  return { zh: end?.zh ?? item?.zh ?? '—', en: end?.en ?? item?.en ?? '—' }
}

const minutes = (from: Date, to: Date | null) =>
  to === null ? null : Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000))

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const adoptionStates = ['adopted', 'notAdopted', 'silent'] as const

function adoptionOf({ answer }: Entrusted): Entrustment['adoption'] {
  const state = adoptionStates.find((s) => s === answer?.way)
  if (!answer || !state) return null
  const way = assessment.steps.find((s) => s.id === 'adoption')?.ways.find((w) => w.id === state)
  const { form, own, at } = answer
  return {
    state,
    said: { zh: way?.zh ?? state, en: way?.en ?? state },
    judgment: textOf(form.judgment),
    judgedOn: textOf(form.judgedOn),
    reason: textOf(form.remark),
    by: own ? 'organ' : 'county',
    word: own ? null : textOf(form.word),
    at: at.toISOString(),
  }
}

/** The article that counts the deadline. */
const ruleOf = (register: Form): 'INV-01' | 'INV-02' => (register.fast === true ? 'INV-02' : 'INV-01')

export const askShown = (row: AskRow, register: Form, law: Law): EntrustmentAsk => ({
  id: row.id,
  kind: row.kind,
  words: row.words,
  dueBefore: row.due_before,
  newDue: row.new_due,
  citation: row.kind === 'question' ? null : citationOf(law, row.kind === 'extension' ? 'INV-03' : ruleOf(register)),
  holdsClock: row.holds_clock,
  askedAt: row.asked_at.toISOString(),
  state: row.state,
  reply: row.reply,
  files: row.files,
  repliedAt: row.replied_at?.toISOString() ?? null,
})

/** One request as its organ sees it. */
export function entrustmentShown(
  row: Entrusted,
  asks: readonly AskRow[],
  news: readonly NewsRow[],
  law: Law,
): Entrustment {
  const opinion = code('assessmentOpinion', row.opinion?.opinion ?? '')
  return {
    id: row.id,
    county: row.org_code.slice(0, 6),
    countyName: row.county_name,
    who: row.who,
    state: stateOf(row),
    said: saidOf(row),
    form: row.register as Record<string, unknown>,
    dueAt: row.due_at?.toISOString() ?? null,
    clockWaits: row.end_id === null && asks.some((ask) => ask.holds_clock && ask.state === 'open'),
    withdrawable: mayWithdraw({ end: row.end_id, signed: row.signed_at !== null }) === 'now',
    citation: citationOf(law, ruleOf(row.register)),
    opinion: opinion
      ? {
          code: opinion.code,
          said: { zh: opinion.zh, en: opinion.en },
          conclusion: String(row.opinion?.conclusion ?? ''),
        }
      : null,
    fetchedAt: row.fetched_at?.toISOString() ?? null,
    adoption: adoptionOf(row),
    asks: asks.map((ask) => askShown(ask, row.register, law)),
    news: news.map(({ what, at, seen_at }) => ({ what, at: at.toISOString(), seen: seen_at !== null })),
    reason: row.reason || null,
    times: {
      receivedAt: row.opened_at.toISOString(),
      instructedAt: row.instructed_at?.toISOString() ?? null,
      opinionAt: row.signed_at?.toISOString() ?? null,
      minutesToInstruction: minutes(row.opened_at, row.instructed_at),
      minutesToOpinion: minutes(row.opened_at, row.signed_at),
    },
  }
}

/** The same from the other side: what the county asked, and by whose hand. */
export const countyAsksShown = (
  organ: string | null,
  fetchedAt: Date | null,
  asks: readonly AskRow[],
  register: Form,
  law: Law,
): CountyAsks => ({
  organ,
  fetchedAt: fetchedAt?.toISOString() ?? null,
  asks: asks.map((ask) => ({ ...askShown(ask, register, law), askedBy: ask.asked_name })),
})
