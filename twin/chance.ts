/**
 * Seeded chance (sfc32 over an FNV-1a hash of the seed's words). The same words give the same run of numbers on every
 * machine, so that a county, a day and a fault can be named by their seed and drawn again.
 */
export interface Chance {
  /** 0 ≤ x < 1. */
  unit(): number
  /** from ≤ x < to. */
  between(from: number, to: number): number
  /** Whole number, both ends included. */
  whole(from: number, to: number): number
  /** True with this probability, 0–1. */
  happens(probability: number): boolean
  /** Standard normal (Box–Muller). */
  normal(): number
  /** Waiting time of a Poisson process with this mean. */
  wait(mean: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  /** One of a list that may be empty. */
  among<T>(list: readonly T[]): T | undefined
  /** One of the entries, each as likely as its weight. */
  weighted<T>(entries: readonly [readonly [T, number], ...(readonly [T, number])[]]): T
}

/** Chance that depends on nothing but the words given, in their order. */
export function chanceOf(...words: readonly (string | number)[]): Chance {
  let [a, b, c, d] = hashes(words.join('\u0000'))
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  const between = (from: number, to: number) => from + next() * (to - from)
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    unit: next,
    between,
    whole,
    happens: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    wait: (mean) => -mean * Math.log(1 - next()),
    pick: (list) => list[whole(0, list.length - 1)] ?? list[0],
    among: (list) => list[whole(0, list.length - 1)],
    weighted(entries) {
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of entries) {
        left -= weight
        if (left < 0) return value
      }
      return entries[0][0]
    },
  }
}

function hashes(text: string): [number, number, number, number] {
  let hash = 0x811c9dc5
  const out: [number, number, number, number] = [0, 0, 0, 0]
  for (let round = 0; round < 4; round++) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ round, 0x85ebca6b)
    out[round] = hash ^ (hash >>> 13)
  }
  return out
}
