/**
 * The items (项) of the articles of sanctions (IM 34–36, 46, 47, 49) as a decision chooses among them, each with what it
 * quotes on a given day. The ladder says which item the facts support; a paper writes it in the law of its own day.
 */
import { articlesWritten } from './article.ts'
import type { CivilDate } from './civil-date.ts'
import type { LadderStep } from './ladder-steps.ts'
import type { RuleId } from './rule.ts'

/** A place in the law: `77[2]` is the second paragraph (款), `46(4)` the fourth item (项). */
export interface LawPlace {
  readonly source: string
  readonly article: string
}
interface DatedPlace extends LawPlace {
  /** In force under this number from this day. */
  readonly from: string
}

export interface SanctionItem {
  /** `46.4` is IM 46(4). */
  readonly id: string
  readonly step: LadderStep
  readonly zh: string
  readonly en: string
}

const measures = (article: string): DatedPlace => ({ source: '社区矫正法实施办法', article, from: '2020-07-01' })
const interpretation = (article: string): DatedPlace => ({
  source: '最高法刑诉法解释(2021)',
  article,
  from: '2021-03-01',
})
const criminal = (article: string): DatedPlace => ({ source: '刑法', article, from: '2011-05-01' })
const procedural = (article: string): DatedPlace => ({ source: '刑事诉讼法', article, from: '2018-10-26' })

interface Article {
  readonly step: LadderStep
  readonly number: number
  /** What the item rests on besides: before it and after it, as a proposal quotes them. */
  readonly before?: DatedPlace
  readonly after?: (item: number) => DatedPlace
  /** The numbered rule that says so; null where the article alone does. */
  readonly rule: (item: number) => RuleId | null
  readonly items: readonly (readonly [zh: string, en: string])[]
}
const longAbsence = [
  '无正当理由不按规定时间报到或者接受社区矫正期间脱离监管，超过一个月的',
  'Late or out of supervision over one month without reason',
] as const
const otherSerious = [
  '其他违反有关法律、行政法规和监督管理规定，情节严重的',
  'Another serious breach of law or supervision rules',
] as const
const penaltyInVain = [
  '因违反监督管理规定受到治安管理处罚，仍不改正的',
  'Still unreformed after a public security penalty',
] as const
const warnedInVain = ['受到社区矫正机构两次警告，仍不改正的', 'Still unreformed after two warnings'] as const

/** The rule of each item in its order; null beyond them. */
const inTurn =
  (...rules: readonly RuleId[]) =>
  (item: number): RuleId | null =>
    rules[item - 1] ?? null

