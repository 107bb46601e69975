import { readConfig } from '../core/config.ts'
import { type Opened, openHouse } from '../main.ts'

/**
 * Opens the installation an operator's command speaks of: ZJ_DATA or DATABASE_URL name it; with a master key in the
 * environment it is a production one, else the demonstration's.
 */
export function openInstallation(options: { leaveSchema?: boolean; leaveKey?: boolean } = {}): Promise<Opened> {
  const production = Boolean(process.env.ZJ_MASTER_KEY ?? process.env.ZJ_MASTER_KEY_FILE)
  return openHouse(readConfig(process.env, production ? 'production' : 'demo'), { quiet: true, ...options })
}
