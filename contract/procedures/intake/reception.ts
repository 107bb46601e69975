import { type Field, procedure, type Step, type Way } from '../describe.ts'
import { pastDay } from '../entries.ts'

const paperRow: readonly Field[] = [
  { id: 'paper', kind: 'text', zh: '文书名称', en: 'Paper', required: true, max: 80 },
  { id: 'copies', kind: 'number', zh: '份数', en: 'Copies', min: 1, max: 50 },
  {
    id: 'state',
    kind: 'choice',
    zh: '状态',
    en: 'State',
    required: true,
    choices: [
      { id: 'there', zh: '已收到', en: 'Received' },
      { id: 'missing', zh: '缺失', en: 'Missing' },
    ],
  },
]

const reported: Field[] = [
  { id: 'reportedOn', kind: 'day', zh: '报到日', en: 'Reported on', limit: 'past' },
  { id: 'identityChecked', kind: 'flag', zh: '身份已核实', en: 'Identity checked' },
  { id: 'said', kind: 'long', zh: '报到情况说明', en: 'Remarks', max: 1000 },
]

const lateWay: Way = {
  id: 'late',
  zh: '逾期报到',
  en: 'Reported late',
  to: 'receive',
  tone: 'on',
  papers: ['D05'],
  cites: ['RPT-01'],
}
const waitFor = (id: string, zh: string, en: string, rule: 'RPT-01' | 'RPT-02', from: string): Step => ({
  id,
  kind: 'outside',
  zh,
  en,
  post: 'county',
  clock: { rule, from },
  form: reported,
  ways: [
    {
      id: 'inTime',
      zh: '在规定时限内报到',
      en: 'Reported in time',
      to: 'receive',
      tone: 'on',
      papers: ['D05'],
      cites: [rule],
    },
    { ...lateWay, cites: [rule] },
    {
      id: 'notReported',
      zh: '未报到且下落不明，组织查找',
      en: 'Not reported: search',
      to: 'searching',
      tone: 'on',
      papers: ['D05'],
      cites: ['RPT-03'],
      confirm: {
        zh: '将立即组织查找，并通报决定机关、检察院和公安机关。',
        en: 'A search begins at once, and the organs are told.',
      },
    },
  ],
})

/** 接收报到: papers checked, person identified, registered, filed (Law 20–22; IM 16–17). Papers that are missing never hold it up. */
export const reception = procedure({
  id: 'reception',
  room: 'intake',
  zh: '接收报到',
  en: 'Reception',
  says: {
    zh: '登记决定机关移送的文书和本人报到，核实身份，建档接收；文书不齐不影响接收。',
    en: 'Papers and person arrive, are checked and taken in; missing papers hold nothing up.',
  },
  about: 'person',
  whileIn: ['awaiting', 'inCorrection', 'missing', 'detained'],
  once: true,
  may: 'intake.accept',
  cites: ['INT-01', 'RPT-01'],
  form: [
    { id: 'organKind', kind: 'code', set: 'decisionOrgan', zh: '决定机关类别', en: 'Kind of organ', required: true },
    { id: 'organ', kind: 'text', zh: '决定机关', en: 'Decision organ', required: true, max: 80, column: true },
    { id: 'number', kind: 'text', zh: '文书号', en: 'Document number', required: true, max: 80, column: true },
    {
      id: 'effectiveOn',
      kind: 'day',
      zh: '生效日期',
      en: 'In effect from',
      required: true,
      column: true,
      help: {
        zh: '判决、裁定生效之日；暂予监外执行为收到决定之日',
        en: 'Of the judgment; of a temporary service the day its decision arrived',
      },
    },
    { id: 'notifiedOn', kind: 'day', zh: '收到通知日期', en: 'Notified on', limit: 'past' },
    { id: 'papersOn', kind: 'day', zh: '收到日期', en: 'Papers received on', limit: 'past', column: true },
    { id: 'papers', kind: 'rows', zh: '移送文书', en: 'Papers', fields: paperRow, most: 30 },
    { id: 'toldOn', kind: 'day', zh: '告知本人报到日期', en: 'Person told on', limit: 'past' },
    { id: 'scans', kind: 'files', zh: '文书扫描件', en: 'Scans' },
  ],
  papers: ['D03'],
  steps: [
    {
      id: 'receipt',
      kind: 'work',
      zh: '送达回执',
      en: 'Return the receipt',
      post: 'county',
      clock: { rule: 'DLV-03', from: 'register.papersOn' },
      form: [pastDay('sentOn', '回执送达日期', 'Sent on')],
      ways: [
        {
          id: 'sent',
          zh: '回执已送达',
          en: 'Sent',
          to: 'await',
          or: ['handover'],
          tone: 'on',
          papers: ['D34c'],
          cites: ['DLV-03'],
        },
      ],
    },
    waitFor('await', '等待报到', 'Waiting for the person', 'RPT-01', 'register.effectiveOn'),
    waitFor('handover', '等待移送', 'Waiting for the hand-over', 'RPT-02', 'register.effectiveOn'),
    {
      id: 'searching',
      kind: 'outside',
      zh: '查找中',
      en: 'Being searched for',
      post: 'county',
      form: reported,
      ways: [
        { ...lateWay, id: 'found', zh: '已找到并报到', en: 'Found and reported' },
        {
          id: 'abandon',
          zh: '已由决定机关另行处理',
          en: 'Settled by the deciding organ',
          to: 'notReceived',
          tone: 'no',
          cites: ['RPT-03'],
        },
      ],
    },
    {
      id: 'receive',
      kind: 'work',
      zh: '登记接收',
      en: 'Taking in',
      post: 'county',
      form: [
        pastDay('receivedOn', '接收日期', 'Taken in on'),
        { id: 'mode', kind: 'code', set: 'receiveMode', zh: '接收方式', en: 'Mode of reception', required: true },
        { id: 'handoverOrgan', kind: 'code', set: 'handoverOrgan', zh: '移交罪犯机关', en: 'Handed over by' },
        { id: 'office', kind: 'unit', level: 'office', zh: '负责司法所', en: 'Office in charge' },
        { id: 'officer', kind: 'staff', zh: '责任人', en: 'Officer' },
        {
          id: 'measures',
          kind: 'flag',
          zh: '强制措施已解除',
          en: 'Coercive measures lapsed',
          help: { zh: '登记接收时逮捕、取保候审等自动解除', en: 'Arrest or bail lapses on registration' },
        },
        {
          id: 'physical',
          kind: 'code',
          set: 'parolePhysical',
          zh: '暂予监外执行身体状况',
          en: 'Condition (temporary service)',
          help: {
            zh: '暂予监外执行对象必填；严重疾病的，按期提交病情复查。',
            en: 'For temporary service outside prison; a serious illness is reviewed at the times the law sets.',
          },
        },
        {
          id: 'hospital',
          kind: 'text',
          zh: '指定医院',
          en: 'Designated hospital',
          max: 80,
          when: { field: 'physical', is: ['01'] },
        },
        { id: 'filled', kind: 'text', zh: '填表人', en: 'Filled in by', max: 40 },
      ],
      ways: [
        {
          id: 'take',
          zh: '完成接收',
          en: 'Take in',
          to: 'received',
          tone: 'on',
          papers: ['D04'],
          cites: ['INT-01', 'INT-08'],
        },
      ],
    },
  ],
  ends: [
    { id: 'received', zh: '已接收', en: 'Received', tone: 'good' },
    { id: 'notReceived', zh: '未接收', en: 'Not received', tone: 'no' },
  ],
})

