import { approved, procedure, refused, type Step } from '../describe.ts'
import { opinion, pastDay, proof, reason } from '../entries.ts'
import { approve, countyOpinion, deny, officeSays, sendBack } from '../hands.ts'

const decides = (
  id: 'countyDecides' | 'city' | 'province',
  zh: string,
  en: string,
  post: Step['post'],
  act: NonNullable<Step['act']>,
  cites: 'REP-04' | 'REP-05' | 'REP-06',
): Step => ({
  id,
  kind: 'decision',
  zh,
  en,
  post,
  act,
  form: [
    {
      id: 'opinion',
      kind: 'long',
      zh: id === 'countyDecides' ? '县级意见' : '上级意见',
      en: 'Decision',
      required: true,
      max: 1000,
    },
  ],
  ways: [approve('tell', { papers: ['D15'], cites: [cites] }), deny({ papers: ['D15'], cites: [cites] })],
})

/** 病情复查延期 (REP-04 … REP-06): a medical review put off; who decides follows from how long. */
export const medicalReview = procedure({
  id: 'medicalReview',
  room: 'permits',
  zh: '病情复查延期审批',
  en: 'Medical review put off',
  says: {
    zh: '保外就医人员延长病情复查、报告期限的，按延长时间由县级、上一级或省级批准，并告知县级人民检察院。',
    en: 'Putting off the medical review of a person on medical parole is decided by county, city or province, by its length; the procuratorate is told.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  once: true,
  may: 'permit.edit',
  cites: ['REP-04', 'REP-05', 'REP-06'],
  form: [
    { id: 'state', kind: 'code', set: 'parolePhysical', zh: '身体状况', en: 'Condition', required: true },
    { id: 'illness', kind: 'text', zh: '病情', en: 'Illness', required: true, max: 200, column: true },
    pastDay('lastReview', '上次复查日', 'Last review'),
    {
      id: 'months',
      kind: 'number',
      zh: '延长时间',
      en: 'Put off by',
      required: true,
      min: 0.1,
      max: 24,
      unit: { zh: '个月', en: 'months' },
      column: true,
    },
    { id: 'hospital', kind: 'text', zh: '复查医院', en: 'Hospital', required: true, max: 100 },
    reason(),
    proof,
  ],
  steps: [
    officeSays('countyDecides', undefined, ['county']),
    {
      id: 'county',
      kind: 'opinion',
      zh: '县级意见，逐级上报',
      en: 'Opinion of the county, passed up',
      post: 'county',
      form: [countyOpinion],
      ways: [
        { id: 'report', zh: '上报', en: 'Pass up', to: 'city', or: ['cityOpinion'], tone: 'on', cites: ['REP-05'] },
        sendBack('office'),
      ],
    },
    {
      id: 'cityOpinion',
      kind: 'opinion',
      zh: '市级意见，报省级',
      en: 'Opinion of the city, passed up',
      post: 'city',
      form: [opinion('市级意见')],
      ways: [
        { id: 'report', zh: '上报省级', en: 'Pass up', to: 'province', tone: 'on', cites: ['REP-06'] },
        sendBack('county'),
      ],
    },
    decides('countyDecides', '县级审批', 'Decision of the county', 'county', 'medicalReviewUnder1Month', 'REP-04'),
    decides('city', '上一级审批', 'Decision of the next level', 'city', 'medicalReviewUnder3Months', 'REP-05'),
    decides('province', '省级审批', 'Decision of the province', 'province', 'medicalReviewFrom3Months', 'REP-06'),
    {
      id: 'tell',
      kind: 'work',
      zh: '告知本人、县级人民检察院',
      en: 'Tell the person and the procuratorate',
      post: 'county',
      form: [
        pastDay('personOn', '告知本人之日', 'Person told on'),
        pastDay('procuratorateOn', '告知检察院之日', 'Procuratorate told on'),
        { id: 'nextReview', kind: 'day', zh: '下次复查最迟', en: 'Next review by', required: true, limit: 'future' },
      ],
      ways: [{ id: 'told', zh: '已告知', en: 'Told', to: 'approved', tone: 'on', cites: ['REP-06'] }],
    },
  ],
  ends: [approved, refused],
})
