import type { Hint } from '@zhijiao/contract/matters'
import { placesWritten } from '@zhijiao/law/article'
import { type LadderAnswer, propose } from '@zhijiao/law/ladder'
import { isRefusal } from '@zhijiao/law/refusals'
import type { Refusal } from '../core/refusals.ts'
import { citationOf } from '../core/tasks/shown.ts'
import { ofLaw } from '../core/tasks.ts'
import type { Form, Weighing } from '../procedures/index.ts'
import { categoryOf, countOf, type Examined, type FileOfConduct, ladderFacts, type PlainGround } from './domain.ts'
import { conductStore } from './store.ts'

/** The file of the person as the ladder needs it. */
export async function fileOf(w: Weighing): Promise<FileOfConduct> {
  const { person } = w
  return {
    category: categoryOf(person?.category ?? ''),
    minor: person?.minor ?? false,
    on: w.today,
    lived: person ? await conductStore(w.db).ofPerson(person.id) : [],
  }
}

/** The finding that earlier sanctions did not work, as the county's form holds it; signed by whoever decides. */
const findingOf = (form: Form | undefined, w: Weighing) =>
  form?.unreformed === true && typeof form.unreformedGrounds === 'string' && form.unreformedGrounds !== ''
    ? { by: w.by.name, on: w.today, grounds: form.unreformedGrounds }
    : undefined

/** What the law says to the file and this violation, in the state of the law of today where the person is. */
export async function answerOf(
  w: Weighing,
  examined: Examined | null,
  more: { readonly ground?: PlainGround; readonly county?: Form } = {},
): Promise<{ readonly answer: LadderAnswer; readonly file: FileOfConduct } | Refusal> {
  const file = await fileOf(w)
  const finding = findingOf(more.county, w)
  const answer = propose(
    ladderFacts(file, examined, {
      ...(more.ground ? { ground: more.ground } : {}),
      ...(finding ? { stillUnreformed: finding } : {}),
    }),
    w.law,
  )
  return isRefusal(answer) ? ofLaw(answer) : { answer, file }
}

/** The answer as short sentences: the mildest lawful step must not be gone below; what a person must still find. */
export function hintsOf({ answer, file }: { answer: LadderAnswer; file: FileOfConduct }, w: Weighing): readonly Hint[] {
  const [mildest, ...stricter] = answer.proposals
  const counts = countsHint(file)
  return [
    ...(mildest
      ? mildest.grounds.map(
          (ground): Hint => ({
            tone: 'must',
            said: {
              zh: `依法最轻为“${mildest.zh}”：${ground.zh}（${placesWritten(ground.article)}）。`,
              en: `The law's mildest is "${mildest.en}": ${ground.en} (${placesWritten(ground.article)}).`,
            },
            citation: citationOf(w.law, ground.citation?.id ?? null),
          }),
        )
      : [
          {
            tone: 'careful' as const,
            said: {
              zh: '已登记的事实尚不支持训诫以上处理，可批评教育或按查明情况了结。',
              en: 'The facts so far support no sanction: talk, or end it as found.',
            },
            citation: null,
          },
        ]),
    ...stricter.map(
      (p): Hint => ({
        tone: 'careful',
        said: {
          zh: `也可以“${p.zh}”：${p.grounds.map((g) => g.zh).join('；')}（${placesWritten(p.article)}）。`,
          en: `"${p.en}" is open too: ${p.grounds.map((g) => g.en).join('; ')} (${placesWritten(p.article)}).`,
        },
        citation: citationOf(w.law, p.grounds[0]?.citation?.id ?? null),
      }),
    ),
    ...answer.questions.map((q): Hint => ({ tone: 'careful', said: { zh: q.zh, en: q.en }, citation: null })),
    ...(counts ? [counts] : []),
  ]
}

/** How often the person was sanctioned before (S2.27). */
export function countsHint({ lived }: FileOfConduct): Hint | null {
  const [admonished, warned, penalised] = (['admonition', 'warning', 'policePenalty'] as const).map((k) =>
    countOf(lived, k),
  )
  if (!admonished && !warned && !penalised) return null
  return {
    tone: 'careful',
    said: {
      zh: `档案中已有训诫 ${admonished} 次、警告 ${warned} 次、治安处罚 ${penalised} 次。`,
      en: `On file: ${admonished} admonitions, ${warned} warnings, ${penalised} police penalties.`,
    },
    citation: null,
  }
}
