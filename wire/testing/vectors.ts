import { readFileSync } from 'node:fs'

/** A device frame with what others read in it; see test/fixtures/vectors/README.md. Only tests import this. */
export interface Vector {
  readonly id: string
  readonly hex?: string
  readonly wireHex?: string
  readonly text?: string
  readonly form?: string
  readonly in?: string | null
  readonly out?: string
  readonly protocol: string
  readonly method?: string
  readonly url?: string
  readonly body?: string
  readonly contentType?: string
  readonly note?: string
  readonly frame?: {
    readonly crcItuOk: boolean
    readonly lengthOk: boolean
    readonly msgType: string
    readonly serial: number
  }
  readonly standard?: StandardReading
  readonly assertedByTest?: unknown
  readonly expect?: readonly ExpectedFix[] | null
  readonly expectFields?: Readonly<Record<string, unknown>>
  readonly textual?: TextualReading
}

export interface StandardReading {
  readonly bccOk?: boolean
  readonly lengthOk?: boolean
  readonly msgId?: string
  readonly v2019?: boolean
  readonly terminalId?: string
  readonly serial?: number
  readonly subpackage?: boolean
  readonly encrypt?: number
  readonly batch?: { readonly count: number; readonly type: number }
  readonly locations?: readonly StandardLocation[]
}

export interface StandardLocation {
  readonly alarm: number
  readonly status: number
  readonly positioned: boolean
  readonly gcjEncrypted: boolean
  readonly lat: number
  readonly lon: number
  readonly altitude: number
  readonly speedKmh: number
  readonly direction: number
  readonly time: string
}

export interface ExpectedFix {
  readonly noPosition?: boolean
  readonly lat?: number
  readonly lon?: number
  readonly time?: string
  readonly valid?: boolean
  readonly altitude?: number | null
  readonly speedKmh?: number | null
  readonly course?: number | null
  readonly accuracy?: number | null
  readonly battery?: number | null
  readonly deviceId?: string
  readonly mock?: boolean
  readonly activity?: string
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly network?: { readonly cellTowers?: readonly unknown[]; readonly wifiAccessPoints?: readonly unknown[] }
}

export interface TextualReading {
  readonly kind: string
  readonly date: string
  readonly time: string
  readonly valid: boolean
  readonly lat: number
  readonly lon: number
  readonly speed: number
  readonly course: number
}

export function vectorsOf(group: string): readonly Vector[] {
  const file = new URL(`../../test/fixtures/vectors/${group}.json`, import.meta.url)
  const parsed: { vectors: Vector[] } = JSON.parse(readFileSync(file, 'utf8'))
  return parsed.vectors
}

/** Cuts bytes into chunks at the given places, which may lie anywhere. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  const chunks: Uint8Array[] = []
  let from = 0
  for (const edge of [...edges, bytes.length]) {
    // A fresh copy each, as a socket would hand out, so that nobody gets away with keeping a view.
    if (edge > from) chunks.push(bytes.slice(from, edge))
    from = edge
  }
  return chunks
}
