import { Refused } from '@zhijiao/contract/client'
import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import { positions } from '@zhijiao/contract/positions'
import { useSyncExternalStore } from 'react'
import { call, refresh } from '../../ui/api.ts'
import { doubted } from '../../ui/session.ts'
import { FileFault, isGzip, isOffice } from '../history/lines.ts'

/** Largest file that goes in one piece, bytes. */
const mostSent = 20 * 1024 * 1024

export type Mode = 'add' | 'replace'

/** What is sent. */
export interface Wish {
  readonly file: File
  readonly source: string
  readonly mode: Mode
  /** Judged only; nothing comes in. */
  readonly trial: boolean
}
/** An import under way or done: it goes on while its screen is left by the tab strip, and is there when one comes back. */
export interface CellRun extends Wish {
  readonly answer: AnswerOf<SpecOf<(typeof positions)['importCells']>> | null
  readonly error: unknown
  readonly startedAt: number
  readonly endedAt: number | null
}

let run: CellRun | null = null
let owner = ''
const listeners = new Set<() => void>()
const tell = (next: CellRun | null) => {
  run = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The last import of an account; of another one nothing is shown. */
export function useCellRun(account: string): CellRun | null {
  if (owner !== account) {
    owner = account
    run = null
  }
  return useSyncExternalStore(subscribe, () => run)
}

/** Closing the window would end what is under way. */
const hold = (event: BeforeUnloadEvent) => event.preventDefault()

export async function startCellRun(wish: Wish): Promise<void> {
  const mine = owner
  const begun: CellRun = { ...wish, answer: null, error: null, startedAt: Date.now(), endedAt: null }
  const end = (how: Partial<CellRun>) => {
    if (owner === mine) tell({ ...begun, ...how, endedAt: Date.now() })
  }
  const { file, source, mode, trial } = wish
  window.addEventListener('beforeunload', hold)
  tell(begun)
  try {
    await readable(file)
    const body = { source, mode, dryRun: trial }
    end({ answer: await call(positions.importCells, { body, file, fileName: file.name }) })
  } catch (error) {
    if (error instanceof Refused && error.status === 401) void doubted()
    end({ error })
  } finally {
    window.removeEventListener('beforeunload', hold)
    if (!trial) refresh('positions')
  }
}

/** What a person gets wrong before anything is sent. @throws FileFault */
async function readable(file: File): Promise<void> {
  if ((await isOffice(file)) || (await isGzip(file)))
    throw new FileFault({
      zh: '这是 Excel 或压缩文件。请在 Excel 中另存为 CSV（逗号分隔），或解压后再选。',
      en: 'This is an Excel file or an archive. Save it as CSV (comma separated), or unpack it, and choose that.',
    })
  if (file.size > mostSent)
    throw new FileFault({
      zh: '文件超过 20 MB。请按地区拆成几个文件，用“添加”依次导入。',
      en: 'The file is more than 20 MB. Split it by area and import the parts one after the other by “Add”.',
    })
}
