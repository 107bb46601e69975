import type { Envelope, Received, WireFault } from '../message.ts'

/** Requests carry no serial; the form they came in is their kind. */
export const envelopeOf = (id: 'query' | 'json'): Envelope => ({
  protocol: 'osmand',
  id,
  version: 0,
  serial: 0,
  parts: [],
})

export const refused = (fault: WireFault, bytes: number): Received => ({ ok: false, fault, bytes, envelope: null })
