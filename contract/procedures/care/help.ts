import { done, procedure } from '../describe.ts'
import { opinion, pastDay } from '../entries.ts'
import { headOfOffice } from '../hands.ts'

/** 协调函: what the agency cannot give it asks of those who can, such as care for an infant whose mother must serve (长沙 刘某). */
export const coordination = procedure({
  id: 'coordination',
  room: 'care',
  zh: '救助协调函',
  en: 'Coordination letter',
  says: {
    zh: '困难救助、子女照护、就业就学等需要其他单位解决的，发函协调并跟踪答复。',
    en: 'What others must solve is asked of them in a letter, and its answer awaited.',
  },
  about: 'person',
  may: 'plan.carryOut',
  cites: ['INT-06'],
  form: [
    {
      id: 'matter',
      kind: 'choice',
      zh: '协调事项',
      en: 'Matter',
      required: true,
      column: true,
      choices: [
        { id: 'aid', zh: '临时救助、最低生活保障', en: 'Relief' },
        { id: 'child', zh: '未成年子女照护、收养', en: 'Care for a child' },
        { id: 'elder', zh: '老人赡养', en: 'Care for the old' },
        { id: 'medical', zh: '医疗救助', en: 'Medical aid' },
        { id: 'school', zh: '就学', en: 'Schooling' },
        { id: 'work', zh: '就业、技能培训', en: 'Work and training' },
        { id: 'housing', zh: '住房', en: 'Housing' },
        { id: 'registration', zh: '户籍、证件', en: 'Household registration, papers' },
        { id: 'legal', zh: '法律援助', en: 'Legal aid' },
        { id: 'other', zh: '其他', en: 'Other' },
      ],
    },
    { id: 'to', kind: 'text', zh: '受函单位', en: 'To', required: true, max: 80, column: true },
    { id: 'situation', kind: 'long', zh: '基本情况', en: 'Situation', required: true, max: 4000 },
    { id: 'asks', kind: 'long', zh: '商请事项', en: 'What is asked', required: true, max: 2000 },
    { id: 'proof', kind: 'files', zh: '附件', en: 'Annexes' },
  ],
  papers: ['D37'],
  steps: [
    {
      id: 'sign',
      kind: 'work',
      zh: '县级签发',
      en: 'Signed by the county',
      post: 'county',
      form: [
        { id: 'number', kind: 'text', zh: '函件文号', en: 'Number', max: 60 },
        pastDay('sentOn', '发函日期', 'Sent on'),
      ],
      ways: [
        { id: 'send', zh: '签发并送达', en: 'Sign and send', to: 'reply', tone: 'on' },
        { id: 'drop', zh: '不发函', en: 'Not sent', to: 'dropped', tone: 'no' },
      ],
    },
    {
      id: 'reply',
      kind: 'outside',
      zh: '等待答复',
      en: 'Waiting for the answer',
      post: 'county',
      within: { setting: 'SET-33', days: 15 },
      form: [
        { id: 'answeredOn', kind: 'day', zh: '答复日期', en: 'Answered on', limit: 'past' },
        { id: 'answer', kind: 'long', zh: '答复内容', en: 'Answer', max: 2000 },
        { id: 'letter', kind: 'files', zh: '复函', en: 'Letter of reply' },
      ],
      ways: [
        { id: 'solved', zh: '已解决', en: 'Solved', to: 'solved', tone: 'on' },
        { id: 'urge', zh: '再次商请', en: 'Ask again', to: 'reply', tone: 'on' },
        { id: 'meet', zh: '提请召开协调会', en: 'Call a meeting', to: 'meeting', tone: 'on' },
        { id: 'unsolved', zh: '未能解决', en: 'Not solved', to: 'unsolved', tone: 'no' },
      ],
    },
    {
      id: 'meeting',
      kind: 'work',
      zh: '协调会',
      en: 'Meeting',
      post: 'county',
      form: [
        pastDay('heldOn', '会议日期', 'Held on'),
        { id: 'who', kind: 'text', zh: '参会单位', en: 'Who took part', required: true, max: 400 },
        { id: 'outcome', kind: 'long', zh: '协调结果', en: 'Outcome', required: true, max: 2000 },
      ],
      ways: [
        { id: 'solved', zh: '已解决', en: 'Solved', to: 'solved', tone: 'on' },
        { id: 'wait', zh: '继续等待落实', en: 'Wait on', to: 'reply', tone: 'on' },
        { id: 'unsolved', zh: '未能解决', en: 'Not solved', to: 'unsolved', tone: 'no' },
      ],
    },
  ],
  ends: [
    { id: 'solved', zh: '已解决', en: 'Solved', tone: 'good' },
    { id: 'unsolved', zh: '未能解决', en: 'Not solved', tone: 'no' },
    { id: 'dropped', zh: '未发函', en: 'Not sent', tone: 'plain' },
  ],
})

