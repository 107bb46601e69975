import { deviceGrounds } from '@zhijiao/law/term'
import { approved, procedure, refused } from '../describe.ts'
import { opinion, pastMoment } from '../entries.ts'
import { approve, countyOpinion, deny, doNotPropose, officeSays, sendBack } from '../hands.ts'

const clause = ['一', '二', '三', '四', '五'] as const
const grounds = Object.entries(deviceGrounds).map(([id, { clause: n, zh, en }]) => ({
  id,
  zh: `第（${clause[n - 1]}）项：${zh}`,
  en: `(${n}) ${en}`,
}))

/**
 * 使用、延长、解除电子定位装置 (Law 29): the office and the county propose, the head of the county judicial administration
 * approves. What runs on the device is the activation of the devices room; this matter is the way to it.
 */
export const deviceUse = procedure({
  id: 'deviceUse',
  room: 'permits',
  zh: '电子定位装置审批',
  en: 'Electronic positioning device',
  says: {
    zh: '有法定五种情形之一的，经县级司法行政部门负责人批准使用电子定位装置；延长须评估并重新批准，不需要的及时解除。',
    en: 'On one of five grounds the head of the county judicial administration approves the device; extensions need a fresh assessment, and what is not needed is removed at once.',
  },
  about: 'person',
  whileIn: ['inCorrection', 'missing'],
  once: true,
  may: 'permit.edit',
  cites: ['EPD-01', 'EPD-02'],
  form: [
    {
      id: 'what',
      kind: 'choice',
      zh: '申请类型',
      en: 'What is asked',
      required: true,
      column: true,
      choices: [
        { id: 'use', zh: '使用', en: 'Use' },
        { id: 'extend', zh: '延长使用', en: 'Extension' },
        { id: 'remove', zh: '解除', en: 'Removal' },
      ],
    },
    {
      id: 'ground',
      kind: 'choice',
      zh: '法定情形',
      en: 'Ground',
      blank: '法29情形(1-5)',
      required: true,
      column: true,
      when: { field: 'what', is: ['use'] },
      choices: grounds,
    },
    {
      id: 'evidence',
      kind: 'long',
      zh: '事实证据',
      en: 'Facts and evidence',
      required: true,
      max: 1000,
      when: { field: 'what', is: ['use'] },
    },
    { id: 'facts', kind: 'facts', zh: '所依据的记录', en: 'Facts it rests on' },
    {
      id: 'device',
      kind: 'text',
      zh: '设备编号',
      en: 'Device number',
      required: true,
      max: 40,
      when: { field: 'what', is: ['use'] },
      help: {
        zh: '已发放给本人的专用装置；手机不是电子定位装置',
        en: 'A dedicated device issued to the person; no phone',
      },
    },
    {
      id: 'assessedOn',
      kind: 'day',
      zh: '评估之日',
      en: 'Assessed on',
      required: true,
      limit: 'past',
      when: { field: 'what', is: ['extend'] },
    },
    {
      id: 'assessment',
      kind: 'long',
      zh: '评估意见',
      en: 'Assessment',
      required: true,
      max: 1000,
      when: { field: 'what', is: ['extend'] },
    },
    {
      id: 'lastDay',
      kind: 'day',
      zh: '使用至',
      en: 'Last day',
      required: true,
      limit: 'future',
      column: true,
      when: { field: 'what', is: ['use', 'extend'] },
      help: { zh: '每次不超过三个月，不超过矫正期满日', en: 'At most three months, never beyond the correction' },
    },
    {
      id: 'unneeded',
      kind: 'long',
      zh: '不需要继续使用的理由',
      en: 'Why it is no longer needed',
      required: true,
      max: 1000,
      when: { field: 'what', is: ['remove'] },
    },
  ],
  steps: [
    officeSays(),
    {
      id: 'county',
      kind: 'opinion',
      zh: '县级社区矫正机构意见',
      en: 'Opinion of the county agency',
      post: 'county',
      form: [countyOpinion],
      ways: [
        { id: 'propose', zh: '提请批准', en: 'Propose', to: 'bureau', tone: 'on', cites: ['EPD-01', 'EPD-03'] },
        sendBack('office'),
        // Of an application to remove the device it is the refusal.
        doNotPropose('refused', { contestable: true }),
      ],
    },
    {
      id: 'bureau',
      kind: 'decision',
      zh: '县级司法行政部门负责人批准',
      en: 'Approval by the head of the administration',
      post: 'bureauHead',
      act: 'device',
      form: [opinion('批准意见', 'Decision')],
      ways: [
        approve('tell', { papers: ['D16a', 'D16b'], cites: ['EPD-01', 'EPD-02', 'EPD-03'], contestable: true }),
        deny({ papers: ['D16a'], cites: ['EPD-02'] }),
      ],
    },
    {
      id: 'tell',
      kind: 'work',
      zh: '告知本人并签名',
      en: 'Tell the person, who signs',
      post: 'officer',
      form: [
        pastMoment('at', '告知时间', 'Told at'),
        {
          id: 'signed',
          kind: 'choice',
          zh: '告知签名',
          en: 'Signature',
          required: true,
          choices: [
            { id: 'signed', zh: '本人已签名', en: 'Signed' },
            { id: 'guardian', zh: '本人及监护人已签名', en: 'Signed, with the guardian' },
            { id: 'declined', zh: '拒绝签名，已注明并由见证人签名', en: 'Declined to sign; noted with a witness' },
          ],
        },
        {
          id: 'witness',
          kind: 'text',
          zh: '见证人',
          en: 'Witness',
          required: true,
          max: 60,
          when: { field: 'signed', is: ['declined'] },
        },
        { id: 'sheet', kind: 'files', zh: '签名的告知书', en: 'The signed notice' },
      ],
      ways: [{ id: 'told', zh: '已告知', en: 'Told', to: 'approved', tone: 'on', cites: ['EPD-08'] }],
    },
  ],
  ends: [approved, refused],
})
