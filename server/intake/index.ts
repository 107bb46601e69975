import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { declareTaskKind } from '../core/tasks.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declareAssessment, withdrawnTask } from './assessment.ts'
import { watchOpinions } from './desk/papers.ts'
import { entrustmentHandlers } from './http.ts'
import { invitees } from './inviting.ts'
import { declareJoining } from './joining.ts'
import { declareMovedIn } from './moved-in.ts'
import { declarePlanning } from './planning.ts'
import { declareReception } from './reception.ts'
import { declareRecordCorrection } from './record-correction.ts'

/** Intake (接收入矫): from the question of a court to the plan, and the door at which other organs entrust the county. */
export function intake(house: House, doors: { readonly devices: Pick<DevicesDoor, 'shorten'> }): Room {
  declareAssessment()
  watchOpinions(house)
  declareReception()
  declareMovedIn()
  declareRecordCorrection(doors.devices)
  declareJoining()
  declarePlanning()
  declareTaskKind(withdrawnTask, {
    zh: '委托机关撤回委托',
    en: 'Assessment taken back',
    may: 'matter.see',
    toKnow: true,
  })
  declareTaskKind(invitees.police.kind, {
    zh: '参加入矫宣告（社区民警）',
    en: 'Attend the announcement',
    may: 'task.see',
    among: ['communityPolice'],
  })
  // The committee may send the volunteer of the correction team in its place (矩阵“入矫/解矫宣告”：志愿者到场).
  declareTaskKind(invitees.village.kind, {
    zh: '参加入矫宣告（村居委）',
    en: 'Attend the announcement',
    may: 'task.see',
    among: ['villageCommittee', 'volunteer'],
  })
  return { http: [entrustmentHandlers(house)] }
}
