import type { Message } from '../message.ts'
import { toWireFix } from './fix.ts'
import type { AppBatch } from './types.ts'

/** A batch as messages: one of positions, one for each event. */
export function toMessages(batch: AppBatch): Message[] {
  const device = batch.install
  const fixes = batch.fixes.map((fix) => toWireFix(fix, batch))
  const positions: Message[] = fixes.length === 0 ? [] : [{ type: 'position', device, serial: 0, fixes }]
  return [
    ...positions,
    ...batch.events.map(
      ({ t, kind }): Message => ({ type: 'event', device, serial: 0, fixes: [], time: t, events: [kind] }),
    ),
  ]
}
