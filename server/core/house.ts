import type { FastifyBaseLogger } from 'fastify'
import type { Chance } from './clock.ts'
import type { Config } from './config.ts'
import type { Databases } from './db.ts'
import type { Vault } from './vault.ts'

/** What every room stands on; made once in `main.ts` and handed in. */
export interface House {
  readonly config: Config
  readonly chance: Chance
  readonly databases: Databases
  readonly vault: Vault
  readonly log: FastifyBaseLogger
}
