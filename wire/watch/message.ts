/** A message of the bracket protocol, taken apart but not understood. */
export interface WatchFrame {
  /** Two letters of the maker: 3G, SG, CS, ZJ. */
  readonly maker: string
  readonly device: string
  /** Four hexadecimal digits that some makers put before the length; null for the others. */
  readonly index: string | null
  /** Whether the declared length is that of the content. */
  readonly lengthOk: boolean
  /** What the message is: LK, UD, AL, … */
  readonly kind: string
  /** What follows the kind, cut at commas. */
  readonly values: readonly string[]
}

const LATIN = new TextDecoder('latin1')

const WITH_INDEX = /^([A-Za-z0-9]{2})\*([^*]+)\*([0-9A-Fa-f]+)\*([0-9A-Fa-f]{4})\*/
const WITHOUT_INDEX = /^([A-Za-z0-9]{2})\*([^*]+)\*([0-9A-Fa-f]{4})\*/

/** What stands between the brackets; null where it is no message of this protocol. */
export function readFrame(bytes: Uint8Array): WatchFrame | null {
  const text = LATIN.decode(bytes)
  const indexed = WITH_INDEX.exec(text)
  const plain = indexed ?? WITHOUT_INDEX.exec(text)
  if (plain === null) return null
  const [head, maker = '', device = ''] = plain
  const index = indexed === null ? null : (plain[3] ?? null)
  const declared = Number.parseInt(plain[indexed === null ? 3 : 4] ?? '', 16)
  const content = text.slice(head.length)
  const [kind = '', ...values] = content.split(',')
  return { maker, device, index, lengthOk: declared === content.length, kind, values }
}

/** A message as it travels. `content` is ASCII. */
export function encodeFrame(maker: string, device: string, index: string | null, content: string): Uint8Array {
  const length = content.length.toString(16).padStart(4, '0').toUpperCase()
  const numbered = index === null ? length : `${index}*${length}`
  return new TextEncoder().encode(`[${maker}*${device}*${numbered}*${content}]`)
}
