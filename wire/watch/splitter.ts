import { concat } from '../bytes.ts'

/** Longest message that is still looked at: pieces of a voice note travel in a few kilobytes. */
export const MAX_MESSAGE = 16 * 1024

const OPEN = 0x5b
const CLOSE = 0x5d
const NOTHING = new Uint8Array(0)

export type Piece =
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  | { readonly kind: 'garbage' | 'tooLong'; readonly bytes: number }

/**
 * Cuts a stream at square brackets. Neither stands inside a message (voice is escaped), so a second opening bracket
 * means that what came before it lost its end. Keeps at most `MAX_MESSAGE` bytes.
 */
export class Splitter {
  private pending: Uint8Array = NOTHING

  split(chunk: Uint8Array): Piece[] {
    const bytes = this.pending.length === 0 ? chunk : concat([this.pending, chunk])
    const pieces: Piece[] = []
    let at = 0
    for (;;) {
      const open = bytes.indexOf(OPEN, at)
      const until = open < 0 ? bytes.length : open
      if (until > at) pieces.push({ kind: 'garbage', bytes: until - at })
      if (open < 0) {
        at = bytes.length
        break
      }
      const close = bytes.indexOf(CLOSE, open + 1)
      const again = bytes.indexOf(OPEN, open + 1)
      if (again >= 0 && (close < 0 || again < close)) {
        pieces.push({ kind: 'garbage', bytes: again - open })
        at = again
        continue
      }
      const end = close < 0 ? bytes.length : close + 1
      at = open
      if (end - open > MAX_MESSAGE) pieces.push({ kind: 'tooLong', bytes: end - open })
      else if (close < 0) break
      else pieces.push({ kind: 'message', bytes: bytes.subarray(open + 1, close) })
      at = end
    }
    this.pending = bytes.slice(at)
    return pieces
  }
}
