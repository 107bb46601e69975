import { violation } from '../conduct/violation.ts'
import { type End, type Field, procedure, type Step, type Way } from '../describe.ts'
import { media, pastMoment } from '../entries.ts'
import { sendBack, toldAtOnce } from '../hands.ts'

const violationType = {
  id: 'type',
  kind: 'code',
  set: 'violationType',
  zh: '违规类型',
  en: 'Kind of violation',
  help: { zh: '转违规核查时填写', en: 'When it goes on as a violation' },
} as const
/** What it is in law: the words of the violation it may lead to, asked for only when it does. */
const inLaw: readonly Field[] = violation.form.flatMap((f) => (f.id === 'what' ? [{ ...f, required: false }] : []))
const why: Field = { id: 'finding', kind: 'long', zh: '认定意见', en: 'Finding', required: true, max: 2000 }

/** 所长认定: only the head says what it means, and whether it goes on as a violation. */
const judge = (ways: readonly Way[]): Step => ({
  id: 'judge',
  kind: 'opinion',
  zh: '所长认定',
  en: 'The head’s finding',
  post: 'officeHead',
  form: [why, violationType, ...inLaw],
  ways,
})
const toViolation: Way = {
  id: 'violation',
  zh: '转违规核查',
  en: 'Goes on as a violation',
  to: 'toViolation',
  tone: 'on',
}
const goesOn: End = { id: 'toViolation', zh: '已转违规核查', en: 'Goes on as a violation', tone: 'plain' }

/** 事件登记: a fight, a broken phone, a missed drill; noted as it was, and only a person says what it means. */
export const incident = procedure({
  id: 'incident',
  room: 'care',
  zh: '事件登记',
  en: 'Incident',
  says: {
    zh: '登记打架、手机损坏、缺席集中活动等事件，由所长认定是否转违规核查；涉嫌重大犯罪、群体性事件先立即报告。',
    en: 'A fight, a broken phone, a missed drill; the head says what it means. A serious crime or a group incident is reported at once first.',
  },
  about: 'person',
  may: 'visit.record',
  cites: ['INT-06', 'END-05'],
  form: [
    {
      id: 'what',
      kind: 'choice',
      zh: '事件种类',
      en: 'What happened',
      required: true,
      column: true,
      choices: [
        { id: 'fight', zh: '打架斗殴', en: 'Fight' },
        { id: 'brokenPhone', zh: '手机或设备损坏', en: 'Broken phone or device' },
        { id: 'missedDrill', zh: '缺席集中教育或训练', en: 'Missed class or drill' },
        { id: 'missedService', zh: '缺席公益活动', en: 'Missed public-good activity' },
        { id: 'drunk', zh: '酗酒滋事', en: 'Drunk and disorderly' },
        { id: 'dispute', zh: '家庭或邻里纠纷', en: 'Dispute' },
        { id: 'illness', zh: '突发疾病或事故', en: 'Illness or accident' },
        { id: 'crime', zh: '涉嫌重大犯罪', en: 'Suspected of a serious crime' },
        { id: 'group', zh: '参与群体性事件', en: 'Part in a group incident' },
        { id: 'lie', zh: '隐瞒、谎报', en: 'Concealment' },
        { id: 'other', zh: '其他', en: 'Other' },
      ],
    },
    { id: 'at', kind: 'moment', zh: '发生时间', en: 'When', required: true, limit: 'past', column: true },
    { id: 'where', kind: 'text', zh: '发生地点', en: 'Where', required: true, max: 200, column: true },
    { id: 'happened', kind: 'long', zh: '事件经过', en: 'What happened, in words', required: true, max: 4000 },
    { id: 'explains', kind: 'long', zh: '本人说明', en: 'What the person says', max: 2000 },
    { id: 'others', kind: 'text', zh: '涉及人员', en: 'Others involved', max: 200 },
    {
      id: 'facts',
      kind: 'facts',
      zh: '关联的记录',
      en: 'Records it rests on',
      help: { zh: '从本人的警情、台账中选取', en: 'Picked from this person’s episodes and ledger' },
    },
    media,
  ],
  steps: [
    judge([
      { id: 'note', zh: '记录在案，教育提醒', en: 'Noted, reminded', to: 'noted', tone: 'on' },
      { id: 'excuse', zh: '有正当理由', en: 'Excused', to: 'excused', tone: 'on' },
      toViolation,
      sendBack('more', '退回补充'),
    ]),
    {
      id: 'more',
      kind: 'work',
      zh: '补充材料',
      en: 'More facts',
      post: 'officer',
      form: [{ id: 'added', kind: 'long', zh: '补充情况', en: 'More facts', required: true, max: 4000 }],
      ways: [{ id: 'again', zh: '再报所长', en: 'Submit again', to: 'judge', tone: 'on' }],
    },
    toldAtOnce('立即报告处置', 'Reported at once', 'judge', [
      { id: 'linked', kind: 'long', zh: '联动处置情况', en: 'What was done together', required: true, max: 2000 },
    ]),
  ],
  ends: [
    { id: 'noted', zh: '已记录', en: 'Noted', tone: 'good' },
    { id: 'excused', zh: '有正当理由', en: 'Excused', tone: 'good' },
    goesOn,
  ],
})

