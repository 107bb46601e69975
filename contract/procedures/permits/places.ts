import { approved, procedure, refused } from '../describe.ts'
import { pastDay, proof, reason } from '../entries.ts'
import { approve, countyDecides, deny, officeSays, sendBack } from '../hands.ts'

/** 进入特定区域(场所): entering what an injunction closes, for a stated time, by leave of the county (IM 39, INJ-02). */
export const restrictedPlace = procedure({
  id: 'restrictedPlace',
  room: 'permits',
  zh: '进入特定区域（场所）审批',
  en: 'Entering a restricted place',
  says: {
    zh: '确需进入禁止令限制的区域、场所的，由县级社区矫正机构批准，并通知原审人民法院和县级人民检察院。',
    en: 'Who must enter a place closed by an injunction needs the county’s approval; the trial court and the procuratorate are told.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  may: 'permit.edit',
  cites: ['INJ-02'],
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
        zh: '与该对象的禁入围栏同名的，批准时间内不作进入报警',
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
    countyDecides('bannedPlace', [
      approve('tell', { papers: ['D14', 'D15'], cites: ['INJ-02'] }),
      sendBack('office'),
      deny({ papers: ['D14', 'D15'], cites: ['INJ-02'] }),
    ]),
    {
      id: 'tell',
      kind: 'work',
      zh: '通知法院、检察院',
      en: 'Tell court and procuratorate',
      post: 'county',
      form: [
        { id: 'court', kind: 'text', zh: '原审人民法院', en: 'Trial court', required: true, max: 100 },
        pastDay('courtOn', '通知法院之日', 'Court told on'),
        pastDay('procuratorateOn', '通知检察院之日', 'Procuratorate told on'),
        { id: 'receipts', kind: 'files', zh: '送达回证', en: 'Proof of delivery' },
      ],
      ways: [{ id: 'told', zh: '已通知', en: 'Told', to: 'approved', tone: 'on', cites: ['INJ-02'] }],
    },
  ],
  ends: [approved, refused],
})
