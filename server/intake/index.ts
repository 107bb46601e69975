import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { declareTaskKind } from '../core/tasks.ts'
import { declareAssessment, withdrawnTask } from './assessment.ts'
import { watchOpinions } from './desk/papers.ts'
import { entrustmentHandlers } from './http.ts'
import { invitees } from './inviting.ts'
import { declareJoining } from './joining.ts'
import { declarePlanning } from './planning.ts'
import { declareReception } from './reception.ts'

/** Intake (接收入矫): from the question of a court to the plan, and the door at which other organs entrust the county. */
export function intake(house: House): Room {
  declareAssessment()
  watchOpinions(house)
  declareReception()
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
    en: 'Attend an announcement',
    may: 'task.see',
  })
  declareTaskKind(invitees.village.kind, {
    zh: '参加入矫宣告（村居委）',
    en: 'Attend an announcement',
    may: 'task.see',
  })
  return { http: [entrustmentHandlers(house)] }
}
