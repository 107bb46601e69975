import { procedure, type Step, type Way } from '../describe.ts'
import { media, pastDay, pastMoment } from '../entries.ts'
import { sendBack } from '../hands.ts'

/** The whole business stands under one clock: ten working days from letter and annexes, five in fast-track cases. */
const clock = {
  rule: 'INV-01',
  from: 'register.receivedOn',
  instead: { where: 'register.fast', rule: 'INV-02' },
} as const
const terminate: Way = {
  id: 'terminate',
  zh: '委托机关来函撤回，终止评估',
  en: 'The principal took it back by letter',
  to: 'terminated',
  tone: 'no',
}
const cannot = (to: string): Way => ({
  id: 'cannot',
  zh: '身份不明或住址不实，无法评估',
  en: 'Cannot be assessed',
  to,
  tone: 'no',
  cites: ['INV-05'],
})
const long = { kind: 'long', max: 4000 } as const

/** Row by row what was done on the spot; two investigators each time, with pictures, sound and film as they were taken. */
const visits = {
  id: 'visits',
  kind: 'rows',
  zh: '走访调查',
  en: 'Visits',
  most: 40,
  fields: [
    pastMoment('at', '时间', 'When'),
    { id: 'where', kind: 'text', zh: '地点', en: 'Where', required: true, max: 200 },
    { id: 'spot', kind: 'place', zh: '位置', en: 'Position' },
    { id: 'whom', kind: 'text', zh: '走访对象', en: 'Whom', required: true, max: 100 },
    { id: 'first', kind: 'text', zh: '调查人', en: 'Investigator', required: true, max: 40 },
    { id: 'second', kind: 'text', zh: '调查人二', en: 'Second investigator', required: true, max: 40 },
    { id: 'found', kind: 'long', zh: '调查情况', en: 'What was found', required: true, max: 4000 },
    media,
  ],
} as const

const investigate: Step = {
  id: 'investigate',
  kind: 'work',
  zh: '调查走访',
  en: 'Investigation',
  post: 'officer',
  helpers: ['socialWorker'],
  clock,
  form: [
    visits,
    { id: 'dwelling', ...long, zh: '居所情况', en: 'Home' },
    { id: 'family', ...long, zh: '家庭和社会关系', en: 'Family and social ties' },
    { id: 'consequences', ...long, zh: '犯罪行为的后果和影响', en: 'Consequences of the crime' },
    {
      id: 'village',
      ...long,
      zh: '村（居）委会意见',
      blank: '村(居)委会意见',
      en: 'Opinion of the village or neighbourhood',
    },
    { id: 'victim', ...long, zh: '被害人意见', en: 'Opinion of the victim' },
    { id: 'prohibitions', ...long, zh: '拟禁止事项', en: 'Prohibitions proposed' },
    { id: 'danger', ...long, zh: '社会危险性', en: 'Dangerousness' },
    { id: 'impact', ...long, zh: '对社区影响', en: 'Impact on the community' },
    { id: 'proposal', kind: 'code', set: 'assessmentOpinion', zh: '拟提意见', en: 'Proposed opinion' },
  ],
  ways: [
    { id: 'submit', zh: '调查完毕，报所长', en: 'Done', to: 'head', tone: 'on' },
    cannot('explain'),
    { id: 'handBack', zh: '不属本所辖区，退回县级', en: 'Not our area', to: 'assign', tone: 'back' },
    terminate,
  ],
}

const opinion = [
  {
    id: 'opinion',
    kind: 'code',
    set: 'assessmentOpinion',
    zh: '调查评估意见',
    en: 'Opinion',
    required: true,
  },
  { id: 'conclusion', kind: 'long', zh: '结论', en: 'Conclusion', required: true, max: 2000 },
] as const

/**
 * 调查评估: court, procuratorate, police or prison asks whether somebody can serve in the community (Law 18; IM 13–14).
 * He is nobody's supervised person yet; if he is received later, his file takes the assessment in.
 */
