import type { House } from '../core/house.ts'
import { ledgerSigner, runSealer } from '../core/ledger/sealer.ts'
import { latestHead } from '../core/ledger/store.ts'
import type { Room } from '../core/room.ts'
import { dayOf } from './gather.ts'
import { publishedHeads, publishHead } from './heads.ts'
import { evidenceHandlers } from './http.ts'

/** The room of proof: seals what was committed, hands out heads daily, exports packs. */
export function evidenceRoom(house: House): Room {
  return {
    http: [evidenceHandlers(house)],
    background: {
      worker: async () => {
        const stopSealer = await runSealer(house)
        const daily = async () => {
          const head = await latestHead(house.databases.system, ledgerSigner(house).publicKey)
          const last = publishedHeads(house).at(-1)
          if (head && (!last || dayOf(Date.parse(last.at)) !== dayOf(house.chance.now())))
            await publishHead(house, head)
        }
        const timer = setInterval(
          () => daily().catch((error: unknown) => house.log.warn({ err: String(error) }, 'no head was handed out')),
          60_000,
        )
        return async () => {
          clearInterval(timer)
          await stopSealer()
        }
      },
    },
  }
}
