import { wordsOfFact } from '@zhijiao/contract/facts'
import type { Hint } from '@zhijiao/contract/matters'
import { violation, weighedBreaches } from '@zhijiao/contract/procedures/conduct/violation'
import { articlesWritten, placesWritten } from '@zhijiao/law/article'
import { itemOfGround, itemOn } from '@zhijiao/law/items'
import { Refusal, refuse } from '../core/refusals.ts'
import { dayWritten, declarePractice, type Effect, type Form, type Moment, type Weighing } from '../procedures/index.ts'
import { answerOf, countsHint, fileOf, hintsOf } from './answer.ts'
import { bears, categoryOf, countOf, type Examined, fits, happensTo, stepOfWay } from './domain.ts'
import { fileViolation } from './filed.ts'
import { unfitForMinor } from './minors.ts'
import * as says from './refusals.ts'
import { conductStore } from './store.ts'

const examined = (m: { matter: { id: string }; forms: Readonly<Record<string, Form>> }): Examined => ({
  id: m.matter.id,
  forms: m.forms,
})

/** The records it rests on, each with its time; refused where one is not of this person. */
async function picked(w: Weighing): Promise<readonly Hint[] | Refusal> {
  const ids = (w.form.facts ?? []) as readonly string[]
  if (!w.person || ids.length === 0) return []
  const found = await conductStore(w.db).facts(w.person.id, ids)
  if (found.length < new Set(ids).size) return refuse(says.FactUnknown, { count: new Set(ids).size - found.length })
  return found.map((f): Hint => {
    const at = dayWritten(f.from.toISOString())
    return {
      tone: 'careful',
      said:
        'zh' in f
          ? { zh: `${at}：${f.zh}`, en: `${at}: ${f.en}` }
          : { zh: `${at}：台账 ${wordsOfFact(f.kind).zh}`, en: `${at}: ledger, ${wordsOfFact(f.kind).en}` },
      citation: null,
    }
  })
}

/** What the law answered, kept with the decision: proposals, open questions, and the state of the law. */
async function keepAnswer(m: Moment, chosen: string): Promise<void> {
  const asked = await answerOf(m, examined(m), { county: m.forms.county ?? {} })
  if (asked instanceof Refusal) throw asked
  const { answer } = asked
  await m.ledger.append({
    kind: 'violation.weighed',
    org: m.matter.org_code,
    person: m.matter.person_id,
    subject: m.matter.id,
    cites: [...new Set(answer.proposals.flatMap((p) => p.grounds.flatMap((g) => g.citation?.id ?? [])))],
    payload: {
      chosen,
      proposals: answer.proposals.map((p) => ({ step: p.step, article: p.article, restsOn: [...p.restsOn] })),
      questions: answer.questions.map((q) => q.asks),
      revision: answer.revision,
    },
  })
}

/** Begins what the county chose, with the facts and the items of the law's answer. */
const follow =
  (
    way: string,
    begin: (m: Moment, facts: string, grounds: string[], ground: string) => readonly [kind: string, form: Form],
  ): Effect =>
  async (m) => {
    await keepAnswer(m, way)
    const asked = await answerOf(m, examined(m), { county: m.forms.county ?? {} })
    if (asked instanceof Refusal) throw asked
    const proposal = asked.answer.proposals.find((p) => p.step === stepOfWay[way])
    const grounds = [...new Set(proposal?.grounds.flatMap((g) => itemOfGround(g.article) ?? []))]
    // A proposal tells the ground first: what was done, and under which item.
    const ground = proposal?.grounds.map((g) => `${g.zh}（${itemNamed(g.article, m)}）`).join('；') ?? ''
    const [kind, form] = begin(m, factsWritten(m), grounds, ground)
    await m.start(kind, form)
  }

/** The item in short, as the ground of a proposal names it; every place it is quoted by stands among the articles. */
function itemNamed(article: string, { today }: Moment): string {
  const item = itemOn(itemOfGround(article) ?? '', today)
  return item ? `实施办法${articlesWritten(item.own.article)}` : placesWritten(article)
}

