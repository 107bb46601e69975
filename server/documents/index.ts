import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { runBatches } from './batch.ts'
import { documentHandlers } from './http.ts'
import { documentNoticeHandlers } from './notices-http.ts'
import { Press } from './press/press.ts'
import './tables.ts'
import { templateHandlers } from './templates-http.ts'

export { type DocumentWish, documentsIn } from './drafts.ts'
export { itemsSaid } from './items.ts'
export { type PaperName, paperName, paperNames } from './templates/index.ts'
export { type PaperHeld, type PaperWatch, watchPaper } from './watch.ts'

/** Legal documents (法律文书): templates, drafts, issue with number, signature, seal, service, many at once. */
export function documentRoom(house: House): Room {
  const bench = { house, press: new Press() }
  return {
    http: [documentHandlers(bench), documentNoticeHandlers(bench), templateHandlers(bench)],
    background: {
      worker: async () => {
        const stop = await runBatches(bench)
        return async () => {
          await stop()
          await bench.press.close()
        }
      },
    },
  }
}
