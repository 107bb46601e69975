import { procedure } from '../describe.ts'
import { attachments, guardianPresent, opinion, pastDay, pastMoment } from '../entries.ts'
import { sendBack } from '../hands.ts'

/** 期满解除 (Law 44, IM 53–54): opened ahead by the calendar; summary, appraisal, announcement, certificate. */
export const ending = procedure({
  id: 'ending',
  room: 'ending',
  zh: '解除矫正',
  en: 'Release',
  says: {
    zh: '期满前总结鉴定，期满日宣告解除，发给证明书并通知有关机关。',
    en: 'Summary and appraisal ahead of the end; on the day announced, certified, and told to the organs.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  once: true,
  may: 'end.prepare',
  cites: ['END-01', 'END-02'],
  form: [
    {
      id: 'why',
      kind: 'choice',
      zh: '解除事由',
      en: 'Why',
      required: true,
      column: true,
      choices: [
        { id: 'expiry', zh: '矫正期限届满', en: 'The term is over' },
        { id: 'pardon', zh: '被赦免', en: 'Pardon' },
      ],
    },
    { id: 'lastDay', kind: 'day', zh: '矫正止日', en: 'Last day', required: true, column: true },
    {
      id: 'pardonPaper',
      kind: 'text',
      zh: '赦免文书',
      en: 'Paper of the pardon',
      required: true,
      max: 120,
      when: { field: 'why', is: ['pardon'] },
    },
  ],
  steps: [
    {
      id: 'summary',
      kind: 'work',
      zh: '个人总结',
      en: 'Self-summary',
      post: 'officer',
      clock: { rule: 'END-01', from: 'register.lastDay' },
      form: [
        { id: 'summary', kind: 'long', zh: '个人总结', en: 'Summary by the person', required: true, max: 4000 },
        {
          id: 'village',
          kind: 'long',
          zh: '村（居）委会意见',
          blank: '村(居)委会意见',
          en: 'Opinion of the village',
          required: true,
          max: 1000,
        },
        {
          id: 'sentence',
          kind: 'choice',
          zh: '刑期',
          en: 'Sentence',
          choices: [
            { id: 'served', zh: '刑期已届满', en: 'Served' },
            { id: 'left', zh: '刑期未满', en: 'Not served' },
          ],
          help: { zh: '暂予监外执行对象必填。', en: 'Needed for temporary service outside prison.' },
        },
        {
          id: 'dependants',
          kind: 'long',
          zh: '须先行安置的未成年子女或老人',
          en: 'Children or elders who must be placed first',
          max: 1000,
          when: { field: 'sentence', is: ['left'] },
          help: { zh: '写明姓名、年龄、现由谁照料。', en: 'Name, age, who cares for them now.' },
        },
        attachments,
      ],
      ways: [
        { id: 'submit', zh: '报司法所鉴定', en: 'Submit', to: 'appraisal', tone: 'on', cites: ['END-01'] },
        {
          id: 'recommit',
          zh: '刑期未满，转收监执行',
          en: 'Sentence not served: recommit',
          to: 'recommitment',
          tone: 'on',
          cites: ['REV-10'],
        },
      ],
    },
    {
      id: 'appraisal',
      kind: 'opinion',
      zh: '司法所鉴定',
      en: 'Appraisal by the office',
      post: 'officeHead',
      form: [
        { id: 'conduct', kind: 'code', set: 'conduct', zh: '矫正期间表现', en: 'Conduct', required: true },
        { id: 'appraisal', kind: 'long', zh: '司法所鉴定', en: 'Appraisal', required: true, max: 2000 },
        {
          id: 'resettlement',
          kind: 'long',
          zh: '安置帮教建议',
          en: 'Advice on resettlement',
          required: true,
          max: 1000,
        },
      ],
      ways: [
        { id: 'submit', zh: '报县级审核', en: 'Submit to the county', to: 'county', tone: 'on' },
        sendBack('summary', '退回补充'),
      ],
    },
    {
      id: 'county',
      kind: 'decision',
      zh: '县级审核',
      en: 'Decision of the county',
      post: 'county',
      act: 'announcement',
      form: [opinion('县级意见')],
      ways: [
        {
          id: 'approve',
          zh: '同意，到期解除',
          en: 'Approve',
          to: 'release',
          tone: 'on',
          papers: ['D27'],
          cites: ['END-01'],
        },
        sendBack('appraisal', '退回补充'),
      ],
    },
    {
      id: 'release',
      kind: 'work',
      zh: '解矫宣告',
      en: 'Announcement',
      post: 'officeHead',
      form: [
        pastMoment('at', '宣告时间', 'When'),
        { id: 'place', kind: 'text', zh: '宣告地点', en: 'Where', required: true, max: 100 },
        { id: 'present', kind: 'text', zh: '到场人员', en: 'Present', required: true, max: 300 },
        guardianPresent,
        {
          id: 'public',
          kind: 'flag',
          zh: '公开宣告',
          en: 'In public',
          help: { zh: '未成年人不公开。', en: 'Never for a minor.' },
        },
        { id: 'address', kind: 'text', zh: '解矫后住址', en: 'Address afterwards', required: true, max: 120 },
      ],
      ways: [
        {
          id: 'announce',
          zh: '宣告解除并发证',
          en: 'Announce and certify',
          to: 'released',
          tone: 'on',
          papers: ['D28', 'D29', 'D30'],
          cites: ['END-02', 'END-07'],
          confirm: {
            zh: '解除后停止一切监管措施，不能撤回。确定宣告解除？',
            en: 'Every measure ends with it and it cannot be undone. Release now?',
          },
        },
      ],
    },
  ],
  ends: [
    { id: 'released', zh: '已解除', en: 'Released', tone: 'good' },
    { id: 'recommitment', zh: '转收监执行', en: 'Recommitment follows', tone: 'plain' },
    { id: 'overtaken', zh: '已由其他程序终结', en: 'Ended otherwise', tone: 'plain' },
  ],
})

/** 安置帮教衔接 (IM 53). */
export const handover = procedure({
  id: 'handover',
  room: 'ending',
  zh: '安置帮教衔接',
  en: 'Hand-over to resettlement',
  says: {
    zh: '解除矫正后移交安置帮教部门，收到回执后办结。',
    en: 'Handed to the resettlement office; done when its receipt is here.',
  },
  about: 'person',
  whileIn: ['inCorrection', 'released'],
  once: true,
  may: 'end.prepare',
  cites: ['END-06'],
  form: [
    { id: 'releasedOn', kind: 'day', zh: '解矫日期', en: 'Released on', required: true, column: true },
    { id: 'address', kind: 'text', zh: '住址', en: 'Address', required: true, max: 120 },
    { id: 'advice', kind: 'long', zh: '帮教建议', en: 'Advice', required: true, max: 1000 },
  ],
  steps: [
    {
      id: 'send',
      kind: 'work',
      zh: '移交',
      en: 'Hand over',
      post: 'officer',
      form: [
        { id: 'office', kind: 'text', zh: '安置帮教部门', en: 'Resettlement office', required: true, max: 80 },
        pastDay('sentOn', '移交日期', 'Handed over'),
      ],
      ways: [
        { id: 'sent', zh: '已移交', en: 'Handed over', to: 'receipt', tone: 'on', papers: ['D32'], cites: ['END-06'] },
      ],
    },
    {
      id: 'receipt',
      kind: 'outside',
      zh: '等候回执',
      en: 'Receipt',
      post: 'officer',
      form: [
        pastDay('receivedOn', '回执日期', 'Receipt of'),
        { id: 'by', kind: 'text', zh: '接收人', en: 'Received by', required: true, max: 60 },
        { id: 'files', kind: 'files', zh: '回执', en: 'Receipt file' },
      ],
      ways: [{ id: 'received', zh: '已接收', en: 'Received', to: 'done', tone: 'on' }],
    },
  ],
  ends: [{ id: 'done', zh: '已衔接', en: 'Handed over', tone: 'good' }],
})
