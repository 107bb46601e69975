import { approved, done, procedure, refused } from '../describe.ts'
import { deliveredBy, deliveryWitness, opinion, pastDay } from '../entries.ts'
import { approve, countyDecides, headOfOffice, refuse, sendBack } from '../hands.ts'

/** 心理评估: the first thing on entry; four colours from red to green, and the plan follows them (长沙). */
export const psychology = procedure({
  id: 'psychology',
  room: 'intake',
  zh: '心理评估',
  en: 'Psychological evaluation',
  says: {
    zh: '入矫第一步：心理测评，按红黄蓝绿四色评定心理危机等级。',
    en: 'First step on entry: tested, and rated from red to green.',
  },
  about: 'person',
  class: 'psychology',
  once: true,
  may: 'plan.carryOut',
  cites: ['INT-06'],
  form: [
    {
      id: 'occasion',
      kind: 'choice',
      zh: '评估时机',
      en: 'Occasion',
      required: true,
      column: true,
      choices: [
        { id: 'entry', zh: '入矫', en: 'Entry' },
        { id: 'regular', zh: '定期', en: 'Regular' },
        { id: 'event', zh: '出现异常', en: 'Something happened' },
        { id: 'release', zh: '解矫前', en: 'Before release' },
      ],
    },
    { id: 'agency', kind: 'text', zh: '评估机构', en: 'Agency', max: 80 },
    { id: 'why', kind: 'long', zh: '说明', en: 'Remarks', max: 500 },
  ],
  steps: [
    {
      id: 'assess',
      kind: 'work',
      zh: '测评定级',
      en: 'Test and rate',
      post: 'officer',
      form: [
        pastDay('on', '评估日期', 'On'),
        { id: 'assessor', kind: 'text', zh: '评估人', en: 'Assessor', required: true, max: 40 },
        {
          id: 'scale',
          kind: 'choice',
          zh: '量表',
          en: 'Scale',
          required: true,
          choices: [
            { id: 'scl90', zh: 'SCL-90 症状自评量表', en: 'SCL-90' },
            { id: 'sds', zh: 'SDS 抑郁自评量表', en: 'SDS' },
            { id: 'sas', zh: 'SAS 焦虑自评量表', en: 'SAS' },
            { id: 'epq', zh: 'EPQ 人格问卷', en: 'EPQ' },
            { id: 'mmpi', zh: 'MMPI 人格测验', en: 'MMPI' },
            { id: 'htp', zh: '房树人绘画测验', en: 'House-tree-person' },
            { id: 'talk', zh: '访谈', en: 'Interview' },
            { id: 'other', zh: '其他', en: 'Other' },
          ],
        },
        { id: 'score', kind: 'number', zh: '得分', en: 'Score', min: 0, max: 1000 },
        { id: 'colour', kind: 'code', set: 'psychColour', zh: '心理危机等级', en: 'Rating', required: true },
        { id: 'findings', kind: 'long', zh: '评估结论', en: 'Findings', required: true, max: 4000 },
        { id: 'advice', kind: 'long', zh: '矫正建议', en: 'Advice for the plan', max: 2000 },
        { id: 'report', kind: 'files', zh: '评估报告', en: 'Report' },
      ],
      ways: [
        { id: 'rate', zh: '评定完成', en: 'Rated', to: 'done', tone: 'on' },
        { id: 'refusedTest', zh: '本人不配合，未能测评', en: 'Could not be tested', to: 'notDone', tone: 'back' },
      ],
    },
  ],
  ends: [done, { id: 'notDone', zh: '未能测评', en: 'Not tested', tone: 'plain' }],
})

