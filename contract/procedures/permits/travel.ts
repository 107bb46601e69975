import { approved, procedure, refused } from '../describe.ts'
import { pastDay, reason } from '../entries.ts'
import { approve, countyDecides, deny, officeSays, sendBack } from '../hands.ts'

/** 经常性跨市县活动: one approval of the county for six months of going to and fro (IM 29, LVE-12, LVE-13). */
export const recurrentTravel = procedure({
  id: 'recurrentTravel',
  room: 'permits',
  zh: '经常性跨市县活动审批',
  en: 'Recurrent travel',
  says: {
    zh: '因正常工作、生活需要经常往来固定市、县的，由县级社区矫正机构一次批准，有效期六个月，期间不再逐次请假。',
    en: 'Who must often go to the same cities or counties for work or life is approved by the county once, for six months.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  once: true,
  may: 'permit.edit',
  cites: ['LVE-12', 'LVE-13'],
  form: [
    pastDay('receivedOn', '收到申请之日', 'Application received on'),
    reason(),
    {
      id: 'areas',
      kind: 'rows',
      zh: '往来市县',
      en: 'Cities and counties',
      required: true,
      least: 1,
      most: 12,
      fields: [
        { id: 'name', kind: 'text', zh: '名称', en: 'Name', required: true, max: 60 },
        {
          id: 'area',
          kind: 'text',
          zh: '行政区划代码',
          en: 'Area code',
          required: true,
          max: 6,
          help: { zh: '六位，到县（市、区）', en: 'Six digits, down to the county' },
        },
      ],
    },
    {
      id: 'times',
      kind: 'text',
      zh: '时间',
      en: 'Times',
      required: true,
      max: 200,
      column: true,
      help: { zh: '如：每周一至周五 06:00—20:00', en: 'e.g. Monday to Friday, 06:00–20:00' },
    },
    { id: 'often', kind: 'text', zh: '频次', en: 'How often', required: true, max: 100, column: true },
    { id: 'proof', kind: 'files', zh: '证明', en: 'Proof', required: true, least: 1 },
    {
      id: 'from',
      kind: 'day',
      zh: '拟开始之日',
      en: 'To begin on',
      required: true,
      limit: 'future',
      help: { zh: '自批准之日与该日中较晚的一日起算', en: 'The later of this day and that of the approval counts' },
    },
  ],
  steps: [
    officeSays(),
    countyDecides('recurrentTravel', [
      approve('approved', { papers: ['D11', 'D15'], cites: ['LVE-12', 'LVE-13'] }),
      sendBack('office'),
      deny({ papers: ['D11', 'D15'], cites: ['LVE-13'] }),
    ]),
  ],
  ends: [approved, refused],
})
