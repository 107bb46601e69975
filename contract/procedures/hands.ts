import type { Act } from '@zhijiao/law/competence'
import type { End, Field, Step, Way } from './describe.ts'
import { opinion, pastMoment } from './entries.ts'

/** Through whose hands a business goes: the steps and ways that several rooms have alike. */

/** Words of an opinion under an application: what the office and the county write. */
export const officeOpinion = opinion('司法所意见', 'Opinion of the office')
export const countyOpinion = opinion('县级意见', 'Opinion of the county')

/** 司法所意见: the head of the office writes what he thinks of it. */
export const headOfOffice = (id: string, says: Field, ways: readonly Way[]): Step => ({
  id,
  kind: 'opinion',
  zh: '司法所意见',
  en: 'Opinion of the office',
  post: 'officeHead',
  form: [says],
  ways,
})

/** He supports it or doubts it; either way it goes on to the county, or where competence sends it (`or`). */
export const officeSays = (to = 'county', says: Field = officeOpinion, or: readonly string[] = []): Step => {
  const on = { to, tone: 'on', ...(or.length > 0 ? { or } : {}) } as const
  return headOfOffice('office', says, [
    { id: 'support', zh: '同意上报', en: 'Support', ...on },
    { id: 'doubt', zh: '不同意，仍上报', en: 'Doubt, pass on', ...on },
  ])
}

/** 县级审批: the county agency decides under a row of the permission matrix. */
export const countyDecides = (act: Act, ways: readonly Way[], says: Field = countyOpinion): Step => ({
  id: 'county',
  kind: 'decision',
  zh: '县级审批',
  en: 'Decision of the county',
  post: 'county',
  act,
  form: [says],
  ways,
})

/** What a way brings beside its name and where it leads: papers, the rules it rests on. */
type Brings = Omit<Way, 'id' | 'zh' | 'en' | 'to' | 'tone'>
export const approve = (to: string, brings: Brings): Way => ({
  id: 'approve',
  zh: '批准',
  en: 'Approve',
  to,
  tone: 'on',
  ...brings,
})
export const refuse = (brings: Brings = {}): Way => ({
  id: 'refuse',
  zh: '不批准',
  en: 'Refuse',
  to: 'refused',
  tone: 'no',
  ...brings,
})
/** 不批准 of what the person asked for: he may contest it. */
export const deny = (brings: Brings = {}): Way => refuse({ ...brings, contestable: true })
/** 立即报告 (IM 52): police, the level above and the procuratorate are told at once, before anything else is asked. */
export const toldAtOnce = (zh: string, en: string, to: string, more: readonly Field[] = []): Step => ({
  id: 'alarm',
  kind: 'work',
  zh,
  en,
  post: 'county',
  clock: { rule: 'END-05' },
  form: [
    pastMoment('policeAt', '报告公安机关时间', 'Police told'),
    pastMoment('cityAt', '报告上一级时间', 'Superior told'),
    pastMoment('procuratorateAt', '通报检察院时间', 'Procuratorate told'),
    ...more,
  ],
  ways: [{ id: 'told', zh: '已报告', en: 'Told', to, tone: 'on', cites: ['END-05'] }],
})
/** Back to whoever has to mend it. */
export const sendBack = (to: string, zh = '退回补正'): Way => ({ id: 'return', zh, en: 'Return', to, tone: 'back' })
/** What is prepared for another organ is signed by the head of the county agency, or goes nowhere. */
export const submitToSign: Way = { id: 'submit', zh: '报负责人签发', en: 'Submit', to: 'sign', tone: 'on' }
export const doNotPropose = (to = 'dropped', brings: Brings = {}): Way => ({
  id: 'drop',
  zh: '不予提请',
  en: 'Do not propose',
  to,
  tone: 'no',
  ...brings,
})
export const notProposed: End = { id: 'dropped', zh: '不予提请', en: 'Not proposed', tone: 'no' }
