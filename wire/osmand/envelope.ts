import type { Envelope, Received, WireFault } from '../message.ts'

/** Requests carry no serial; the form they came in is their kind. */
export const envelopeOf = (id: 'query' | 'json'): Envelope => ({
  protocol: 'osmand',
  id,
  version: 0,
  serial: 0,
  parts: [],
})

/** `device`: who sent it, where that could still be read. */
export const refused = (fault: WireFault, bytes: number, device?: string): Received => ({
  ok: false,
  fault,
  bytes,
  envelope: null,
  ...(device ? { device } : {}),
})