/** 矫正方案: what is done with this one person, after the rating, the judgment and the conduct; revised as they change (Law 24; IM 22). */
export const plan = procedure({
  id: 'plan',
  room: 'intake',
  zh: '矫正方案',
  en: 'Correction plan',
  says: {
    zh: '按评估、裁判和表现制定一人一策的矫正方案，情况变化时调整。',
    en: 'What is done with this one person; revised as conduct and rating change.',
  },
  about: 'person',
  once: true,
  may: 'plan.carryOut',
  cites: ['INT-06'],
  form: [
    { id: 'revises', kind: 'matter', of: ['plan'], zh: '调整的方案', en: 'Revises' },
    {
      id: 'why',
      kind: 'long',
      zh: '调整原因',
      en: 'Why revised',
      max: 500,
      help: { zh: '调整已有方案时填写', en: 'When it revises an earlier plan' },
    },
    { id: 'basics', kind: 'long', zh: '基本情况', en: 'Basics', required: true, max: 4000 },
    { id: 'assessment', kind: 'long', zh: '综合评估结果', en: 'Assessment', required: true, max: 4000 },
    {
      id: 'psychology',
      kind: 'long',
      zh: '心理状态分析',
      en: 'Psychological state',
      required: true,
      max: 2000,
      help: { zh: '写与矫正有关的结论，不抄测评原文', en: 'What matters for the plan, not the test itself' },
    },
    { id: 'supervision', kind: 'long', zh: '监督管理措施', en: 'Supervision', required: true, max: 4000 },
    { id: 'education', kind: 'long', zh: '教育帮扶措施', en: 'Education and help', required: true, max: 4000 },
    { id: 'reviewOn', kind: 'day', zh: '计划复评日期', en: 'To be reviewed on', limit: 'future', column: true },
  ],
  steps: [
    headOfOffice('head', opinion('司法所意见'), [
      { id: 'support', zh: '同意上报', en: 'Support', to: 'county', tone: 'on' },
      { id: 'drop', zh: '不采用', en: 'Drop', to: 'refused', tone: 'no' },
    ]),
    countyDecides(
      'plan',
      [approve('approved', { papers: ['D09'], cites: ['INT-06'] }), sendBack('head', '退回修改'), refuse()],
      opinion('县级意见'),
    ),
  ],
  ends: [approved, refused],
})

/**
 * 管理级别调整: strict, ordinary, relaxed; what each level brings is the province's to set (IM 21). It holds from the
 * decision; the person is told in writing, since he may object (IM 32).
 */
export const level = procedure({
  id: 'level',
  room: 'intake',
  zh: '管理级别调整',
  en: 'Change of level',
  says: {
    zh: '按裁判、犯罪类型、矫正阶段、再犯风险和考核奖惩调整管理级别。',
    en: 'Strict, ordinary or relaxed, after judgment, crime, stage, risk and record.',
  },
  about: 'person',
  whileIn: ['inCorrection', 'missing'],
  once: true,
  may: 'level.propose',
  cites: ['INT-07'],
  form: [
    {
      id: 'to',
      kind: 'code',
      set: 'supervisionLevel',
      zh: '拟定管理级别',
      en: 'New level',
      required: true,
      column: true,
    },
    {
      id: 'grounds',
      kind: 'choice',
      many: true,
      zh: '调整依据',
      en: 'Grounds',
      required: true,
      choices: [
        { id: 'judgment', zh: '裁判内容', en: 'Judgment' },
        { id: 'crime', zh: '犯罪类型', en: 'Kind of crime' },
        { id: 'stage', zh: '矫正阶段', en: 'Stage' },
        { id: 'risk', zh: '再犯罪风险', en: 'Risk' },
        { id: 'record', zh: '考核奖惩', en: 'Record' },
      ],
    },
    { id: 'reason', kind: 'long', zh: '理由', en: 'Reason', required: true, max: 1000 },
    { id: 'facts', kind: 'facts', zh: '依据的事实', en: 'Facts' },
  ],
  steps: [
    {
      id: 'county',
      kind: 'decision',
      zh: '县级决定',
      en: 'Decision of the county',
      post: 'county',
      act: 'level',
      form: [opinion('县级意见')],
      ways: [
        {
          id: 'decide',
          zh: '同意调整',
          en: 'Change it',
          to: 'tell',
          tone: 'on',
          papers: ['D15'],
          cites: ['INT-07'],
          contestable: true,
        },
        { id: 'refuse', zh: '不同意', en: 'Leave it', to: 'refused', tone: 'no', contestable: true },
      ],
    },
    {
      id: 'tell',
      kind: 'work',
      zh: '书面告知本人',
      en: 'Tell the person in writing',
      post: 'officer',
      form: [
        pastDay('toldOn', '告知本人日期', 'Person told on'),
        deliveredBy,
        deliveryWitness,
        { id: 'receipt', kind: 'files', zh: '送达回证', en: 'Proof of delivery' },
      ],
      ways: [{ id: 'told', zh: '已告知', en: 'Told', to: 'approved', tone: 'on', cites: ['INT-07', 'PEN-10'] }],
    },
  ],
  ends: [approved, refused],
})
