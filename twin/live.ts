/** Runs devices on a clock, each in its own time, none waiting for another. */
import { connectDevice, type Device, type Ports, type Tally } from './devices.ts'
import type { Handset } from './handset.ts'
import type { Keeper } from './intake/memory.ts'

export interface Known {
  secret(handset: Handset): string | null
  readonly keeper: Keeper
  identity(handset: Handset): string
}

/** Longest sleep, real milliseconds: an order of the server may bring a device's next act forward. */
const longestMs = 500
/** Shortest: thousands of devices are looked through each time. */
const shortestMs = 40

export interface Fleet {
  readonly tally: Tally
  /** Runs until stopped. */
  run(): Promise<void>
  stop(): Promise<void>
}

export function fleetOf(
  handsets: readonly Handset[],
  known: Known,
  ports: Ports,
  now: () => number,
  speed: number,
): Fleet {
  const tally: Tally = { sent: 0, unsent: 0, orders: 0 }
  const devices = handsets.map((handset) =>
    connectDevice(
      handset,
      { secret: known.secret(handset), memory: known.keeper.phone(known.identity(handset)) },
      ports,
      now,
      tally,
    ),
  )
  const busy = new Set<Device>()
  let stopped = false
  let wake: () => void = () => undefined
  const sleep = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  const start = (device: Device) => {
    busy.add(device)
    device
      .turn()
      .catch((error: unknown) =>
        process.stderr.write(`twin: ${error instanceof Error ? error.message : String(error)}\n`),
      )
      .finally(() => busy.delete(device))
  }
  return {
    tally,
    async run() {
      while (!stopped) {
        const at = now()
        let next = Number.POSITIVE_INFINITY
        for (const device of devices) {
          if (busy.has(device)) continue
          if (device.next <= at) start(device)
          else next = Math.min(next, device.next)
        }
        await sleep(Math.min(longestMs, Math.max(shortestMs, (next - at) / speed)))
      }
    },
    async stop() {
      stopped = true
      wake()
      for (const device of devices) device.close()
      const patience = performance.now() + 2_000
      while (busy.size > 0 && performance.now() < patience) await new Promise((done) => setTimeout(done, 20))
    },
  }
}
