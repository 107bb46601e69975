import { type End, type Field, procedure, type Step, type Way } from '../describe.ts'
import { opinion } from '../entries.ts'

const upheld: End = { id: 'upheld', zh: '维持原决定', en: 'Upheld', tone: 'plain' }
const changed: End = { id: 'changed', zh: '变更原决定', en: 'Changed', tone: 'good' }
const revoked: End = { id: 'revoked', zh: '撤销原决定', en: 'Revoked', tone: 'good' }

/** What an answer says to the contested decision. */
export const verdicts = [
  { id: 'uphold', zh: '维持原决定', en: 'Uphold' },
  { id: 'change', zh: '变更原决定', en: 'Change' },
  { id: 'revoke', zh: '撤销原决定', en: 'Revoke' },
] as const

const answer: Field = {
  id: 'answer',
  kind: 'long',
  zh: '答复及理由',
  en: 'Answer and reasons',
  blank: '理由',
  required: true,
  max: 2000,
}

/** The written answer, with its paper. */
const answers: readonly Way[] = [
  { ...verdicts[0], to: 'tellUpheld', tone: 'on', papers: ['D15'], cites: ['PEN-10'] },
  {
    ...verdicts[1],
    to: 'tellChanged',
    tone: 'on',
    papers: ['D15'],
    cites: ['PEN-10'],
    confirm: {
      zh: '外出请假退回有权层级重新审批；其他决定须按答复另行登记。原决定保留在案。',
      en: 'A leave goes back to the competent level to be decided anew; another decision is registered besides, as the answer says. The earlier one stays on record.',
    },
  },
  {
    ...verdicts[2],
    to: 'tellRevoked',
    tone: 'on',
    papers: ['D15'],
    cites: ['PEN-10'],
    confirm: {
      zh: '原决定自答复之日起不再执行，保留在案；外出请假退回有权层级重新审批。',
      en: 'The decision is no longer carried out from today and stays on record; a leave goes back to the competent level to be decided anew.',
    },
  },
]

/** What the level above decided is set aside by the level above; the county answers as it says. */
const superior = (id: 'city' | 'province', zh: string, en: string): Step => ({
  id,
  kind: 'decision',
  zh,
  en,
  post: id,
  act: 'objection',
  within: { setting: 'SET-31', days: 10, rule: 'PEN-10', opening: true },
  form: [
    { id: 'verdict', kind: 'choice', zh: '对原决定', en: 'The decision is', required: true, choices: [...verdicts] },
    opinion('上级意见', 'Reasons'),
  ],
  ways: [
    {
      id: 'decide',
      zh: '作出决定，交县级答复',
      en: 'Decide; the county answers',
      to: 'carry',
      tone: 'on',
      cites: ['PEN-10'],
    },
  ],
})

/**
 * 异议: the person contests a decision; the county answers in writing by a day, never by who decided it (IM 32, PEN-10).
 * What the head of the county judicial administration, the city or the province decided the county may uphold; to change or
 * revoke it is for them alone.
 */
