import { legalDayOf } from '@zhijiao/law/civil-date'
import type { ActivationRow, DevicesDoor } from '../devices/index.ts'
import { dayWritten, declareOrigin, type Origin } from '../procedures/index.ts'
import { contestable } from './domain.ts'
import { leaveStore, type ShownLeave } from './store.ts'

const present = <T>(found: readonly (T | null | undefined)[]): T[] => found.filter((one): one is T => one != null)

const stateWords: Readonly<Record<ShownLeave['state'], { zh: string; en: string }>> = {
  asked: { zh: '待审批', en: 'to be decided' },
  approved: { zh: '批准', en: 'approved' },
  refused: { zh: '不批准', en: 'refused' },
  returned: { zh: '已销假', en: 'returned' },
  cancelled: { zh: '撤销批准', en: 'approval taken back' },
}

/** A leave as what an objection is against: whoever decided, gave an opinion or took it back had a hand in it. */
const ofLeave = (row: ShownLeave): Origin => ({
  kind: 'leave',
  id: row.id,
  person: row.person_id,
  name: { zh: '外出请假', en: 'Leave' },
  said: {
    zh: `外出请假（${row.destination}，${dayWritten(row.from_day)}至${dayWritten(row.until_day)}）：${stateWords[row.state].zh}`,
    en: `Leave (${row.destination}, ${row.from_day} to ${row.until_day}): ${stateWords[row.state].en}`,
  },
  on: legalDayOf((row.decided_at ?? row.asked_at).getTime()),
  by: row.decider ?? '',
  // An approval that was taken back, whoever gave it, was taken back below.
  ...(row.state === 'refused' && row.competent === 'city' ? { above: 'city' as const } : {}),
  hands: present([row.decided_by, row.cancelled_by, row.opinions.office?.byId, row.opinions.county?.byId]),
  contestable: contestable({ state: row.state, decided: row.decided_at !== null }),
})

/** An article 29 term approved at the desk of the activations; one that a matter asked for is contested by the matter. */
const ofTerm = (row: ActivationRow): Origin => {
  const [from, until] = [legalDayOf(row.starts_at.getTime()), legalDayOf(row.ends_at.getTime() - 1)]
  return {
    kind: 'term',
    id: row.id,
    person: row.person_id,
    name: { zh: '电子定位装置审批', en: 'Electronic positioning device' },
    said: {
      zh: `批准${row.extends ? '延长' : ''}使用电子定位装置（${dayWritten(from)}至${dayWritten(until)}）`,
      en: `Electronic positioning device ${row.extends ? 'extended' : 'approved'} (${from} to ${until})`,
    },
    on: legalDayOf((row.approved_at ?? row.proposed_at).getTime()),
    by: row.approver,
    above: 'bureauHead',
    hands: present([row.proposed_by, row.approver_id]),
    contestable:
      row.regime === 'device' && row.matter_id === null && (row.state === 'running' || row.state === 'ended'),
  }
}

/** Makes decisions of this room and of the devices' desk known to whoever contests them. */
export function declareOrigins(devices: Pick<DevicesDoor, 'term' | 'termsOf'>): void {
  declareOrigin('leave', {
    async one(db, id) {
      const row = await leaveStore(db).find(id)
      return row && ofLeave(row)
    },
    ofPerson: async (db, person) => (await leaveStore(db).ofPerson(person)).map(ofLeave),
  })
  declareOrigin('term', {
    async one(db, id) {
      const row = await devices.term(db, id)
      return row ? ofTerm(row) : undefined
    },
    ofPerson: async (db, person) => (await devices.termsOf(db, person)).map(ofTerm),
  })
}
