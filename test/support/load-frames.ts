/**
 * Frames of made-up devices, cheap enough that whoever measures a server does not measure the generator. The bytes are
 * those `wire/jt808/device.ts` writes (a test holds the two together); only what changes from frame to frame is written.
 */
const DELIMITER = 0x7e
const ESCAPE = 0x7d
const SHANGHAI_MS = 8 * 3_600_000
const HEADER = 17
/** A report of 28 bytes with the two items nearly every terminal sends: signal strength and satellites. */
const REPORT = 34
const BATCH_HEAD = 3
const STATUS_POSITIONED = 0x0c_0002

/** Metres of a degree of latitude. */
const degreeM = 111_195

export interface Planted {
  /** As it travels, without zeros in front. */
  readonly identity: string
  /** What it authenticates with; null: it registers first and is handed one. */
  readonly code: string | null
  readonly home: { readonly lat: number; readonly lon: number }
}

/** One made-up device with somebody who stays within two kilometres of home. */
export class Walker {
  readonly identity: string
  readonly code: string | null
  readonly #homeLat: number
  readonly #homeLon: number
  readonly #metresPerSecond: number
  readonly #digits = new Uint8Array(10)
  #lat: number
  #lon: number
  #course: number
  #random: number
  /** Time of the next fix, ms UTC, whole seconds. */
  ts: number
  /** Alarm bits of the reports to come; bit 0 is the help key. */
  alarm = 0

  constructor({ identity, code, home }: Planted, ts: number, seed: number) {
    this.identity = identity
    this.code = code
    this.#homeLat = home.lat
    this.#homeLon = home.lon
    this.#lat = home.lat
    this.#lon = home.lon
    this.#random = (seed * 2_654_435_761) >>> 0 || 1
    // Most people sit somewhere; some walk; a few ride.
    const kind = this.#next()
    this.#metresPerSecond = kind < 0.6 ? 0 : kind < 0.9 ? 1.4 : 11
    this.#course = this.#next() * 360
    this.ts = Math.floor(ts / 1000) * 1000
    const padded = identity.padStart(20, '0')
    for (let i = 0; i < 10; i++) this.#digits[i] = Number.parseInt(padded.slice(2 * i, 2 * i + 2), 16)
  }