const arrived: readonly Field[] = [
  { id: 'arrivedOn', kind: 'day', zh: '补齐日期', en: 'Arrived on', limit: 'past' },
  { id: 'what', kind: 'long', zh: '往来情况', en: 'What was said', max: 1000 },
  { id: 'scans', kind: 'files', zh: '补来的文书', en: 'Papers that came' },
]
const chase = (id: string, zh: string, en: string): Step => ({
  id,
  kind: 'outside',
  zh,
  en,
  post: 'county',
  // From the day the organ was told: the day this step begins.
  clock: { rule: 'DLV-04' },
  form: arrived,
  ways: [
    {
      id: 'supplied',
      zh: '已补齐',
      en: 'Supplied',
      to: 'receipt',
      tone: 'on',
      papers: ['D06a'],
      cites: ['DLV-03', 'DLV-04'],
    },
    { id: 'remind', zh: '再次催补', en: 'Remind', to: 'reminded', tone: 'on', papers: ['D06'], cites: ['DLV-04'] },
    { id: 'waive', zh: '不再需要', en: 'No longer needed', to: 'waived', tone: 'no' },
  ],
})

/** 文书补齐: what the deciding organ did not send is asked for, and asked for again, while the person is long taken in. */
export const missingPapers = procedure({
  id: 'missingPapers',
  room: 'intake',
  zh: '文书补齐',
  en: 'Missing papers',
  says: {
    zh: '法律文书缺失时通知决定机关补齐，到期未补齐再次催补。',
    en: 'Papers that the deciding organ did not send are asked for until they come.',
  },
  about: 'person',
  may: 'intake.accept',
  cites: ['DLV-04'],
  form: [
    { id: 'organ', kind: 'text', zh: '决定机关', en: 'Decision organ', required: true, max: 80, column: true },
    { id: 'names', kind: 'text', zh: '文书名称', en: 'Papers received', max: 400 },
    { id: 'receivedOn', kind: 'day', zh: '收到日期', en: 'Received on', limit: 'past' },
    {
      id: 'missing',
      kind: 'rows',
      zh: '缺失文书',
      en: 'Missing papers',
      fields: [{ id: 'paper', kind: 'text', zh: '文书名称', en: 'Paper', required: true, max: 80 }],
      least: 1,
      most: 30,
    },
  ],
  steps: [
    {
      id: 'ask',
      kind: 'work',
      zh: '通知补齐',
      en: 'Ask for them',
      post: 'county',
      clock: { rule: 'DLV-03', from: 'register.receivedOn' },
      form: [pastDay('askedOn', '通知日期', 'Asked on')],
      ways: [{ id: 'asked', zh: '已通知', en: 'Asked', to: 'wait', tone: 'on', papers: ['D06'], cites: ['DLV-04'] }],
    },
    chase('wait', '等待补齐', 'Waiting'),
    chase('reminded', '已催补，等待补齐', 'Reminded, waiting'),
    {
      id: 'receipt',
      kind: 'work',
      zh: '送达回执',
      en: 'Return the receipt',
      post: 'county',
      // From the day on which they came: as the later of the two steps says, where both were passed.
      clock: { rule: 'DLV-03', from: ['reminded.arrivedOn', 'wait.arrivedOn'] },
      form: [pastDay('sentOn', '回执送达日期', 'Sent on')],
      ways: [{ id: 'sent', zh: '回执已送达', en: 'Sent', to: 'supplied', tone: 'on', cites: ['DLV-03'] }],
    },
  ],
  ends: [
    { id: 'supplied', zh: '已补齐', en: 'Supplied', tone: 'good' },
    { id: 'waived', zh: '不再需要', en: 'No longer needed', tone: 'plain' },
  ],
})
