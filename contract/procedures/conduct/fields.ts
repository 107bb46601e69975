import { itemsOfStep } from '@zhijiao/law/items'
import type { LadderStep } from '@zhijiao/law/ladder-steps'
import type { Field, Step } from '../describe.ts'
import { opinion, pastDay, pastMoment } from '../entries.ts'
import { doNotPropose, sendBack } from '../hands.ts'

/** Entries that several businesses of conduct ask for in the same words. */
/** 不计入执行刑期的期间 (CPL 268, TRM-09): days obtained by fraud and days of escape of a temporary service outside prison. */
export const uncounted: readonly Field[] = [
  {
    id: 'fraudDays',
    kind: 'number',
    zh: '骗取的监外期间',
    en: 'Days outside obtained by fraud',
    min: 0,
    max: 9999,
    unit: { zh: '日', en: 'days' },
    help: {
      zh: '以贿赂等非法手段取得暂予监外执行的期间，不计入执行刑期。',
      en: 'They do not count towards the sentence.',
    },
  },
  {
    id: 'escapeDays',
    kind: 'number',
    zh: '脱逃期间',
    en: 'Days of escape',
    min: 0,
    max: 9999,
    unit: { zh: '日', en: 'days' },
    help: { zh: '暂予监外执行期间脱逃的日数，不计入执行刑期。', en: 'They do not count towards the sentence.' },
  },
  { id: 'sentenceEnds', kind: 'day', zh: '原刑期止日', en: 'Last day of the sentence as pronounced' },
]

export const evidence = (zh = '证据目录'): Field => ({
  id: 'evidence',
  kind: 'rows',
  zh,
  en: 'Evidence',
  required: true,
  least: 1,
  most: 60,
  fields: [
    { id: 'name', kind: 'text', zh: '名称', en: 'Name', required: true, max: 100 },
    { id: 'from', kind: 'text', zh: '来源', en: 'Source', max: 100 },
  ],
})
export const restsOn: Field = {
  id: 'facts',
  kind: 'facts',
  zh: '依据的记录',
  en: 'Records it rests on',
  help: {
    zh: '从本人的警情、台账中选取；选中后起止时间以记录为准。',
    en: 'Picked from this person’s episodes and ledger; their times are those of the record.',
  },
}

/** The items of the article it rests on: chosen, so that the paper quotes them in the law of its own day. */
export const grounds = (step: LadderStep, more: Pick<Field, 'when'> = {}): Field => ({
  id: 'grounds',
  kind: 'choice',
  many: true,
  zh: '依据的条项',
  en: 'Items it rests on',
  column: true,
  choices: itemsOfStep(step),
  help: {
    zh: '由违规核查转来的，已按查实的事实选定；文书按决定之日有效的条文写出。',
    en: 'Chosen by the established facts where a violation led here; the paper quotes them in the law of its day.',
  },
  ...more,
})
/** What stands in no item of the article in force, such as the rules of an old case. */
export const otherGround = (id: string, blank: string, max: number): Field => ({
  id,
  kind: 'text',
  zh: '另有依据',
  en: 'Another ground',
  blank,
  max,
  help: {
    zh: '各项之外的依据，例如旧案适用的原规定；文书写在所选条项之后。',
    en: 'What is none of the items, such as the rules of an old case; written after the items.',
  },
})

/** Who must be there and whether it may be made public; what the law says of a minor is checked where it is used. */
export const service: readonly Field[] = [
  pastMoment('servedAt', '宣读送达时间', 'Served'),
  { id: 'place', kind: 'text', zh: '宣读地点', en: 'Where', required: true, max: 100 },
  {
    id: 'guardian',
    kind: 'text',
    zh: '到场监护人',
    en: 'Guardian present',
    max: 60,
    help: { zh: '未成年人必填。', en: 'Needed for a minor.' },
  },
  {
    id: 'public',
    kind: 'flag',
    zh: '已公示',
    en: 'Made public',
    help: { zh: '未成年人、犯罪记录封存的不得公示。', en: 'Never for a minor or a sealed record.' },
  },
  pastDay('copiedOn', '抄送检察院日期', 'Copied to the procuratorate'),
  { id: 'receipt', kind: 'files', zh: '签收件', en: 'Signed receipt' },
]

/** The head of the county agency signs what goes to another organ; whoever prepared it does not sign it. */
export const signing = (to: string, paper: string, more: Partial<Step> = {}): Step => ({
  id: 'sign',
  kind: 'opinion',
  zh: '县级签发',
  en: 'Signed by the county',
  post: 'countyHead',
  form: [
    opinion('县级意见'),
    {
      id: 'sentAt',
      kind: 'moment',
      zh: '送达对方时间',
      en: 'Received there',
      required: true,
      limit: 'past',
      help: { zh: '对方办理期限从此时起算。', en: 'The other organ’s clock runs from here.' },
    },
  ],
  ways: [
    // What goes to another organ against the person is the county's own decision, whatever that organ says later.
    { id: 'sign', zh: '签发', en: 'Sign', to, tone: 'on', papers: [paper], cites: ['REV-06'], contestable: true },
    sendBack('prepare', '退回补充'),
    doNotPropose(),
  ],
  ...more,
})
