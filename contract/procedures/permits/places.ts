import { approved, procedure, refused } from '../describe.ts'
import { countyOpinion, officeSays, proof, reason } from './hands.ts'

/** 进入特定区域(场所): entering what an injunction closes, for a stated time, by leave of the county (IM 39, INJ-02). */
export const restrictedPlace = procedure({
  id: 'restrictedPlace',
  room: 'permits',
  zh: '进入特定区域(场所)审批',
  en: 'Entering a restricted place',
  says: {
    zh: '确需进入禁止令限制的区域、场所的,由县级社区矫正机构批准,并通知原审人民法院和县级人民检察院。',
    en: 'Who must enter a place closed by an injunction needs the county’s approval; the trial court and the procuratorate are told.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  may: 'permit.edit',
  cites: ['INJ-02'],
  contestable: true,
  form: [
    {
      id: 'place',
      kind: 'text',
      zh: '场所',
      en: 'Place',
      required: true,
      max: 100,
      column: true,
      help: {
        zh: '与该对象的禁入围栏同名的,批准时间内不作进入报警',
        en: 'If it bears the name of a forbidden fence, entering raises no alarm within the approved time',
      },
    },
    { id: 'from', kind: 'moment', zh: '进入时间', en: 'From', required: true, limit: 'future', column: true },
    { id: 'until', kind: 'moment', zh: '离开时间', en: 'Until', required: true, limit: 'future' },
    reason(),
    proof,
  ],
  steps: [
    officeSays(),
    {
      id: 'county',
      kind: 'decision',
      zh: '县级审批',
      en: 'Decision of the county',
      post: 'county',
      act: 'bannedPlace',
      form: [countyOpinion],
      ways: [
        {
          id: 'approve',
          zh: '批准',
          en: 'Approve',
          to: 'tell',
          tone: 'on',
          papers: ['D14', 'D15'],
          cites: ['INJ-02'],
        },
        { id: 'return', zh: '退回补正', en: 'Return', to: 'office', tone: 'back' },
        {
          id: 'refuse',
          zh: '不批准',
          en: 'Refuse',
          to: 'refused',
          tone: 'no',
          papers: ['D14', 'D15'],
          cites: ['INJ-02'],
        },
      ],
    },
    {
      id: 'tell',
      kind: 'work',
      zh: '通知法院、检察院',
      en: 'Tell court and procuratorate',
      post: 'county',
      form: [
        { id: 'court', kind: 'text', zh: '原审人民法院', en: 'Trial court', required: true, max: 100 },
        { id: 'courtOn', kind: 'day', zh: '通知法院之日', en: 'Court told on', required: true, limit: 'past' },
        {
          id: 'procuratorateOn',
          kind: 'day',
          zh: '通知检察院之日',
          en: 'Procuratorate told on',
          required: true,
          limit: 'past',
        },
        { id: 'receipts', kind: 'files', zh: '送达回证', en: 'Proof of delivery' },
      ],
      ways: [{ id: 'told', zh: '已通知', en: 'Told', to: 'approved', tone: 'on', cites: ['INJ-02'] }],
    },
  ],
  ends: [approved, refused],
})
