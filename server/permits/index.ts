import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { declareTaskKind } from '../core/tasks.ts'
import { leaveHandlers } from './http.ts'
import { watchReturns } from './jobs.ts'

/** Permits (许可): so far leave, which the engine reads to let boundary alarms rest. */
export function permits(house: House): Room {
  declareTaskKind('leave.decide', { zh: '外出请假审批', en: 'Decide on leave', may: 'leave.approve' })
  declareTaskKind('leave.return', { zh: '逾期未销假', en: 'Not back from leave', may: 'leave.edit' })
  declareTaskKind('leave.tellProcuratorate', {
    zh: '通报检察院',
    en: 'Tell the procuratorate',
    may: 'leave.approve',
  })
  return { http: [leaveHandlers(house)], background: { worker: () => watchReturns(house) } }
}
