import { mayBeShown } from '../core/apart.ts'
import type { House } from '../core/house.ts'
import { settled } from '../core/refusals.ts'
import type { Room } from '../core/room.ts'
import { declareTaskKind, handOutcome } from '../core/tasks.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { unitOfCaller } from './away-store.ts'
import { noteFiling } from './county-note.ts'
import { exitBanHandlers } from './exit-bans.ts'
import { watchPastLeaves } from './filing.ts'
import { leaveHelpHandlers } from './help.ts'
import { leaveHandlers } from './http.ts'
import { watchReturns } from './jobs.ts'
import { declareOrigins } from './origins.ts'
import { practisePermits } from './practices/index.ts'
import { withdrawnTask } from './practices/objection.ts'

/**
 * Permits (许可): leave, and the approvals that the procedure engine runs. What they allow the alarm engine reads, to let
 * alarms rest.
 */
export function permits(house: House, doors: { readonly devices: DevicesDoor }): Room {
  practisePermits(doors.devices)
  declareOrigins(doors.devices)
  declareTaskKind('leave.decide', { zh: '外出请假审批', en: 'Decide on leave', may: 'leave.approve' })
  declareTaskKind('leave.return', { zh: '逾期未销假', en: 'Not back from leave', may: 'leave.edit' })
  declareTaskKind('leave.tellProcuratorate', {
    zh: '通报检察院',
    en: 'Tell the procuratorate',
    may: 'leave.approve',
    byHand: {},
    outcome: handOutcome,
  })
  declareTaskKind('leave.file', {
    zh: '外出批准备案',
    en: 'Take note of a leave',
    may: 'leave.approve',
    toKnow: true,
    // Whoever takes note of it at the workbench has it filed, as the list of leaves does.
    told: async ({ db, ledger }, task, { what, by, at }) => {
      if (what === 'claim' && by)
        settled(await noteFiling({ db, ledger }, task.subject_id, { id: by.id, unit: await unitOfCaller(db) }, at))
    },
  })
  declareTaskKind('leave.contact', { zh: '外出期间联系核查', en: 'Call somebody on leave', may: 'leave.edit' })
  declareTaskKind('leave.assist', {
    zh: '协助监管外出人员',
    en: 'Help with somebody on leave',
    may: 'leave.edit',
    fits: (db, task, who) => mayBeShown(db, task.subject_id, who),
  })
  declareTaskKind(withdrawnTask, {
    zh: '异议已撤回',
    en: 'Objection taken back',
    may: 'matter.see',
    toKnow: true,
  })
  declareTaskKind('leave.travelExpiry', { zh: '经常性跨市县活动到期', en: 'Recurrent travel ends', may: 'permit.edit' })
  return {
    http: [leaveHandlers(house), leaveHelpHandlers(house), exitBanHandlers(house)],
    background: {
      worker: async () => {
        const jobs = [await watchReturns(house), await watchPastLeaves(house)]
        return async () => {
          for (const stop of jobs) await stop()
        }
      },
    },
  }
}
