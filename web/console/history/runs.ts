import { Refused } from '@zhijiao/contract/client'
import type { HistoryKind } from '@zhijiao/contract/history'
import { positions } from '@zhijiao/contract/positions'
import { useSyncExternalStore } from 'react'
import { call, refresh } from '../../ui/api.ts'
import { doubted } from '../../ui/session.ts'
import { type Answer, nameOf, refreshedBy, sentBy } from './kinds.ts'
import { faultsByRow, type Left } from './left.ts'
import { batchesOf, FileFault, isGzip, type Line, readLines, textOf } from './lines.ts'

/** Largest file that goes as it is (tracks), bytes as it travels. */
const mostSent = 20 * 1024 * 1024

/** An import under way or done: it goes on while its screen is left by the tab strip, and is there when one comes back. */
export interface Run {
  readonly kind: HistoryKind
  /** Judged only; nothing comes in. */
  readonly trial: boolean
  readonly file: File
  readonly source: string
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  /** Rows sent and rows there are; no total: the file goes in one piece. */
  readonly done: number
  readonly total: number | null
  readonly created: number
  readonly known: number
  readonly left: readonly Left[]
  /** Lines that were left out, also those that nobody named. */
  readonly leftLines: number
  readonly tracks: { readonly activations: number; readonly days: number; readonly fixes: number } | null
  readonly error: unknown
  readonly startedAt: number
  readonly endedAt: number | null
}

let runs: ReadonlyMap<HistoryKind, Run> = new Map()
let owner = ''
const stopping = new Set<HistoryKind>()
const listeners = new Set<() => void>()

function tell(kind: HistoryKind, run: Run): void {
  runs = new Map(runs).set(kind, run)
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The imports of an account; of another one nothing is shown. */
export function useRuns(account: string): ReadonlyMap<HistoryKind, Run> {
  if (owner !== account) {
    owner = account
    runs = new Map()
  }
  return useSyncExternalStore(subscribe, () => runs)
}

/** Ends after the request under way; what came in stays. */
export const stopRun = (kind: HistoryKind): void => void stopping.add(kind)

/** Closing the window would end what is under way. */
const hold = (event: BeforeUnloadEvent) => event.preventDefault()

export async function startRun(kind: HistoryKind, file: File, source: string, trial: boolean): Promise<void> {
  const mine = owner
  let run: Run = {
    kind,
    trial,
    file,
    source,
    state: 'running',
    done: 0,
    total: null,
    created: 0,
    known: 0,
    left: [],
    leftLines: 0,
    tracks: null,
    error: null,
    startedAt: Date.now(),
    endedAt: null,
  }
  const go = (next: Partial<Run>) => {
    run = { ...run, ...next }
    if (owner === mine) tell(kind, run)
  }
  stopping.delete(kind)
  window.addEventListener('beforeunload', hold)
  go({})
  try {
    if (kind === 'tracks') go(await sendFile(file, source, trial))
    else await sendRows(kind, run, go, () => stopping.has(kind) || owner !== mine)
    go({ state: run.state === 'running' ? 'done' : run.state, endedAt: Date.now() })
  } catch (error) {
    if (error instanceof Refused && error.status === 401) void doubted()
    go({ state: 'failed', error, endedAt: Date.now() })
  } finally {
    window.removeEventListener('beforeunload', hold)
    if (!trial) refresh(...refreshedBy[kind])
  }
}

async function sendRows(
  kind: Exclude<HistoryKind, 'tracks'>,
  begun: Run,
  go: (next: Partial<Run>) => void,
  stops: () => boolean,
): Promise<void> {
  const { lines, left: unread } = readLines(await textOf(begun.file))
  const left: Left[] = [...unread]
  const bad = new Set(unread.map((l) => l.line))
  let [created, known, done] = [0, 0, 0]
  if (lines.length + unread.length === 0)
    throw new FileFault({
      zh: '文件是空的。请先下载样例，对照它的写法准备文件。',
      en: 'The file is empty. Download the example and prepare the file after it.',
    })
  go({ total: lines.length, left, leftLines: bad.size })
  for (const batch of batchesOf(lines)) {
    if (stops()) {
      go({ state: 'stopped' })
      return
    }
    const answer = await sendSome(kind, batch, begun.source, begun.trial)
    created += answer.created
    known += answer.known
    done += batch.length
    for (const one of answer.left) {
      left.push(one)
      bad.add(one.line)
    }
    go({ done, created, known, left: [...left].sort((a, b) => a.line - b.line), leftLines: bad.size })
  }
}

interface Some {
  readonly created: number
  readonly known: number
  readonly left: readonly Left[]
}

/** Sends rows; those that do not fit the schema are left out and named, and the others sent again without them. */
async function sendSome(
  kind: Exclude<HistoryKind, 'tracks'>,
  given: readonly Line[],
  source: string,
  trial: boolean,
): Promise<Some> {
  const { list, send } = sentBy[kind]
  const left: Left[] = []
  let rows = given
  while (rows.length > 0) {
    const sent = rows
    try {
      const answer = await send(
        sent.map((r) => r.value),
        source,
        trial,
      )
      return { created: answer.created, known: answer.known, left: [...left, ...named(answer, sent)] }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.status === 429) {
        await rest(error)
        continue
      }
      const faults = error.status === 400 ? faultsByRow(error.problem, list) : null
      if (!faults) throw error
      for (const [row, faulty] of faults) {
        const line = sent[row]
        if (!line) throw error
        for (const { field, why } of faulty)
          left.push({ line: line.line, of: nameOf(line.value), field, code: 'ZJ_INVALID', why })
      }
      rows = sent.filter((_, i) => !faults.has(i))
    }
  }
  return { created: 0, known: 0, left }
}

/** Waits as long as the server asks for. */
function rest({ problem }: Refused): Promise<void> {
  const after = Number(problem.data?.after)
  return new Promise((go) => setTimeout(go, 1_000 * (after > 0 && after < 120 ? after : 10)))
}

const named = ({ refused }: Answer, sent: readonly Line[]): Left[] =>
  refused.map(({ row, of, field, code, zh, en }) => ({
    line: sent[row - 1]?.line ?? row,
    of,
    field: field ?? '',
    code,
    why: { zh, en },
  }))

/** Terms and tracks refer to each other by names of their file, so the file goes in one piece, compressed. */
async function sendFile(file: File, source: string, trial: boolean): Promise<Partial<Run>> {
  // Read once for what a person gets wrong: an Excel file, another encoding, a damaged archive.
  await textOf(file)
  const packed = (await isGzip(file))
    ? file
    : await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob()
  if (packed.size > mostSent)
    throw new FileFault({
      zh: '文件压缩后超过 20 MB。请按人或按月拆成几个文件，每个文件都带上自己的定位启用行。',
      en: 'Compressed, the file is more than 20 MB. Split it by person or month; each part brings its own terms.',
    })
  const answer = await call(positions.importTracks, {
    body: { source, dryRun: trial },
    file: packed,
    fileName: file.name,
  })
  return {
    created: answer.activations,
    known: answer.known.activations,
    tracks: { activations: answer.activations, days: answer.days, fixes: answer.fixes },
    left: answer.refused.map(({ line, says, code, field }) => ({ line, of: '', field: field ?? '', code, why: says })),
    leftLines: answer.leftOut,
  }
}