export const objection = procedure({
  id: 'objection',
  room: 'permits',
  zh: '异议处理',
  en: 'Objection',
  says: {
    zh: '社区矫正对象对决定有异议的，由县级社区矫正机构另行指定人员审查并书面答复；原决定由司法行政部门负责人或者上级作出的，变更、撤销由其决定；仍不服的，可向人民检察院提出。',
    en: 'A person who contests a decision gets a written answer from the county, by somebody other than who decided; what the head of the administration or a level above decided is changed by them alone; then the procuratorate is open.',
  },
  about: 'person',
  whileIn: ['awaiting', 'inCorrection', 'missing', 'detained', 'released'],
  may: 'permit.edit',
  cites: ['PEN-10', 'SUP-01'],
  against: true,
  form: [
    {
      id: 'receivedOn',
      kind: 'day',
      zh: '收到异议之日',
      en: 'Received on',
      required: true,
      limit: 'past',
      column: true,
    },
    {
      id: 'how',
      kind: 'choice',
      zh: '提出方式',
      en: 'How',
      required: true,
      choices: [
        { id: 'written', zh: '书面', en: 'In writing' },
        { id: 'oral', zh: '口头，已记录', en: 'Orally, on record' },
      ],
    },
    { id: 'claim', kind: 'long', zh: '异议内容', en: 'What is contested', required: true, max: 2000 },
    { id: 'wish', kind: 'long', zh: '请求', en: 'What is asked for', max: 500 },
    { id: 'evidence', kind: 'files', zh: '证据材料', en: 'Evidence' },
  ],
  steps: [
    {
      id: 'review',
      kind: 'decision',
      zh: '审查并书面答复',
      en: 'Review and written answer',
      post: 'county',
      act: 'objection',
      within: { setting: 'SET-31', days: 10, rule: 'PEN-10' },
      form: [
        { id: 'heard', kind: 'long', zh: '听取本人意见', en: 'What the person said', required: true, max: 1000 },
        {
          id: 'meanwhile',
          kind: 'choice',
          zh: '审查期间原决定',
          en: 'The decision meanwhile',
          required: true,
          choices: [
            { id: 'stood', zh: '继续执行', en: 'Went on' },
            { id: 'rested', zh: '经县级决定暂缓执行', en: 'Rested, as the county decided' },
          ],
        },
        answer,
      ],
      ways: [
        ...answers,
        {
          id: 'passUp',
          zh: '拟变更或者撤销，报原决定机关决定',
          en: 'To be changed or revoked: to whoever decided',
          to: 'bureauHead',
          or: ['city', 'province'],
          tone: 'on',
          passesOn: true,
          cites: ['PEN-10'],
        },
      ],
    },
    {
      id: 'bureauHead',
      kind: 'decision',
      zh: '县级司法行政部门负责人决定',
      en: 'Decision of the head of the administration',
      post: 'bureauHead',
      act: 'objection',
      within: { setting: 'SET-31', days: 10, rule: 'PEN-10', opening: true },
      form: [answer],
      ways: answers,
    },
    superior('city', '市级决定', 'Decision of the city'),
    superior('province', '省级决定', 'Decision of the province'),
    {
      id: 'carry',
      kind: 'work',
      zh: '按上级决定书面答复',
      en: 'Answer as the level above decided',
      post: 'county',
      within: { setting: 'SET-31', days: 10, rule: 'PEN-10', opening: true },
      form: [answer],
      ways: [
        {
          id: 'answer',
          zh: '作出书面答复',
          en: 'Give the answer',
          to: 'tellUpheld',
          or: ['tellChanged', 'tellRevoked'],
          tone: 'on',
          papers: ['D15'],
          cites: ['PEN-10'],
        },
      ],
    },
    ...(
      [
        ['tellUpheld', 'upheld'],
        ['tellChanged', 'changed'],
        ['tellRevoked', 'revoked'],
      ] as const
    ).map(([id, to]) => ({
      id,
      kind: 'work' as const,
      zh: '送达答复并告知申诉途径',
      en: 'Hand over the answer and the way on',
      post: 'officer' as const,
      form: [
        {
          id: 'on',
          kind: 'day' as const,
          zh: '送达之日',
          en: 'Handed over on',
          required: true,
          limit: 'past' as const,
        },
        {
          id: 'wayOn',
          kind: 'flag' as const,
          zh: '已告知可向人民检察院提出',
          en: 'Told that the procuratorate is open',
          required: true,
        },
        { id: 'receipt', kind: 'files' as const, zh: '送达回证', en: 'Proof of delivery' },
      ],
      ways: [
        {
          id: 'told',
          zh: '已送达',
          en: 'Handed over',
          to,
          tone: 'on' as const,
          cites: ['PEN-10' as const, 'SUP-01' as const],
        },
      ],
    })),
  ],
  ends: [upheld, changed, revoked],
})
