/** Waits that can be cut short: of what looks at something again and again and may be told to look now. */
export function pauses() {
  let wake: () => void = () => undefined
  return {
    /** Resolves after `ms`, or as soon as somebody wakes it. */
    pause: (ms: number): Promise<void> =>
      new Promise<void>((done) => {
        const timer = setTimeout(done, ms)
        wake = () => {
          clearTimeout(timer)
          done()
        }
      }),
    wake: () => wake(),
  }
}
