import type { Field, Step } from '../describe.ts'

/** Words of an opinion: what the office and the county write under an application; papers take them by their labels. */
export const officeOpinion: Field = {
  id: 'opinion',
  kind: 'long',
  zh: '司法所意见',
  en: 'Opinion of the office',
  required: true,
  max: 1000,
}
export const countyOpinion: Field = {
  id: 'opinion',
  kind: 'long',
  zh: '县级意见',
  en: 'Opinion of the county',
  required: true,
  max: 1000,
}

/** 司法所意见: the head of the office supports it or doubts it; either way the county decides. */
export const officeSays = (to = 'county'): Step => ({
  id: 'office',
  kind: 'opinion',
  zh: '司法所意见',
  en: 'Opinion of the office',
  post: 'officeHead',
  form: [officeOpinion],
  ways: [
    { id: 'support', zh: '同意上报', en: 'Support', to, tone: 'on' },
    { id: 'doubt', zh: '不同意,仍上报', en: 'Doubt, pass on', to, tone: 'on' },
  ],
})

export const proof: Field = { id: 'proof', kind: 'files', zh: '证明材料', en: 'Proof' }
export const reason = (max = 1000): Field => ({
  id: 'why',
  kind: 'long',
  zh: '理由',
  en: 'Reason',
  required: true,
  max,
})
