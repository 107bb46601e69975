import { procedure } from '../describe.ts'
import { attachments, opinion, reason } from '../entries.ts'
import { countyDecides, deny } from '../hands.ts'

/** 矫正信息更正: what was entered wrongly at reception and no other business decides: term, category, marks of protection. */
export const recordCorrection = procedure({
  id: 'recordCorrection',
  room: 'intake',
  zh: '矫正信息更正',
  en: 'Correction of the record',
  says: {
    zh: '登记有误的矫正起止日期、矫正类别、未成年和封存标记，凭裁判文书等依据更正；提出的人不能自己批准。',
    en: 'Term, category and marks of protection that were entered wrongly, corrected on evidence; nobody approves his own.',
  },
  about: 'person',
  whileIn: ['awaiting', 'inCorrection', 'missing', 'detained'],
  once: true,
  may: 'intake.register',
  cites: ['INT-01', 'TRM-07'],
  form: [
    { id: 'category', kind: 'code', set: 'correctionCategory', zh: '更正后的矫正类别', en: 'Category', column: true },
    { id: 'termStart', kind: 'day', zh: '更正后的矫正起日', en: 'First day', column: true },
    { id: 'termEnd', kind: 'day', zh: '更正后的矫正止日', en: 'Last day', column: true, after: 'termStart' },
    { id: 'length', kind: 'text', zh: '更正后的矫正期限', en: 'Length of the term', max: 60 },
    {
      id: 'minor',
      kind: 'choice',
      zh: '未成年标记',
      en: 'Mark of a minor',
      choices: [
        { id: 'set', zh: '加注', en: 'Set' },
        { id: 'lift', zh: '取消', en: 'Lift' },
      ],
      help: {
        zh: '以矫正开始之日是否已满十八周岁为准，此后不因成年而改变',
        en: 'By the age on the first day of correction; coming of age changes nothing',
      },
    },
    {
      id: 'sealed',
      kind: 'choice',
      zh: '犯罪记录封存标记',
      en: 'Mark of a sealed record',
      choices: [
        { id: 'set', zh: '加注', en: 'Set' },
        { id: 'lift', zh: '取消', en: 'Lift' },
      ],
      help: {
        zh: '犯罪时不满十八周岁，被判处五年有期徒刑以下刑罚的，应当封存',
        en: 'Under eighteen at the offence and at most five years: the record is sealed',
      },
    },
    { id: 'evidence', kind: 'text', zh: '更正依据', en: 'Evidence', required: true, max: 120, column: true },
    reason(),
    attachments,
  ],
  steps: [
    countyDecides(
      'reception',
      [
        {
          id: 'approve',
          zh: '同意更正',
          en: 'Correct it',
          to: 'corrected',
          tone: 'on',
          cites: ['INT-01'],
          contestable: true,
          confirm: {
            zh: '将改写档案中的登记事项；止日提前的，正在使用的定位同时提前停止。',
            en: 'The record is rewritten; where the term ends sooner, positioning ends with it.',
          },
        },
        deny(),
      ],
      opinion('县级意见'),
    ),
  ],
  ends: [
    { id: 'corrected', zh: '已更正', en: 'Corrected', tone: 'good' },
    { id: 'refused', zh: '不予更正', en: 'Left as it is', tone: 'no' },
  ],
})