/** 帮扶小组与方案: people around one person, and what each of them does for him. */
export const helpPlan = procedure({
  id: 'helpPlan',
  room: 'care',
  zh: '帮扶小组与方案',
  en: 'Help group and plan',
  says: {
    zh: '成立帮扶小组，制定人性化帮扶方案，落实到人并回访效果。',
    en: 'A group around one person, what each of them does, and what came of it.',
  },
  about: 'person',
  once: true,
  may: 'plan.carryOut',
  cites: ['INT-06'],
  form: [
    { id: 'need', kind: 'long', zh: '困难和需求', en: 'Need', required: true, max: 2000 },
    { id: 'goal', kind: 'text', zh: '帮扶目标', en: 'Goal', required: true, max: 400, column: true },
    {
      id: 'members',
      kind: 'rows',
      zh: '帮扶小组成员',
      en: 'Help group',
      required: true,
      least: 1,
      most: 20,
      fields: [
        { id: 'name', kind: 'text', zh: '姓名', en: 'Name', required: true, max: 40 },
        { id: 'unit', kind: 'text', zh: '单位或身份', en: 'Unit or role', required: true, max: 80 },
        { id: 'does', kind: 'text', zh: '帮扶内容', en: 'What he does', required: true, max: 400 },
        { id: 'phone', kind: 'text', zh: '联系电话', en: 'Phone', max: 20 },
      ],
    },
    { id: 'measures', kind: 'long', zh: '帮扶措施', en: 'Measures', required: true, max: 4000 },
    { id: 'until', kind: 'day', zh: '计划完成日期', en: 'To be done by', limit: 'future', column: true },
  ],
  steps: [
    headOfOffice('head', opinion('司法所意见'), [
      { id: 'agree', zh: '同意实施', en: 'Agree', to: 'carryOut', tone: 'on' },
      { id: 'drop', zh: '不实施', en: 'Drop', to: 'dropped', tone: 'no' },
    ]),
    {
      id: 'carryOut',
      kind: 'work',
      zh: '落实帮扶',
      en: 'Carry it out',
      post: 'officer',
      helpers: ['socialWorker'],
      form: [
        {
          id: 'done',
          kind: 'rows',
          zh: '落实记录',
          en: 'What was done',
          most: 60,
          fields: [
            pastDay('on', '日期', 'On'),
            { id: 'what', kind: 'text', zh: '内容', en: 'What', required: true, max: 400 },
            { id: 'by', kind: 'text', zh: '帮扶人', en: 'By', max: 40 },
          ],
        },
        { id: 'effect', kind: 'long', zh: '帮扶效果', en: 'What came of it', required: true, max: 2000 },
        { id: 'media', kind: 'files', zh: '照片、材料', en: 'Pictures, papers' },
      ],
      ways: [{ id: 'done', zh: '帮扶完成', en: 'Done', to: 'done', tone: 'on' }],
    },
  ],
  ends: [done, { id: 'dropped', zh: '未实施', en: 'Dropped', tone: 'plain' }],
})