/** 定位缺失现场核实: hours without a position are a question, not a breach; somebody goes and looks why (柳州鹿寨). */
export const gapCheck = procedure({
  id: 'gapCheck',
  room: 'care',
  zh: '定位缺失现场核实',
  en: 'Gap checked on the spot',
  says: {
    zh: '一段时间没有定位数据的，到现场核实原因：关机、停机、没信号还是平台故障，再认定。',
    en: 'Hours without a position: checked on the spot before anybody says why.',
  },
  about: 'person',
  may: 'visit.record',
  cites: ['EPD-09'],
  form: [
    { id: 'from', kind: 'moment', zh: '缺失开始', en: 'Gap from', required: true, limit: 'past', column: true },
    { id: 'until', kind: 'moment', zh: '缺失结束', en: 'Gap until', limit: 'past', after: 'from', column: true },
    { id: 'noticed', kind: 'text', zh: '如何发现', en: 'How it was noticed', required: true, max: 200 },
    {
      id: 'facts',
      kind: 'facts',
      zh: '定位记录',
      en: 'Positioning records',
      help: { zh: '从本人的定位警情中选取', en: 'Picked from the episodes of this person' },
    },
  ],
  steps: [
    {
      id: 'spot',
      kind: 'work',
      zh: '现场核实',
      en: 'On the spot',
      post: 'officer',
      form: [
        pastMoment('at', '核实时间', 'When'),
        { id: 'where', kind: 'text', zh: '核实地点', en: 'Where', required: true, max: 200 },
        { id: 'spot', kind: 'place', zh: '位置', en: 'Position' },
        { id: 'met', kind: 'text', zh: '见到的人', en: 'Whom', required: true, max: 100 },
        {
          id: 'cause',
          kind: 'choice',
          zh: '缺失原因',
          en: 'Cause',
          required: true,
          choices: [
            { id: 'off', zh: '未报备关机', en: 'Switched off without notice' },
            { id: 'battery', zh: '没电', en: 'Battery empty' },
            { id: 'broken', zh: '手机或设备损坏', en: 'Phone or device broken' },
            { id: 'suspended', zh: '号码被停机', en: 'Number suspended' },
            { id: 'arrears', zh: '欠费停机', en: 'In arrears' },
            { id: 'notOwn', zh: '登记的不是本人号码', en: 'Number is not the person’s own' },
            { id: 'noService', zh: '未开通或取消定位', en: 'Positioning not granted or withdrawn' },
            { id: 'apart', zh: '人机分离', en: 'Person and phone apart' },
            { id: 'signal', zh: '当地没有信号', en: 'No signal there' },
            { id: 'platform', zh: '平台或运营商故障', en: 'Fault of the platform or carrier' },
            { id: 'unknown', zh: '原因不明', en: 'Unknown' },
          ],
        },
        {
          id: 'suspendedOn',
          kind: 'day',
          zh: '停机日期',
          en: 'Suspended on',
          required: true,
          limit: 'past',
          when: { field: 'cause', is: ['suspended', 'arrears'] },
        },
        {
          id: 'restoredOn',
          kind: 'day',
          zh: '恢复通话日期',
          en: 'Restored on',
          after: 'suspendedOn',
          when: { field: 'cause', is: ['suspended', 'arrears'] },
        },
        { id: 'carrier', kind: 'text', zh: '运营商答复', en: 'What the carrier says', max: 400 },
        { id: 'explains', kind: 'long', zh: '本人说明', en: 'What the person says', required: true, max: 2000 },
        { id: 'found', kind: 'long', zh: '核实情况', en: 'What was found', required: true, max: 4000 },
        media,
      ],
      ways: [{ id: 'checked', zh: '核实完毕，报所长', en: 'Checked', to: 'judge', tone: 'on', cites: ['EPD-09'] }],
    },
    judge([
      { id: 'excuse', zh: '有正当理由，不计违规', en: 'Excused', to: 'excused', tone: 'on' },
      { id: 'remind', zh: '教育提醒', en: 'Reminded', to: 'reminded', tone: 'on' },
      toViolation,
      { id: 'return', zh: '退回再核实', en: 'Look again', to: 'spot', tone: 'back' },
    ]),
  ],
  ends: [
    { id: 'excused', zh: '有正当理由', en: 'Excused', tone: 'good' },
    { id: 'reminded', zh: '已教育提醒', en: 'Reminded', tone: 'good' },
    goesOn,
  ],
})