const articles: readonly Article[] = [
  {
    step: 'admonition',
    number: 34,
    rule: () => 'PEN-01',
    items: [
      ['不按规定时间报到或者接受社区矫正期间脱离监管，未超过十日的', 'Late or out of supervision, not over ten days'],
      [
        '违反关于报告、会客、外出、迁居等规定，情节轻微的',
        'Minor breach of the rules on reporting, contact, leave, change of place',
      ],
      ['不按规定参加教育学习等活动，经教育仍不改正的', 'Skipped education after reproof'],
      ['其他违反监督管理规定，情节轻微的', 'Another minor breach of supervision rules'],
    ],
  },
  {
    step: 'warning',
    number: 35,
    rule: inTurn('INJ-04', 'MIS-04', 'PEN-02', 'PEN-02', 'PEN-03', 'PEN-02'),
    items: [
      ['违反人民法院禁止令，情节轻微的', 'Slight breach of an injunction'],
      ['不按规定时间报到或者接受社区矫正期间脱离监管，超过十日的', 'Late or out of supervision over ten days'],
      [
        '违反关于报告、会客、外出、迁居等规定，情节较重的',
        'Heavier breach of the rules on reporting, contact, leave, change of place',
      ],
      [
        '保外就医的社区矫正对象无正当理由不按时提交病情复查情况，经教育仍不改正的',
        'Medical review not filed, after reproof',
      ],
      ['受到社区矫正机构两次训诫，仍不改正的', 'Still unreformed after two admonitions'],
      ['其他违反监督管理规定，情节较重的', 'Another heavier breach of supervision rules'],
    ],
  },
  {
    step: 'policePenalty',
    number: 36,
    rule: () => 'PEN-08',
    items: [
      [
        '违反监督管理规定或者人民法院禁止令，依法应予治安管理处罚的',
        'Breach of supervision rules or of an injunction that calls for a public security penalty',
      ],
    ],
  },
  {
    step: 'revokeSuspendedSentence',
    number: 46,
    rule: inTurn('INJ-03', 'MIS-05', 'PEN-07', 'PEN-04'),
    before: criminal('77[2]'),
    after: () => interpretation('543'),
    items: [
      ['违反禁止令，情节严重的', 'Serious breach of an injunction'],
      longAbsence,
      penaltyInVain,
      warnedInVain,
      otherSerious,
    ],
  },
  {
    step: 'revokeParole',
    number: 47,
    rule: inTurn('MIS-05', 'PEN-05'),
    before: criminal('86[3]'),
    after: () => interpretation('543'),
    items: [
      longAbsence,
      warnedInVain,
      [
        '其他违反有关法律、行政法规和监督管理规定，尚未构成新的犯罪的',
        'Another breach of law or supervision rules, short of a new crime',
      ],
    ],
  },
  {
    step: 'recommit',
    number: 49,
    rule: (item) => (item === 3 ? 'PEN-07' : item === 4 ? 'PEN-06' : 'REV-10'),
    before: procedural('268'),
    after: (item) => interpretation(`516(${item})`),
    items: [
      ['不符合暂予监外执行条件的', 'Not eligible for temporary service outside prison'],
      [
        '未经批准擅自离开居住的市、县，经警告拒不改正，或者拒不报告行踪，脱离监管的',
        'Left without approval and warned in vain, or refuses to report whereabouts',
      ],
      penaltyInVain,
      // The Measures ask for no more; the interpretation's 516(4) adds that he is still unreformed, and the ladder asks for it.
      ['受到社区矫正机构两次警告的', 'Warned twice'],
      ['保外就医期间不按规定提交病情复查情况，经警告拒不改正的', 'Medical review not filed, after a warning'],
      ['暂予监外执行的情形消失后，刑期未满的', 'The cause is gone and the sentence is not served'],
      [
        '保证人丧失保证条件或者被取消保证人资格，不能在规定期限内提出新的保证人的',
        'The guarantor is lost and not replaced in time',
      ],
      otherSerious,
    ],
  },
]

interface Entry extends SanctionItem {
  readonly rule: RuleId | null
  readonly own: DatedPlace
  readonly places: readonly DatedPlace[]
}
const entries: ReadonlyMap<string, Entry> = new Map(
  articles.flatMap(({ step, number, before, after, rule, items }) =>
    items.map(([zh, en], index) => {
      const item = index + 1
      const alone = items.length === 1
      const own = measures(alone ? `${number}` : `${number}(${item})`)
      const id = alone ? `${number}` : `${number}.${item}`
      const places = [...(before ? [before] : []), own, ...(after ? [after(item)] : [])]
      return [id, { id, step, zh, en, rule: rule(item), own, places }] as const
    }),
  ),
)

/** What a decision of this step chooses among, in the order of the article, each beginning with its place. */
export const itemsOfStep = (step: LadderStep): readonly SanctionItem[] =>
  [...entries.values()]
    .filter((entry) => entry.step === step)
    .map(({ id, own, zh, en }) => ({
      id,
      step,
      zh: `${articlesWritten(own.article)}：${zh}`,
      en: `Article ${own.article}: ${en}`,
    }))

/** The item that a ground of the ladder names (`实施办法 46(2)；刑诉法解释 543`); null where it names none. */
export function itemOfGround(article: string): string | null {
  const [, number, item] = /^实施办法 (\d+)(?:\((\d+)\))?/.exec(article) ?? []
  const id = item ? `${number}.${item}` : (number ?? '')
  return entries.has(id) ? id : null
}

/** An item as it is quoted on a day. */
export interface QuotedItem {
  /** Its words, without its place. */
  readonly zh: string
  readonly rule: RuleId | null
  /** Its own place: 第四十六条第（四）项. */
  readonly own: LawPlace
  /** Every place in force on the day that a proposal quotes for it. */
  readonly places: readonly LawPlace[]
}

/** Null for what is no item, and on a day before its article was in force: an old decision rests on the law of then. */
export function itemOn(id: string, on: CivilDate): QuotedItem | null {
  const entry = entries.get(id)
  if (!entry || on < entry.own.from) return null
  const places = entry.places.filter(({ from }) => from <= on)
  return { zh: entry.zh, rule: entry.rule, own: entry.own, places }
}
