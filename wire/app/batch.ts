import type { Fault } from './fault.ts'
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

/**
 * Reads the body that our own phone app posts. Strict, because both ends are ours: one wrong field refuses the batch
 * and is named, so that a faulty release is seen at once instead of losing a field in silence. Never throws.
 */
export function parseBatch(body: string): { ok: true; batch: AppBatch } | { ok: false; fault: Fault } {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { ok: false, fault: { at: '', problem: 'notJson' } }
  }
  if (!isRecord(json)) return { ok: false, fault: { at: '', problem: 'notAnObject' } }
  const reading = new Reading('', json)
  const batch: AppBatch = {
    install: reading.text('install', 64),
    bootId: reading.text('bootId', 64),
    wallClockAtSend: reading.integer('wallClockAtSend', 0, 8.64e15),
    elapsedRealtimeAtSend: reading.integer('elapsedRealtimeAtSend', 0, Number.MAX_SAFE_INTEGER),
    fixes: reading.list('fixes', MAX_FIXES, readFix),
    events: reading.list('events', MAX_EVENTS, readEvent),
  }
  const fault = reading.fault ?? repeated([...batch.fixes, ...batch.events])
  return fault === null ? { ok: true, batch } : { ok: false, fault }
}

function readEvent(reading: Reading): AppEvent {
  const seq = reading.integer('seq', 1, Number.MAX_SAFE_INTEGER)
  const t = reading.integer('t', 0, 8.64e15)
  const kind = reading.text('kind', 32)
  if (isKind(kind)) return { seq, t, kind }
  reading.refuse('kind', 'unknownValue')
  return { seq, t, kind: 'sos' }
}

/** Fixes and events share one numbering; a number that comes twice in a batch is a fault of the app. */
function repeated(all: readonly (AppFix | AppEvent)[]): Fault | null {
  const seen = new Set<number>()
  for (const { seq } of all) {
    if (seen.has(seq)) return { at: `seq ${seq}`, problem: 'repeated' }
    seen.add(seq)
  }
  return null
}