/** The facts as a paper tells them: when, what, what the person says. */
function factsWritten({ forms }: Moment): string {
  const { register = {}, check = {} } = forms
  const times = register.until
    ? `${dayWritten(String(register.from))}至${dayWritten(String(register.until))}`
    : `自${dayWritten(String(register.from))}起`
  return `${times}，${sentence(register.description)}本人说明：${sentence(check.explanation)}`.slice(0, 4000)
}

/** Somebody's words as a sentence of its own. */
const sentence = (words: unknown) =>
  String(words ?? '')
    .trim()
    .replace(/(?<![。！？])$/, '。')

/** What it is in law, in words. */
function whatOf(form: Form) {
  const field = violation.form.find((f) => f.id === 'what')
  return field?.kind === 'choice' ? field.choices.find((c) => c.id === form.what) : undefined
}

const reason = (m: Moment, ground: string) => (ground || String(m.forms.county?.reason ?? '')).slice(0, 300)

export function declareViolation(): void {
  declarePractice('violation', {
    files: fileViolation,
    weigh: async (w) => {
      const hints = await picked(w)
      if (hints instanceof Refusal) return hints
      const counts = countsHint(await fileOf(w))
      if (!w.form.what || !w.form.from) return counts ? [...hints, counts] : hints
      const fit = happensTo(whatOf(w.form), categoryOf(w.person?.category ?? ''), w.law)
      if (fit instanceof Refusal) return fit
      const asked = await answerOf(w, { id: 'new', forms: { register: w.form } })
      if (asked instanceof Refusal) return asked
      return [...hints, ...hintsOf(asked, w)]
    },
    advise: async (w) => {
      const county = w.matter.step === 'county' ? w.form : {}
      const draft = w.matter.step ? { [w.matter.step]: w.form } : {}
      const asked = await answerOf(w, { id: w.matter.id, forms: { ...w.forms, ...draft } }, { county })
      return asked instanceof Refusal ? [] : hintsOf(asked, w)
    },
    shuts: (person, step) =>
      step === 'county'
        ? Object.fromEntries(
            Object.entries(stepOfWay).flatMap(([way, of]) => {
              const fit = fits(of, categoryOf(person.category))
              return fit instanceof Refusal ? [[way, fit]] : []
            }),
          )
        : {},
    check: async (m, step, way) => {
      if (step === 'check') return m.person?.minor && !m.form.guardian ? unfitForMinor(m, m.form) : undefined
      if (step === 'office' && way === 'submit') {
        const needs = weighedBreaches.includes(String(m.forms.register?.what))
        return needs && !m.form.weight ? refuse(says.WeightNeeded) : undefined
      }
      if (step !== 'county' || way === 'return' || way === 'unfounded') return
      const { check } = m.forms
      if (way === 'excuse')
        return check?.excuse === 'proper' || check?.authorised === true ? undefined : refuse(says.NoExcuse)
      const asked = await answerOf(m, examined(m), { county: m.form })
      if (asked instanceof Refusal) return asked
      const borne = bears(asked.answer, way === 'talk' ? 'talk' : (stepOfWay[way] ?? 'talk'), asked.file.category)
      return borne instanceof Refusal ? borne : undefined
    },
    on: {
      'county:unfounded': (m) => keepAnswer(m, 'unfounded'),
      'county:excuse': (m) => keepAnswer(m, 'excuse'),
      'county:talk': (m) => keepAnswer(m, 'talk'),
      'county:admonish': follow('admonish', (_, facts, grounds) => ['admonition', { facts, grounds }]),
      'county:warn': async (m) => {
        const { lived } = await fileOf(m)
        const count = countOf(lived, 'warning') + 1
        await follow('warn', (_, facts, grounds) => ['warning', { facts, grounds, count }])(m)
      },
      'county:police': follow('police', (_, facts, grounds) => ['policePenalty', { facts, grounds }]),
      'county:revokeSuspension': follow('revokeSuspension', (m, facts, grounds, ground) => [
        'revokeSuspension',
        { reason: reason(m, ground), grounds, facts },
      ]),
      'county:revokeParole': follow('revokeParole', (m, facts, grounds, ground) => [
        'revokeParole',
        { reason: reason(m, ground), grounds, facts },
      ]),
      'county:recommit': follow('recommit', (_, facts, grounds) => [
        'recommitment',
        { ground: 'violations', grounds, facts },
      ]),
    },
  })
}
