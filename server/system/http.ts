import { system } from '@zhijiao/contract/system'
import { sql } from 'kysely'
import { collectDefaultMetrics, Registry, register } from 'prom-client'
import { codeAt } from '../core/auth/second-factor.ts'
import type { House } from '../core/house.ts'
import { refuse, Unavailable } from '../core/refusals.ts'
import { keep } from '../core/room.ts'
import { demoAccounts } from './demo-accounts.ts'

export const version = '0.1.0'

/** Only in the demonstration: accounts with their passwords and the six digits that hold at this moment. */
const shownAccounts = (house: House) =>
  demoAccounts.map(({ login, zh, en, password, secret }) => ({
    login,
    zh,
    en,
    password,
    totp: codeAt(secret, house.chance.now()),
  }))

const own = new Registry()
collectDefaultMetrics({ register: own })

export const systemHandlers = (house: House) =>
  keep(system, {
    async health({ circumstances }) {
      return { live: true, version, at: new Date(circumstances.now).toISOString() }
    },
    async ready() {
      try {
        const { rows } = await sql<{
          number: number
          unsealed: number
        }>`select (select max(number) from migration) as number, (select count(*) from ledger_unsealed) as unsealed`.execute(
          house.databases.system,
        )
        return {
          ready: true,
          parts: [...house.config.parts],
          database: 'up' as const,
          migration: rows[0]?.number ?? null,
          unsealed: Number(rows[0]?.unsealed ?? 0),
          mode: house.config.mode,
        }
      } catch {
        throw refuse(Unavailable)
      }
    },
    async facts() {
      const { config } = house
      const drawn = await sql<{ any: boolean }>`select exists (select 1 from org where synthetic) as any`.execute(
        house.databases.system,
      )
      return {
        mode: config.mode,
        synthetic: drawn.rows[0]?.any ?? false,
        tiles: config.tiles
          ? {
              kind: config.tiles.kind,
              at: config.tiles.kind === 'pmtiles' ? '/tiles.pmtiles' : config.tiles.at,
              datum: config.tiles.datum,
            }
          : null,
        demoAccounts: config.mode === 'demo' ? shownAccounts(house) : [],
      }
    },
    async metrics() {
      const text = `${await Registry.merge([own, register]).metrics()}\n`
      return {
        name: 'metrics.txt',
        mime: 'text/plain; version=0.0.4; charset=utf-8',
        content: Buffer.from(text),
        inline: true,
      }
    },
  })
