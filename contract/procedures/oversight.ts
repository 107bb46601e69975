import type { Procedure } from './describe.ts'
import { type Field, procedure, type Way } from './describe.ts'
import { attachments, opinion, pastDay } from './entries.ts'
import { sendBack } from './hands.ts'

/** Written opinions with a time of their own that go to whoever decided, not to the agency (Criminal Procedure Law 267, 274). */
export const toTheOrgan = ['temporaryService', 'ruling'] as const
const toTheAgency = ['notice', 'suggestion', 'opinion', 'oral'] as const

const answered: Field = {
  id: 'adopted',
  kind: 'choice',
  zh: '采纳情况',
  en: 'Adopted',
  required: true,
  choices: [
    { id: 'yes', zh: '采纳', en: 'Adopted' },
    { id: 'partly', zh: '部分采纳', en: 'In part' },
    { id: 'no', zh: '不采纳', en: 'Not adopted' },
    { id: 'reconsider', zh: '不同意，提请复议', en: 'Disagreed with: reconsideration asked for' },
  ],
}

/** What the procuratorate makes of the reply; the same two for its own desk and for what came back on paper. */
const verdict = (paper: boolean): readonly Way[] => [
  {
    id: 'accept',
    zh: paper ? '对方认可，办结' : '认可回复，办结',
    en: 'Satisfied',
    to: 'accepted',
    tone: 'on',
    cites: ['SUP-02'],
  },
  { id: 'again', zh: '整改不到位，再次督促', en: 'Not enough: answer again', to: 'prepare', tone: 'back' },
  { id: 'report', zh: '报请上一级人民检察院', en: 'Taken to the procuratorate above', to: 'reported', tone: 'no' },
]
const reconsidered = (paper: boolean): readonly Way[] => [
  { id: 'uphold', zh: paper ? '对方维持意见' : '维持意见', en: 'Upheld', to: 'prepare', tone: 'back' },
  { id: 'lift', zh: paper ? '对方撤回意见' : '撤回意见', en: 'Taken back', to: 'lifted', tone: 'on' },
]
const word: readonly Field[] = [
  pastDay('on', '对方答复日期', 'Answered on'),
  { id: 'number', kind: 'text', zh: '对方文号', en: 'Its number', max: 80 },
  { id: 'files', kind: 'files', zh: '来文', en: 'Its paper' },
]

/**
 * 检察监督 (Law 62): the procuratorate finds something unlawful or proposes something; the agency answers in writing
 * whether it adopts it, and if not why. It registers on its own desk, about a person, a matter or the agency; what came
 * on paper the county enters.
 */
