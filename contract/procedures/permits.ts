import { approved, type Procedure, procedure, refused } from './describe.ts'
import { opinion, proof, reason } from './entries.ts'
import { approve, countyDecides, deny, officeSays, sendBack } from './hands.ts'
import { deviceUse } from './permits/device-use.ts'
import { exitBan, exitBanLifting } from './permits/exit-ban.ts'
import { objection } from './permits/objection.ts'
import { restrictedPlace } from './permits/places.ts'
import { prisonFile } from './permits/prison-file.ts'
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
    zh: '接触被害人、控告人、举报人、同案犯等特定人员前，由县级社区矫正机构批准。',
    en: 'Meeting a victim, accuser, informant or accomplice is approved by the county agency beforehand.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  may: 'permit.edit',
  cites: ['CON-01'],
  form: [
    { id: 'whom', kind: 'text', zh: '会见人', en: 'Whom', required: true, max: 60, column: true },
    { id: 'relation', kind: 'text', zh: '关系', en: 'Relation', required: true, max: 60 },
    { id: 'day', kind: 'day', zh: '会见日期', en: 'Day', required: true, limit: 'future', column: true },
    { id: 'where', kind: 'text', zh: '时间地点', en: 'Time and place', required: true, max: 200 },
    reason(),
    proof,
  ],
  steps: [
    officeSays('county', opinion('司法所意见')),
    countyDecides(
      'contact',
      [
        approve('approved', { papers: ['D13', 'D15'], cites: ['CON-01'] }),
        sendBack('office'),
        deny({ papers: ['D15'], cites: ['CON-01'] }),
      ],
      opinion('县级意见'),
    ),
  ],
  ends: [approved, refused],
})

export const permitProcedures: readonly Procedure[] = [
  recurrentTravel,
  relocation,
  prisonFile,
  contact,
  restrictedPlace,
  medicalReview,
  deviceUse,
  exitBan,
  exitBanLifting,
  objection,
]
