import { createHash } from 'node:crypto'
import { writeAudit } from '../core/audit.ts'
import { standingOf } from '../core/auth/standing.ts'
import type { House } from '../core/house.ts'
import type { Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import type { Maker } from './index.ts'
import { type DownloadRow, downloadQueue } from './store.ts'

/** How often the worker looks for something to make, milliseconds. */
const tickMs = 1000
/** Least time between two signs of progress, milliseconds. */
const beatMs = 500

/** Makes one file after the other, and clears what has expired. */
export async function makeDownloads(house: House, makers: Readonly<Record<string, Maker>>): Promise<Stop> {
  const queue = downloadQueue(house.databases.system)
  return inRounds(house, { everyMs: tickMs, waits: 'downloads not made, trying again' }, async (going) => {
    await queue.expire(house.chance.now())
    for (let row = await queue.take(house.chance.now()); row && going(); row = await queue.take(house.chance.now()))
      await makeOne(house, makers, row)
  })
}

async function makeOne(house: House, makers: Readonly<Record<string, Maker>>, row: DownloadRow): Promise<void> {
  const queue = downloadQueue(house.databases.system)
  const now = house.chance.now()
  const owner = await queue.owner(row.staff_id)
  const standing = owner ? standingOf(owner.roles, owner.designations) : null
  const maker = makers[row.kind]
  const finish = (outcome: string, rows?: number) =>
    writeAudit(house.databases.system, house.chance, {
      request: row.request,
      phase: 'result',
      act: 'export',
      promise: row.kind,
      staff: owner ? { id: owner.id, name: owner.name, org: owner.org_code } : null,
      roles: owner?.roles ?? [],
      reason: row.reason,
      detail: { download: row.id },
      outcome,
      ...(rows === undefined ? {} : { rows }),
    })
  try {
    if (!maker || !owner || !standing?.permissions.has(maker.may as never)) {
      await queue.failed(row.id, new Date(now))
      await finish('ZJ_NOT_ALLOWED')
      return
    }
    let told = 0
    let done = 0
    const file = await maker.make(row.wish, {
      who: {
        staff: { id: owner.id, name: owner.name, number: owner.number, org: owner.org_code },
        eyes: { staff: owner.id, unit: owner.org_code, reach: standing.reach, classes: standing.classes },
      },
      reason: row.reason,
      now,
      request: row.request,
      progress: (rows) => {
        done = rows
        if (Date.now() - told < beatMs) return
        told = Date.now()
        void queue.beat(row.id, rows, house.chance.now()).catch(() => undefined)
      },
    })
    const content = await whole(file.content)
    const sha256 = createHash('sha256').update(content).digest()
    await queue.ready(
      row.id,
      {
        file_name: file.name,
        mime: file.mime,
        content,
        sha256,
        done,
        reach: standing.reach,
        classes: [...standing.classes],
      },
      new Date(house.chance.now()),
    )
    await finish('ok', done)
  } catch (error) {
    house.log.warn({ download: row.id, why: error instanceof Error ? error.message : '' }, 'a download failed')
    await queue.failed(row.id, new Date(house.chance.now()))
    await finish('ZJ_UNEXPECTED')
  }
}

async function whole(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (content instanceof Uint8Array) return Buffer.from(content)
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
