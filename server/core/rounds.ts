import type { House } from './house.ts'
import type { Stop } from './room.ts'

/**
 * A job of the worker: a round at once, and again `everyMs` after the last one ended, until stopped. A round that fails is
 * said in the log (`waits`) and tried again with the next; a long one asks `going` whether it may go on.
 */
export function inRounds(
  { log }: Pick<House, 'log'>,
  { everyMs, waits }: { readonly everyMs: number; readonly waits: string },
  round: (going: () => boolean) => Promise<void>,
): Stop {
  let going = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> = Promise.resolve()
  const work = async () => {
    try {
      await round(() => going)
    } catch (error) {
      if (going) log.warn({ why: error instanceof Error ? error.message : String(error) }, waits)
    }
    if (going) timer = setTimeout(start, everyMs)
  }
  const start = () => {
    running = work()
  }
  start()
  return async () => {
    going = false
    clearTimeout(timer)
    await running
  }
}