export const oversight = procedure({
  id: 'oversight',
  room: 'oversight',
  zh: '检察监督意见',
  en: 'Opinion of the procuratorate',
  says: {
    zh: '人民检察院提出纠正意见、检察建议的，社区矫正机构应当书面回复采纳情况，没有采纳的应当说明理由。',
    en: 'What the procuratorate objects to or proposes is answered in writing: whether it is adopted, and if not, why.',
  },
  about: 'either',
  whileIn: ['awaiting', 'inCorrection', 'missing', 'detained', 'released', 'terminated', 'transferred'],
  may: 'oversight.raise',
  cites: ['SUP-02'],
  form: [
    {
      id: 'kind',
      kind: 'choice',
      zh: '意见种类',
      en: 'Kind',
      required: true,
      column: true,
      choices: [
        { id: 'notice', zh: '纠正违法通知书', en: 'Notice to correct what is unlawful' },
        { id: 'suggestion', zh: '检察建议书', en: 'Procuratorial suggestion' },
        { id: 'opinion', zh: '书面纠正意见', en: 'Written objection' },
        { id: 'oral', zh: '口头纠正意见', en: 'Oral objection' },
        {
          id: 'temporaryService',
          zh: '对暂予监外执行决定的书面意见（抄送）',
          en: 'Objection to temporary service outside prison (copy)',
        },
        { id: 'ruling', zh: '对减刑、假释裁定的纠正意见（抄送）', en: 'Objection to a commutation or parole (copy)' },
      ],
    },
    {
      id: 'about',
      kind: 'choice',
      zh: '监督对象',
      en: 'About',
      required: true,
      column: true,
      choices: [
        { id: 'person', zh: '社区矫正对象的监督管理', en: 'How a person is supervised' },
        { id: 'matter', zh: '某一办理事项', en: 'A matter' },
        { id: 'agency', zh: '社区矫正机构的工作', en: 'The work of the agency' },
      ],
      help: {
        zh: '涉及个人的，在上方选择矫正对象；从事项页面提出的，自动关联该事项。',
        en: 'About a person: choose him above. Raised from a matter, it is linked to it.',
      },
    },
    { id: 'organ', kind: 'text', zh: '检察机关', en: 'Procuratorate', required: true, max: 80 },
    {
      id: 'number',
      kind: 'text',
      zh: '文书号',
      en: 'Document number',
      required: true,
      max: 80,
      column: true,
      when: { field: 'kind', is: ['notice', 'suggestion', 'opinion', ...toTheOrgan] },
    },
    pastDay('issuedOn', '提出日期', 'Issued on'),
    {
      id: 'copyOn',
      kind: 'day',
      zh: '收到决定书、裁定书副本之日',
      en: 'Copy of the decision received on',
      required: true,
      limit: 'past',
      when: { field: 'kind', is: [...toTheOrgan] },
    },
    { id: 'text', kind: 'long', zh: '意见内容', en: 'What it says', required: true, max: 8000 },
    { id: 'basis', kind: 'text', zh: '法律依据', en: 'Legal basis', max: 300 },
    {
      id: 'replyBy',
      kind: 'day',
      zh: '要求回复的期限',
      en: 'Reply asked for by',
      limit: 'future',
      when: { field: 'kind', is: [...toTheAgency] },
      help: {
        zh: '文书未写明的留空，按本地设置的天数计算。',
        en: 'Left empty where the paper names none: the days set here count.',
      },
    },
    {
      id: 'through',
      kind: 'choice',
      zh: '提出方式',
      en: 'How it came',
      required: true,
      choices: [
        { id: 'desk', zh: '检察机关在本平台提出', en: 'On this platform' },
        { id: 'paper', zh: '纸质文书或口头提出，由社区矫正机构登记', en: 'On paper or by word, entered by the agency' },
      ],
    },
    { id: 'files', kind: 'files', zh: '文书及附件', en: 'The paper and its annexes' },
  ],
  steps: [
    {
      id: 'prepare',
      kind: 'work',
      zh: '核查整改、拟写回复',
      en: 'Look into it, prepare the reply',
      post: 'county',
      within: { setting: 'SET-45', days: 30, rule: 'SUP-02', until: 'register.replyBy', opening: true },
      form: [
        { id: 'found', kind: 'long', zh: '核查情况', en: 'What was found', required: true, max: 4000 },
        answered,
        {
          id: 'measures',
          kind: 'long',
          zh: '整改措施',
          en: 'What is done',
          required: true,
          max: 4000,
          when: { field: 'adopted', is: ['yes', 'partly'] },
        },
        {
          id: 'reasons',
          kind: 'long',
          zh: '不采纳的理由',
          en: 'Why not',
          required: true,
          max: 4000,
          when: { field: 'adopted', is: ['partly', 'no', 'reconsider'] },
        },
        attachments,
      ],
      ways: [{ id: 'submit', zh: '报负责人签发', en: 'Submit', to: 'sign', tone: 'on', cites: ['SUP-02'] }],
    },
    {
      id: 'sign',
      kind: 'opinion',
      zh: '负责人签发回复',
      en: 'The head signs the reply',
      post: 'countyHead',
      within: { setting: 'SET-45', days: 30, rule: 'SUP-02', until: 'register.replyBy', opening: true },
      form: [opinion('签发意见')],
      ways: [
        {
          id: 'sign',
          zh: '签发并回复',
          en: 'Sign and reply',
          to: 'reading',
          or: ['reconsider', 'readingPaper', 'reconsiderPaper'],
          tone: 'on',
          papers: ['D38'],
          cites: ['SUP-02'],
        },
        sendBack('prepare', '退回修改'),
      ],
    },
    {
      id: 'reading',
      kind: 'outside',
      zh: '检察机关审查回复',
      en: 'The procuratorate reads the reply',
      post: 'procurator',
      ways: verdict(false),
    },
    {
      id: 'reconsider',
      kind: 'outside',
      zh: '检察机关复议',
      en: 'The procuratorate reconsiders',
      post: 'procurator',
      ways: reconsidered(false),
    },
    {
      id: 'readingPaper',
      kind: 'outside',
      zh: '等候检察机关答复（纸质）',
      en: 'Waiting for the word of the procuratorate (paper)',
      post: 'county',
      form: word,
      ways: verdict(true),
    },
    {
      id: 'reconsiderPaper',
      kind: 'outside',
      zh: '等候复议结果（纸质）',
      en: 'Waiting for the reconsideration (paper)',
      post: 'county',
      form: word,
      ways: reconsidered(true),
    },
    {
      id: 'note',
      kind: 'work',
      zh: '知悉并配合',
      en: 'Taken note of',
      post: 'county',
      form: [{ id: 'note', kind: 'long', zh: '办理情况', en: 'What was done', required: true, max: 2000 }],
      ways: [{ id: 'noted', zh: '已知悉', en: 'Noted', to: 'noted', tone: 'on' }],
    },
  ],
  ends: [
    { id: 'accepted', zh: '已回复，检察机关认可', en: 'Answered to its satisfaction', tone: 'good' },
    { id: 'lifted', zh: '检察机关撤回意见', en: 'Taken back', tone: 'plain' },
    { id: 'reported', zh: '已报请上一级人民检察院', en: 'Taken to the procuratorate above', tone: 'no' },
    { id: 'noted', zh: '已知悉', en: 'Noted', tone: 'plain' },
  ],
})

/** Oversight by the procuratorate (检察监督). */
export const oversightProcedures: readonly Procedure[] = [oversight]
