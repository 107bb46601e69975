import { terminationGrounds } from '@zhijiao/law/termination'
import { procedure } from '../describe.ts'
import { attachments, pastDay } from '../entries.ts'
import { toldAtOnce } from '../hands.ts'

/** 终止 (Law 45): a revocation or recommitment in effect. Death has its own business, a transfer is none of it. */
export const termination = procedure({
  id: 'termination',
  room: 'ending',
  zh: '终止矫正',
  en: 'Termination',
  says: {
    zh: '缓刑、假释被撤销或者被决定收监执行的，社区矫正终止。',
    en: 'A revocation or recommitment in effect ends the correction.',
  },
  about: 'person',
  once: true,
  may: 'end.decide',
  cites: ['END-03', 'REV-12', 'TRM-09'],
  form: [
    {
      id: 'code',
      kind: 'code',
      set: 'endReason2020',
      byCategory: terminationGrounds,
      zh: '终止事由',
      en: 'Ground',
      required: true,
      column: true,
    },
    { id: 'ruling', kind: 'text', zh: '裁判文书号', en: 'Number of the ruling', required: true, max: 80, column: true },
    pastDay('on', '裁判日期', 'Day of the ruling'),
    {
      id: 'daysNotCounted',
      kind: 'number',
      zh: '不计入执行刑期日数',
      en: 'Days that do not count',
      min: 0,
      max: 19998,
      unit: { zh: '日', en: 'days' },
      help: { zh: '骗取的监外期间与脱逃期间。', en: 'Obtained by fraud, and of escape.' },
    },
    { id: 'sentenceEnds', kind: 'day', zh: '刑期止日（已顺延）', en: 'Last day of the sentence, moved on' },
    {
      id: 'custodyDays',
      kind: 'number',
      zh: '撤销前羁押日数',
      en: 'Days in custody before',
      min: 0,
      max: 3660,
      unit: { zh: '日', en: 'days' },
      help: {
        zh: '撤销前被逮捕羁押的，一日折抵刑期一日。',
        en: 'Days of an arrest before the revocation count day for day.',
      },
    },
  ],
  steps: [
    {
      id: 'confirm',
      kind: 'work',
      zh: '核对并终止',
      en: 'Check and end',
      post: 'county',
      form: [
        pastDay('effectiveOn', '生效日期', 'In effect from'),
        { id: 'takenTo', kind: 'text', zh: '交付执行场所', en: 'Delivered to', max: 100 },
        { id: 'note', kind: 'long', zh: '交接情况', en: 'Delivery', max: 1000 },
      ],
      ways: [
        {
          id: 'end',
          zh: '终止矫正',
          en: 'End the correction',
          to: 'terminated',
          tone: 'on',
          cites: ['END-03'],
          confirm: {
            zh: '终止后停止一切监管措施，不能撤回。确定终止？',
            en: 'Every measure ends with it and it cannot be undone. End it?',
          },
        },
      ],
    },
  ],
  ends: [{ id: 'terminated', zh: '已终止', en: 'Terminated', tone: 'good' }],
})

/** 死亡 (Law 51, IM 52): an abnormal death goes to the police, the level above and the procuratorate at once. */
export const death = procedure({
  id: 'death',
  room: 'ending',
  zh: '死亡登记',
  en: 'Death',
  says: {
    zh: '登记死亡并核实；非正常死亡的，立即报警、报上一级并通报检察院。',
    en: 'A death is verified and told; an abnormal one goes to police, superior and procuratorate at once.',
  },
  about: 'person',
  once: true,
  may: 'end.prepare',
  cites: ['END-04'],
  form: [
    { id: 'at', kind: 'moment', zh: '死亡时间', en: 'When', required: true, limit: 'past', column: true },
    {
      id: 'cause',
      kind: 'choice',
      zh: '死亡原因',
      blank: '原因(正常/非正常)',
      en: 'Cause',
      required: true,
      column: true,
      choices: [
        { id: 'normal', zh: '正常死亡', en: 'Natural' },
        { id: 'abnormal', zh: '非正常死亡', en: 'Abnormal' },
      ],
    },
    { id: 'reportedBy', kind: 'text', zh: '报告人', en: 'Reported by', required: true, max: 60 },
    { id: 'how', kind: 'long', zh: '死亡经过', en: 'What happened', required: true, max: 2000 },
  ],
  steps: [
    toldAtOnce('非正常死亡处置', 'Abnormal death', 'verify', [
      { id: 'finding', kind: 'long', zh: '公安机关结论', en: 'Finding of the police', max: 1000 },
    ]),
    {
      id: 'verify',
      kind: 'work',
      zh: '核实并通知',
      en: 'Verify and tell',
      post: 'county',
      clock: { rule: 'END-04' },
      form: [
        { id: 'proof', kind: 'text', zh: '证明', en: 'Proof', required: true, max: 200 },
        { id: 'prison', kind: 'text', zh: '原服刑监所', en: 'Former prison', max: 80 },
        attachments,
      ],
      ways: [
        {
          id: 'end',
          zh: '核实，终止矫正',
          en: 'Verified: end the correction',
          to: 'terminated',
          tone: 'on',
          papers: ['D31'],
          cites: ['END-03', 'END-04'],
        },
      ],
    },
  ],
  ends: [{ id: 'terminated', zh: '已终止', en: 'Terminated', tone: 'good' }],
})
