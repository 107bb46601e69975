import { downloadDays } from '@zhijiao/contract/downloads'
import type { FileAnswer } from '@zhijiao/contract/kernel'
import type { Session } from '../core/auth/session.ts'
import type { Eyes } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Json } from '../core/ledger/canonical.ts'
import { refuse } from '../core/refusals.ts'
import type { Circumstances, Inside, Room } from '../core/room.ts'
import { downloadHandlers } from './http.ts'
import { makeDownloads } from './jobs.ts'
import { TooManyOpen } from './refusals.ts'
import { downloadStore } from './store.ts'

/** On whose behalf a file is made. */
export interface Exporter {
  readonly staff: { readonly id: string; readonly name: string; readonly number: string; readonly org: string }
  readonly eyes: Eyes
}

/** What a room can make in the background: asked with what it wished for then, for whoever wished it. */
export interface Maker {
  /** Permission that whoever asked must still hold when it is made. */
  readonly may: string
  make(
    wish: Json,
    about: { who: Exporter; reason: string; now: number; request: string; progress(done: number): void },
  ): Promise<FileAnswer>
}

/** Files of one account that may be in the making at once. */
const mostOpen = 3

/** Asks for an export in the background; answers its number in the download centre. */
export async function askDownload(
  { db }: Inside,
  wish: { kind: string; title: string; reason: string; wish: unknown; total: number; request: string },
  who: Session,
  { now, id }: Circumstances,
): Promise<string> {
  const store = downloadStore(db)
  const open = await store.open()
  if (open >= mostOpen) throw refuse(TooManyOpen, { open })
  const download = id()
  await store.add({
    ...wish,
    id: download,
    staff_id: who.staff.id,
    org_code: who.staff.org,
    state: 'waiting',
    done: 0,
    beat_at: null,
    file_name: null,
    mime: null,
    content: null,
    sha256: null,
    asked_at: new Date(now),
    ended_at: null,
    expires_at: new Date(now + downloadDays * 86_400_000),
    reach: null,
    classes: [],
  })
  return download
}

/** The download centre (下载中心) and the saved questions of lists (常用查询). */
export function downloads(house: House, makers: Readonly<Record<string, Maker>>): Room {
  return { http: downloadHandlers(makers), background: { worker: () => makeDownloads(house, makers) } }
}
