import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Inside, Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import { endSettled, fileSettled } from '../people/index.ts'
import { type LeaveRow, leaveStore } from './store.ts'

const approvedBy: Readonly<Record<LeaveRow['competent'], string>> = {
  office: '司法所',
  county: '县级社区矫正机构',
  city: '市级社区矫正机构',
}

/** Brings the file (一人一档, 外出) to where these leaves stand: granted, back, or taken back after it was granted. */
export async function fileLeaves(inside: Inside, house: House, ids: readonly string[]): Promise<void> {
  const rows = await leaveStore(inside.db).withIds(ids)
  await fileSettled(
    inside,
    house,
    rows
      .filter(({ state }) => state === 'approved' || state === 'returned')
      .map((row) => ({
        person: row.person_id,
        part: 'leave',
        data: {
          reason: row.reason,
          destination: row.destination.slice(0, 120),
          from: row.from_day,
          until: row.until_day,
          returnedOn: row.returned_on ?? undefined,
          approver: approvedBy[row.competent],
        },
        source: { kind: 'leave', id: row.id },
        by: row.decided_by,
        at: (row.decided_at ?? row.asked_at).getTime(),
        imported: row.imported,
      })),
  )
  for (const { id, state, cancelled_by } of rows)
    if (state === 'cancelled') await endSettled(inside, id, cancelled_by, house.chance.now(), '外出批准已撤销')
}

const everyMs = 24 * 3_600_000
const atOnce = 200

/** Files leaves of before they were filed by themselves (existing installations), each once; at the start and once a day. */
export async function filePastLeaves(house: House, going: () => boolean = () => true): Promise<void> {
  const { system } = house.databases
  let after: string | null = null
  while (going()) {
    const rows = await system.transaction().execute((db) => leaveStore(db).unfiled(after, atOnce))
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    for (const { id, org_code } of rows)
      try {
        await system.transaction().execute(async (db) => {
          const law = await lawFor(house, org_code, house.chance.now())
          const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
          await fileLeaves({ db, ledger }, house, [id])
        })
      } catch (error) {
        house.log.error({ leave: id, err: error instanceof Error ? error.message : '' }, 'not filed')
      }
  }
}

export async function watchPastLeaves(house: House): Promise<Stop> {
  return inRounds(house, { everyMs, waits: 'past leaves were not filed' }, (going) => filePastLeaves(house, going))
}