  /** xorshift: a generator of a few nanoseconds, the same for the same seed. */
  #next(): number {
    let x = this.#random
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#random = x >>> 0
    return this.#random / 0x1_0000_0000
  }

  writeIdentity(into: Uint8Array, at: number): void {
    into.set(this.#digits, at)
  }

  /** Writes the next report and steps on by `stepMs`. */
  writeReport(view: DataView, at: number, stepMs: number): void {
    const still = this.#metresPerSecond === 0
    const metres = still ? 0 : (this.#metresPerSecond * stepMs) / 1000
    const shortening = Math.cos((this.#homeLat * Math.PI) / 180)
    this.#course = (this.#course + (this.#next() - 0.5) * 20 + 360) % 360
    const heading = (this.#course * Math.PI) / 180
    this.#lat += (Math.cos(heading) * metres) / degreeM
    this.#lon += (Math.sin(heading) * metres) / (degreeM * shortening)
    const north = (this.#lat - this.#homeLat) * degreeM
    const east = (this.#lon - this.#homeLon) * degreeM * shortening
    if (north * north + east * east > 4_000_000)
      this.#course = ((Math.atan2(-east, -north) * 180) / Math.PI + 360) % 360
    // Two metres of drift, as a receiver at rest has it.
    const drift = () => (this.#next() - 0.5) * 0.000_04
    view.setUint32(at, this.alarm)
    view.setUint32(at + 4, STATUS_POSITIONED)
    view.setUint32(at + 8, Math.round((this.#lat + drift()) * 1e6))
    view.setUint32(at + 12, Math.round((this.#lon + drift()) * 1e6))
    view.setInt16(at + 16, 90)
    view.setUint16(at + 18, still ? 0 : Math.round(this.#metresPerSecond * 36))
    view.setUint16(at + 20, Math.round(this.#course) % 360)
    writeTime(view, at + 22, this.ts)
    view.setUint16(at + 28, 0x3001)
    view.setUint8(at + 30, 24)
    view.setUint16(at + 31, 0x3101)
    view.setUint8(at + 33, 9)
    this.ts += stepMs
  }
}

const bcd = (n: number) => ((n / 10) | 0) * 16 + (n % 10)
let dayStart = 0
let dayBytes: readonly number[] = [0, 0, 0]

/** YYMMDDhhmmss in GMT+8. The date is the same for a whole day of frames. */
function writeTime(view: DataView, at: number, ts: number): void {
  const local = ts + SHANGHAI_MS
  if (local < dayStart || local >= dayStart + 86_400_000) {
    dayStart = Math.floor(local / 86_400_000) * 86_400_000
    const day = new Date(dayStart)
    dayBytes = [bcd(day.getUTCFullYear() % 100), bcd(day.getUTCMonth() + 1), bcd(day.getUTCDate())]
  }
  const second = ((local - dayStart) / 1000) | 0
  view.setUint8(at, dayBytes[0] ?? 0)
  view.setUint8(at + 1, dayBytes[1] ?? 0)
  view.setUint8(at + 2, dayBytes[2] ?? 0)
  view.setUint8(at + 3, bcd((second / 3600) | 0))
  view.setUint8(at + 4, bcd(((second / 60) | 0) % 60))
  view.setUint8(at + 5, bcd(second % 60))
}

const plain = new Uint8Array(1100)
const plainView = new DataView(plain.buffer)

/**
 * Writes one frame of `count` positions into `out` at `at`: 0x0704 (JT/T 808—2019), or 0x0200 for a single one.
 * Returns where it ends. At most 27 positions fit.
 */
export function writePositions(
  out: Uint8Array,
  at: number,
  walker: Walker,
  serial: number,
  count: number,
  stepMs: number,
): number {
  const single = count === 1
  const body = single ? REPORT : BATCH_HEAD + count * (REPORT + 2)
  plainView.setUint16(0, single ? 0x0200 : 0x0704)
  plainView.setUint16(2, body | 0x4000)
  plain[4] = 1
  walker.writeIdentity(plain, 5)
  plainView.setUint16(15, serial)
  if (single) walker.writeReport(plainView, HEADER, stepMs)
  else {
    plainView.setUint16(HEADER, count)
    plain[HEADER + 2] = 0
    for (let i = 0; i < count; i++) {
      const item = HEADER + BATCH_HEAD + i * (REPORT + 2)
      plainView.setUint16(item, REPORT)
      walker.writeReport(plainView, item + 2, stepMs)
    }
  }
  return escapeInto(out, at, HEADER + body)
}

function escapeInto(out: Uint8Array, start: number, length: number): number {
  let at = start
  let check = 0
  for (let i = 0; i < length; i++) check ^= plain[i] ?? 0
  plain[length] = check
  out[at++] = DELIMITER
  for (let i = 0; i <= length; i++) {
    const byte = plain[i] ?? 0
    if (byte === DELIMITER || byte === ESCAPE) {
      out[at++] = ESCAPE
      out[at++] = byte === ESCAPE ? 1 : 2
    } else out[at++] = byte
  }
  out[at++] = DELIMITER
  return at
}

/** Room one frame may need. */
export const frameRoom = 2300

/** A platform's answer, as far as a device looks at it. */
export interface Answer {
  readonly id: number
  readonly toSerial: number
  readonly result: number
  /** Code handed out at registration. */
  readonly code: string
}

/** Cuts a platform's answers out of a stream; calls back without allocating for the common one. */
export class AnswerReader {
  readonly #held = new Uint8Array(4096)
  #length = 0
  #inside = false
  #escaped = false

  read(chunk: Uint8Array, answered: (id: number, toSerial: number, result: number, frame: Uint8Array) => void): void {
    const held = this.#held
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0
      if (byte === DELIMITER) {
        if (this.#inside && this.#length >= HEADER + 3) {
          const id = ((held[0] ?? 0) << 8) | (held[1] ?? 0)
          const toSerial = ((held[HEADER] ?? 0) << 8) | (held[HEADER + 1] ?? 0)
          // 0x8001 names the message between serial and result; 0x8100 does not.
          answered(id, toSerial, held[id === 0x8001 ? HEADER + 4 : HEADER + 2] ?? 255, held.subarray(0, this.#length))
        }
        this.#inside = true
        this.#length = 0
        this.#escaped = false
      } else if (this.#inside && this.#length < held.length) {
        if (byte === ESCAPE) this.#escaped = true
        else {
          held[this.#length++] = this.#escaped ? (byte === 1 ? ESCAPE : DELIMITER) : byte
          this.#escaped = false
        }
      }
    }
  }
}

/** The code a registration answer (0x8100) carries. */
export function codeIn(frame: Uint8Array): string {
  return Buffer.from(frame.subarray(HEADER + 3, frame.length - 1)).toString('latin1')
}
