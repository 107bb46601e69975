import type { Static } from '@zhijiao/contract/kernel'
import type { NewPerson } from '@zhijiao/contract/people'
import { parseCivilDate } from '@zhijiao/law/civil-date'
import { type CodeItem, type CodeSetName, codeSets } from '@zhijiao/law/codes'
import { checkIdentity } from '@zhijiao/law/identity'
import type { Levels } from '@zhijiao/law/levels'
import { isRefusal } from '@zhijiao/law/refusals'
import { identityFaultWords } from './domain.ts'

type Wish = Static<typeof NewPerson>
export interface Fault {
  readonly zh: string
  readonly en: string
}
export type Read = { readonly value: string | null } | { readonly fault: Fault }

/** A column of the import sheet. The nineteen fields of the header come first, as on paper. */
export interface Column {
  readonly field: keyof Wish | 'officerLogin'
  readonly zh: string
  readonly en: string
  readonly must: boolean
  /** What may be chosen; the levels are those of the place. */
  words?(levels: Levels): readonly string[]
  read(text: string, levels: Levels): Read
}

const good = (value: string | null): Read => ({ value })
const bad = (zh: string, en: string): Read => ({ fault: { zh, en } })

const text = (max: number) => (given: string) =>
  [...given].length > max ? bad(`最多 ${max} 个字`, `at most ${max} characters`) : good(given)

/** 2026-11-21, 20261121, 2026/11/21, 2026.11.21 and 2026年11月21日 are all written in the field. */
export function readDay(given: string): Read {
  const parts = /^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$/.exec(given)
  const plain = parts ? `${parts[1]}-${String(parts[2]).padStart(2, '0')}-${String(parts[3]).padStart(2, '0')}` : given
  const day = parseCivilDate(plain)
  return isRefusal(day)
    ? bad('不是有效日期，请写成 2026-11-21 或 20261121', 'no date; write 2026-11-21 or 20261121')
    : good(day)
}

function oneOf(items: readonly CodeItem[], given: string): Read {
  const found = items.find(
    (i) =>
      i.code === given ||
      i.zh === given ||
      i.en.toLowerCase() === given.toLowerCase() ||
      Number(i.code) === Number(given),
  )
  return found
    ? good(found.code)
    : bad(`只能填：${items.map((i) => i.zh).join('、')}`, `one of ${items.map((i) => i.en).join(', ')}`)
}
const coded = (set: CodeSetName) => (given: string) => oneOf(codeSets[set].items, given)
const wordsOf = (set: CodeSetName) => () => codeSets[set].items.map((i) => i.zh)

export const columns: readonly Column[] = [
  { field: 'name', zh: '姓名', en: 'Name', must: true, read: text(40) },
  {
    field: 'sex',
    zh: '性别',
    en: 'Sex',
    must: false,
    words: () => ['男', '女'],
    read: (g) =>
      /^(男性?|male|m)$/i.test(g)
        ? good('male')
        : /^(女性?|female|f)$/i.test(g)
          ? good('female')
          : bad('只能填：男、女', 'male or female'),
  },
  { field: 'ethnicity', zh: '民族', en: 'Ethnicity', must: false, read: text(20) },
  { field: 'birthDate', zh: '出生日期', en: 'Birth date', must: false, read: readDay },
  {
    field: 'identity',
    zh: '身份证号码',
    en: 'Identity number',
    must: true,
    read: (g) => {
      const answer = checkIdentity(g)
      return answer.valid ? good(answer.number) : { fault: identityFaultWords[answer.fault] }
    },
  },
  {
    field: 'education',
    zh: '文化程度',
    en: 'Education',
    must: false,
    words: wordsOf('educationLevel'),
    read: coded('educationLevel'),
  },
  { field: 'registeredAddress', zh: '户籍地', en: 'Registered address', must: false, read: text(120) },
  { field: 'residence', zh: '居住地', en: 'Residence', must: false, read: text(120) },
  { field: 'crime', zh: '罪名', en: 'Crime', must: false, read: text(80) },
  { field: 'sentence', zh: '原判刑罚', en: 'Sentence', must: false, read: text(80) },
  { field: 'sentenceTerm', zh: '原判刑期', en: 'Sentence term', must: false, read: text(60) },
  { field: 'additionalPenalty', zh: '附加刑', en: 'Additional penalty', must: false, read: text(80) },
  {
    field: 'category',
    zh: '矫正类别',
    en: 'Category',
    must: true,
    words: wordsOf('correctionCategory'),
    read: coded('correctionCategory'),
  },
  { field: 'correctionTerm', zh: '矫正期限', en: 'Correction term', must: false, read: text(60) },
  { field: 'termStart', zh: '矫正起日', en: 'Term start', must: true, read: readDay },
  { field: 'termEnd', zh: '矫正止日', en: 'Term end', must: true, read: readDay },
  { field: 'decisionOrgan', zh: '决定机关', en: 'Decision organ', must: false, read: text(80) },
  { field: 'documentNumber', zh: '文书号', en: 'Document number', must: false, read: text(60) },
  { field: 'decidedOn', zh: '判决日期', en: 'Decided on', must: false, read: readDay },
  {
    field: 'phone',
    zh: '联系电话',
    en: 'Phone',
    must: false,
    read: (g) => (/^[0-9+ -]{5,20}$/.test(g) ? good(g) : bad('应为 5 至 20 位数字', 'must be 5 to 20 digits')),
  },
  {
    field: 'level',
    zh: '管理级别',
    en: 'Level',
    must: false,
    words: ({ offered }) => offered.map((l) => l.zh),
    read: (given, { offered }) => oneOf(offered, given),
  },
  { field: 'org', zh: '管理单位', en: 'Unit', must: true, read: text(60) },
  { field: 'officerLogin', zh: '责任人账号', en: 'Officer account', must: false, read: text(64) },
  { field: 'injunction', zh: '禁止令', en: 'Injunction', must: false, read: text(500) },
]

/** The word of a code, as exports write it. */
export const wordOf = (set: CodeSetName, value: string) =>
  codeSets[set].items.find((i) => i.code === value)?.zh ?? value
