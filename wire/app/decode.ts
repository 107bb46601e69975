import { STORED_AFTER_MS } from '../fix.ts'
import type { Message } from '../message.ts'
import { toWireFix } from './fix.ts'
import type { AppBatch, AppEvent } from './types.ts'

/** A batch as messages: one of positions, one for each event. */
export function toMessages(batch: AppBatch): Message[] {
  const device = batch.install
  const fixes = batch.fixes.map((fix) => toWireFix(fix, batch))
  const positions: Message[] = fixes.length === 0 ? [] : [{ type: 'position', device, serial: 0, fixes }]
  return [
    ...positions,
    ...batch.events.map((event): Message => {
      const { t, kind } = event
      const blind = waited(event, batch) || over(event, batch)
      return { type: 'event', device, serial: 0, fixes: [], time: t, events: [kind], ...(blind ? { blind } : {}) }
    }),
  ]
}

/**
 * Whether an event lay in the phone's store. Judged on the clock that nobody can turn where the event carries it (a larger
 * value than now is from before the last start of the phone), else on the phone's wall clock.
 */
function waited({ t, elapsedRealtime }: AppEvent, batch: AppBatch): boolean {
  if (elapsedRealtime === null) return batch.wallClockAtSend - t > STORED_AFTER_MS
  const ms = batch.elapsedRealtimeAtSend - elapsedRealtime
  return ms > STORED_AFTER_MS || ms < 0
}

/** A power-off that the same batch says was followed by a start is over, however short it was. */
const over = ({ kind, seq }: AppEvent, { events }: AppBatch): boolean =>
  kind === 'powerOff' && events.some((e) => e.seq > seq && (e.kind === 'powerOn' || e.kind === 'rebooted'))
