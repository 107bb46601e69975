import type { DeviceEvent } from '@zhijiao/wire/message'

/** The same event of one activation again within this time says nothing new, milliseconds. */
const spacingMs = 1_000
/** The same state again says nothing new for so long, milliseconds; then it is told once more, as what still holds. */
const trouble = 10 * 60_000
const wellbeing = 60 * 60_000

interface State {
  readonly matter: 'strap' | 'case' | 'gnss' | 'battery' | 'power'
  readonly holdsMs: number
  /** Told so often before repeats are spaced. */
  readonly most: number
}

/**
 * Words that a device repeats with every report until they no longer hold (JT/T 808—2019 table 24: bits 4 to 8 stay set; a
 * strap and a case are reported so by the vendors' items). An open strap is told as often as a unit may want it said before it
 * believes it (POS-14 allows ten).
 */
const states: Partial<Record<DeviceEvent, State>> = {
  strapOpen: { matter: 'strap', holdsMs: trouble, most: 10 },
  strapClosed: { matter: 'strap', holdsMs: wellbeing, most: 1 },
  caseOpen: { matter: 'case', holdsMs: trouble, most: 1 },
  gnssFault: { matter: 'gnss', holdsMs: trouble, most: 1 },
  lowBattery: { matter: 'battery', holdsMs: trouble, most: 1 },
  powerLost: { matter: 'power', holdsMs: trouble, most: 1 },
}

interface Told {
  kind: DeviceEvent
  ts: number
  times: number
}

/**
 * What of a device's words is news. A report carries its whole state, so the same word comes with each of them; kept one by
 * one that would be millions of rows a day, and an alarm once closed would open again with the next report. Bounded: one
 * entry a kind or matter, and one more for a state that was stored on the device or overtaken.
 */
export class News {
  readonly #now = new Map<string, Told>()
  readonly #past = new Map<string, Told>()

  /** `past`: stored on the device, or overtaken; it neither repeats nor ends what holds now. */
  isNew(kind: DeviceEvent, ts: number, past: boolean): boolean {
    const state = states[kind]
    const matter = state?.matter ?? kind
    const holdsMs = state?.holdsMs ?? spacingMs
    const told = state && past ? this.#past : this.#now
    const last = told.get(matter)
    const apart = last?.kind === kind ? Math.abs(ts - last.ts) : Number.POSITIVE_INFINITY
    // Said at once, not answered, and sent again from the store.
    if (told === this.#past && same(this.#now.get(matter), kind, ts)) return false
    if (!last || apart >= holdsMs) {
      told.set(matter, { kind, ts, times: last && apart < wellbeing ? last.times : 1 })
      return true
    }
    if (apart < spacingMs || last.times >= (state?.most ?? 1)) return false
    last.ts = ts
    last.times++
    return true
  }
}

const same = (told: Told | undefined, kind: DeviceEvent, ts: number) =>
  told?.kind === kind && Math.abs(ts - told.ts) < spacingMs
