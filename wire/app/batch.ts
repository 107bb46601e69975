import type { Fault, RefusedEntry } from './fault.ts'
import { readFix } from './fix.ts'
import { isRecord, Reading } from './reading.ts'
import type { AppBatch, AppEvent, AppEventKind, AppFix } from './types.ts'

/** Most fixes one batch may carry: 72 hours of the phone's store at one a minute, with room. */
export const MAX_FIXES = 5000
export const MAX_EVENTS = 2000

const KINDS: ReadonlySet<string> = new Set<AppEventKind>([
  'sos',
  'rebooted',
  'powerOff',
  'powerOn',
  'lowBattery',
  'locationOff',
  'locationOn',
  'simRemoved',
  'fenceIn',
  'fenceOut',
])

const isKind = (text: string): text is AppEventKind => KINDS.has(text)

/** A batch as far as it can be read. */
export interface ReadBatch {
  readonly batch: AppBatch
  /** Entries that could not be read. They are answered as received, or the phone would send them for ever. */
  readonly refused: readonly RefusedEntry[]
  /** Fields that a fix can do without and that could not be read. */
  readonly ignored: readonly Fault[]
}

/**
 * Reads the body that our own phone app posts. An entry that lacks what it cannot do without (number, times, place) is left
 * out and named; so is a field it can do without. What is wrong is told and counted, so that a faulty release is seen at
 * once, and costs no good neighbour. Only a body whose frame cannot be read is refused as a whole. Never throws.
 */
export function parseBatch(body: string): ({ ok: true } & ReadBatch) | { ok: false; fault: Fault } {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { ok: false, fault: { at: '', problem: 'notJson' } }
  }
  if (!isRecord(json)) return { ok: false, fault: { at: '', problem: 'notAnObject' } }
  const reading = new Reading('', json)
  const seen = new Set<number>()
  const frame = {
    install: reading.text('install', 64),
    bootId: reading.text('bootId', 64),
    wallClockAtSend: reading.millis('wallClockAtSend', 8.64e15),
    elapsedRealtimeAtSend: reading.millis('elapsedRealtimeAtSend', Number.MAX_SAFE_INTEGER),
  }
  const fixes = reading.list('fixes', MAX_FIXES, (one) => once(seen, one, readFix(one)))
  const events = reading.list('events', MAX_EVENTS, (one) => once(seen, one, readEvent(one)))
  if (reading.fault) return { ok: false, fault: reading.fault }
  return { ok: true, batch: { ...frame, fixes, events }, refused: reading.refused, ignored: reading.ignored }
}

function readEvent(reading: Reading): AppEvent {
  const seq = reading.integer('seq', 1, Number.MAX_SAFE_INTEGER)
  const t = reading.millis('t', 8.64e15)
  const elapsedRealtime = reading.unsignedOrNull('elapsedRealtime', Number.MAX_SAFE_INTEGER)
  const kind = reading.text('kind', 32)
  if (isKind(kind)) return { seq, t, elapsedRealtime, kind }
  reading.refuse('kind', 'unknownValue')
  return { seq, t, elapsedRealtime, kind: 'sos' }
}

/** Fixes and events share one numbering; of a number that comes twice in a batch the first stands. */
function once<Entry extends AppFix | AppEvent>(seen: Set<number>, reading: Reading, entry: Entry): Entry {
  if (reading.fault === null && seen.has(entry.seq)) reading.refuse('seq', 'repeated')
  else if (reading.fault === null) seen.add(entry.seq)
  return entry
}
