import { approved, type Procedure, procedure, refused } from './describe.ts'
import { deviceUse } from './permits/device-use.ts'
import { exitBan, exitBanLifting } from './permits/exit-ban.ts'
import { objection } from './permits/objection.ts'
import { restrictedPlace } from './permits/places.ts'
import { relocation } from './permits/relocation.ts'
import { medicalReview } from './permits/review.ts'
import { recurrentTravel } from './permits/travel.ts'

/** 会客: meeting a victim, accuser, informant or accomplice needs the county's approval (IM 25, CON-01). */
export const contact = procedure({
  id: 'contact',
  room: 'permits',
  zh: '会客审批',
  en: 'Contact permit',
  says: {
    zh: '接触被害人、控告人、举报人、同案犯等特定人员前,由县级社区矫正机构批准。',
    en: 'Meeting a victim, accuser, informant or accomplice is approved by the county agency beforehand.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  may: 'permit.edit',
  cites: ['CON-01'],
  contestable: true,
  form: [
    { id: 'whom', kind: 'text', zh: '会见人', en: 'Whom', required: true, max: 60, column: true },
    { id: 'relation', kind: 'text', zh: '关系', en: 'Relation', required: true, max: 60 },
    { id: 'day', kind: 'day', zh: '会见日期', en: 'Day', required: true, limit: 'future', column: true },
    { id: 'where', kind: 'text', zh: '时间地点', en: 'Time and place', required: true, max: 200 },
    { id: 'why', kind: 'long', zh: '理由', en: 'Reason', required: true, max: 1000 },
    { id: 'proof', kind: 'files', zh: '证明材料', en: 'Proof' },
  ],
  steps: [
    {
      id: 'office',
      kind: 'opinion',
      zh: '司法所意见',
      en: 'Opinion of the office',
      post: 'officeHead',
      form: [{ id: 'opinion', kind: 'long', zh: '司法所意见', en: 'Opinion', required: true, max: 1000 }],
      ways: [
        { id: 'support', zh: '同意上报', en: 'Support', to: 'county', tone: 'on' },
        { id: 'doubt', zh: '不同意,仍上报', en: 'Doubt, pass on', to: 'county', tone: 'on' },
      ],
    },
    {
      id: 'county',
      kind: 'decision',
      zh: '县级审批',
      en: 'Decision of the county',
      post: 'county',
      act: 'contact',
      form: [{ id: 'opinion', kind: 'long', zh: '县级意见', en: 'Opinion', required: true, max: 1000 }],
      ways: [
        {
          id: 'approve',
          zh: '批准',
          en: 'Approve',
          to: 'approved',
          tone: 'on',
          papers: ['D13', 'D15'],
          cites: ['CON-01'],
        },
        { id: 'return', zh: '退回补正', en: 'Return', to: 'office', tone: 'back' },
        { id: 'refuse', zh: '不批准', en: 'Refuse', to: 'refused', tone: 'no', papers: ['D15'], cites: ['CON-01'] },
      ],
    },
  ],
  ends: [approved, refused],
})

export const permitProcedures: readonly Procedure[] = [
  recurrentTravel,
  relocation,
  contact,
  restrictedPlace,
  medicalReview,
  deviceUse,
  exitBan,
  exitBanLifting,
  objection,
]
