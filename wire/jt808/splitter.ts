const DELIMITER = 0x7e

/**
 * Longest stretch between two delimiters that is still looked at, in bytes as they travel: the largest frame of the
 * standard (17 + 4 + 1023 + 1 bytes, each escaped) doubled for vendors that overrun the ten bits of the length field.
 */
export const MAX_SEGMENT = 4352

/** What the splitter hands out: bytes between two delimiters, or a count of bytes that belong to no frame. */
export type Piece =
  | { readonly kind: 'segment'; readonly bytes: Uint8Array }
  | { readonly kind: 'garbage'; readonly bytes: number }
  | { readonly kind: 'tooLong'; readonly bytes: number }

/**
 * Cuts a byte stream at delimiters. Every delimiter ends one segment and begins the next, so a lost delimiter or a
 * stretch of garbage costs at most what stands around it and the next whole frame is always found.
 * Keeps at most `MAX_SEGMENT` bytes. Segments inside one chunk are handed out without copying.
 */
export class Splitter {
  private readonly pending = new Uint8Array(MAX_SEGMENT)
  private held = 0
  private inFrame = false
  /** The present segment was given up as too long; skip to its end. */
  private skipping = false
  private garbage = 0

  split(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = []
    let at = 0
    while (at < chunk.length) {
      const end = chunk.indexOf(DELIMITER, at)
      const stretch = chunk.subarray(at, end < 0 ? chunk.length : end)
      if (!this.inFrame) this.garbage += stretch.length
      else if (!this.skipping) this.take(stretch, end >= 0, pieces)
      if (end < 0) break
      if (this.garbage > 0) pieces.push({ kind: 'garbage', bytes: this.garbage })
      this.garbage = 0
      this.inFrame = true
      this.skipping = false
      this.held = 0
      at = end + 1
    }
    return pieces
  }

  private take(stretch: Uint8Array, complete: boolean, pieces: Piece[]): void {
    const length = this.held + stretch.length
    if (length > MAX_SEGMENT) {
      pieces.push({ kind: 'tooLong', bytes: MAX_SEGMENT })
      this.skipping = true
      return
    }
    if (complete && this.held === 0) {
      if (length > 0) pieces.push({ kind: 'segment', bytes: stretch })
      return
    }
    this.pending.set(stretch, this.held)
    this.held = length
    if (complete) pieces.push({ kind: 'segment', bytes: this.pending.slice(0, length) })
  }
}