export const assessment = procedure({
  id: 'assessment',
  room: 'intake',
  zh: '调查评估',
  en: 'Pre-sentence assessment',
  says: {
    zh: '决定机关委托调查拟适用社区矫正的人：登记、指派、走访、签发意见、反馈采信。',
    en: 'A deciding organ asks whether somebody can serve in the community: instructed, investigated, signed, answered.',
  },
  about: 'outsider',
  may: 'intake.register',
  cites: ['INV-01', 'INV-06'],
  takenBack: { before: 'adoption', to: 'takenBack' },
  form: [
    { id: 'principalType', kind: 'code', set: 'principalType', zh: '委托单位类别', en: 'Principal', required: true },
    {
      id: 'principal',
      kind: 'text',
      zh: '委托机关',
      en: 'Name of the principal',
      required: true,
      max: 80,
      column: true,
    },
    { id: 'contact', kind: 'text', zh: '联系人及电话', en: 'Contact', max: 80 },
    { id: 'letter', kind: 'text', zh: '委托文号', en: 'Letter number', required: true, max: 60, column: true },
    {
      id: 'receivedOn',
      kind: 'day',
      zh: '收到日期',
      en: 'Received on',
      required: true,
      limit: 'past',
      column: true,
      help: { zh: '委托函和所附材料都收到之日', en: 'The day on which letter and annexes were both there' },
    },
    { id: 'fast', kind: 'flag', zh: '适用速裁程序', en: 'Fast-track procedure', column: true },
    {
      id: 'name',
      kind: 'text',
      zh: '被调查人',
      en: 'Person to be assessed',
      required: true,
      max: 60,
      help: { zh: '被告人或罪犯姓名', en: 'Name of the accused or the offender' },
    },
    {
      id: 'identity',
      kind: 'text',
      zh: '身份证号码',
      en: 'Identity number',
      max: 18,
      help: { zh: '加密保存，只显示首尾；身份不明的不填', en: 'Kept sealed and shown masked; leave it out if unknown' },
    },
    { id: 'minor', kind: 'flag', zh: '未成年人', en: 'Minor' },
    { id: 'charge', kind: 'text', zh: '罪名', en: 'Charge', required: true, max: 80, column: true },
    { id: 'residence', kind: 'text', zh: '居住地', en: 'Residence', required: true, max: 200 },
    {
      id: 'category',
      kind: 'code',
      set: 'correctionCategory',
      zh: '拟适用矫正类别',
      en: 'Category proposed',
      required: true,
    },
    { id: 'asked', kind: 'long', zh: '委托事项', en: 'What is asked', max: 2000 },
    { id: 'annexes', kind: 'files', zh: '委托函及附件', en: 'Letter and annexes' },
  ],
  steps: [
    {
      id: 'assign',
      kind: 'work',
      zh: '县级指派',
      en: 'Instruction to an office',
      post: 'county',
      clock,
      form: [
        { id: 'office', kind: 'unit', level: 'office', zh: '承办司法所', en: 'Office' },
        { id: 'instruction', kind: 'long', zh: '办理指令', en: 'Instruction', max: 1000 },
        {
          id: 'procuratorateToldOn',
          kind: 'day',
          zh: '通知检察院日期',
          en: 'Procuratorate told on',
          limit: 'past',
        },
      ],
      ways: [
        { id: 'instruct', zh: '下达指令', en: 'Instruct', to: 'investigate', tone: 'on', cites: ['INV-04'] },
        {
          id: 'sendBack',
          zh: '材料不全或不属本县，退回委托机关',
          en: 'Send back to the principal',
          to: 'returned',
          tone: 'no',
        },
        cannot('explain'),
        terminate,
      ],
    },
    investigate,
    {
      id: 'head',
      kind: 'opinion',
      zh: '司法所意见',
      en: 'Opinion of the office',
      post: 'officeHead',
      clock,
      form: opinion,
      ways: [
        { id: 'submit', zh: '报县级签发', en: 'Submit', to: 'sign', tone: 'on' },
        sendBack('investigate', '退回补充调查'),
        terminate,
      ],
    },
    {
      id: 'sign',
      kind: 'decision',
      zh: '县级签发',
      en: 'Signature of the county',
      post: 'county',
      act: 'assessmentOpinion',
      clock,
      form: [...opinion, { id: 'copiedOn', kind: 'day', zh: '抄送检察院日期', en: 'Copied to the procuratorate on' }],
      ways: [
        {
          id: 'sign',
          zh: '签发并送达委托机关',
          en: 'Sign and deliver',
          to: 'adoption',
          tone: 'on',
          papers: ['D02'],
          cites: ['INV-01'],
          confirm: { zh: '签发后意见即送达委托机关，不能撤回。', en: 'Signed, it is with the principal at once.' },
        },
        sendBack('head', '退回司法所'),
      ],
    },
    {
      id: 'explain',
      kind: 'work',
      zh: '说明无法评估',
      en: 'Explain to the principal',
      post: 'county',
      clock,
      form: [
        { id: 'explanation', kind: 'long', zh: '说明', en: 'Explanation', required: true, max: 2000 },
        pastDay('toldOn', '告知委托机关日期', 'Principal told on'),
      ],
      ways: [
        { id: 'told', zh: '已书面说明', en: 'Explained', to: 'impossible', tone: 'on', cites: ['INV-05'] },
        { id: 'again', zh: '情况已查明，重新调查', en: 'Investigate after all', to: 'assign', tone: 'back' },
      ],
    },
    {
      id: 'adoption',
      kind: 'outside',
      zh: '等待采信反馈',
      en: 'Waiting for the adoption',
      post: 'county',
      organ: true,
      form: [
        { id: 'judgment', kind: 'text', zh: '裁判文书号', en: 'Number of the judgment', max: 80 },
        { id: 'judgedOn', kind: 'day', zh: '裁判日期', en: 'Judged on', limit: 'past' },
        { id: 'remark', kind: 'long', zh: '理由和情况', en: 'Reason', max: 1000 },
        {
          id: 'word',
          kind: 'text',
          zh: '反馈人及方式',
          en: 'Whose word, and how it came',
          max: 100,
          help: {
            zh: '委托机关在平台自行反馈的自动记录；据来函、电话登记的，写明何人、何文号',
            en: 'Filled by itself where the organ says it on its desk; from a letter or a call: who, and which number',
          },
        },
        { id: 'letter', kind: 'files', zh: '来函', en: 'The letter' },
      ],
      ways: [
        { id: 'adopted', zh: '采信', en: 'Adopted', to: 'adopted', tone: 'on' },
        { id: 'notAdopted', zh: '未采信', en: 'Not adopted', to: 'notAdopted', tone: 'on' },
        { id: 'silent', zh: '案件已结，未反馈采信情况', en: 'Closed without an answer', to: 'unanswered', tone: 'on' },
      ],
    },
  ],
  ends: [
    { id: 'adopted', zh: '已采信', en: 'Adopted', tone: 'good' },
    { id: 'notAdopted', zh: '未采信', en: 'Not adopted', tone: 'good' },
    { id: 'unanswered', zh: '已出具，未获反馈', en: 'Given, not answered', tone: 'good' },
    { id: 'impossible', zh: '无法评估', en: 'Cannot be assessed', tone: 'plain' },
    { id: 'returned', zh: '已退回委托机关', en: 'Sent back', tone: 'no' },
    { id: 'terminated', zh: '已终止', en: 'Terminated', tone: 'plain' },
    { id: 'takenBack', zh: '委托机关已撤回', en: 'Taken back by the principal', tone: 'plain' },
  ],
})
