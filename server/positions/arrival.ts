import type { Fix } from '@zhijiao/geo/fix'
import type { DeviceEvent } from '@zhijiao/wire/message'

/**
 * What has become durable for one activation (定位启用) in one flush, in arrival order. Handed to the engine after the
 * commit: in memory where gateway and engine share a process, else read back from the inbox by (shard, no).
 */
export interface Arrival {
  readonly shard: number
  /** Number of the flush within its shard; dense and rising, the engine's watermark. */
  readonly no: number
  readonly activationNo: number
  readonly activationId: string
  readonly personId: string
  readonly deviceId: string
  readonly org: string
  /** Milliseconds UTC. */
  readonly receivedAt: number
  /** In-term fixes, judged: `fault` 0 or the reason it failed a check. */
  readonly fixes: readonly Fix[]
  readonly events: readonly ArrivedEvent[]
}

export interface ArrivedEvent {
  readonly kind: DeviceEvent
  /** When the device says it happened; where its time cannot be believed, when it arrived. Milliseconds UTC. */
  readonly ts: number
  /** Stored on the device and sent later, by its own word. */
  readonly blind: boolean
  /** See `EventFlag`. */
  readonly flags: number
}

/** Bits of `ArrivedEvent.flags`; stored, never renumber. */
export const EventFlag = {
  /** Arrived after a newer report on the same matter: history only. */
  late: 1,
  /** The device's time could not be believed, or it gave none for what it had stored; `ts` is when it arrived. */
  clockWrong: 2,
  /** Came on a line that showed no secret while the device itself proves that it is the one. */
  doubted: 4,
} as const

/** A sign of life without a position (heartbeat, reply): never stored one by one. */
export interface Contact {
  readonly activationNo: number
  readonly at: number
  readonly batteryPct: number | null
  readonly steps: number | null
}

/** How arrivals reach the engine. Returns what ends the subscription. */
export interface ArrivalSource {
  onArrivals(listener: (arrivals: readonly Arrival[]) => void): () => void
  onContacts(listener: (contacts: readonly Contact[]) => void): () => void
  /** Everything durable after a flush of a shard, oldest first, for a start after a stop. */
  since(shard: number, no: number): AsyncIterable<readonly Arrival[]>
  shards(): Promise<readonly number[]>
}
