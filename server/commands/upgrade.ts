import type { Command } from '../cli.ts'
import { keyRing, keysOf } from '../core/key-change.ts'
import { migrate, pendingMigrations } from '../core/migrate.ts'
import { backupBeforeUpgrade } from '../operations/backup.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Applies pending migrations, each in its own transaction, after a backup of the embedded database. */
const command: Command = {
  says: '升级数据库结构（先备份） / apply pending migrations after a backup',
  usage: 'npx zhijiao upgrade [--check] [--no-backup]',
  async run(args) {
    const { flags, fault } = readOptions(args, { flags: ['check', 'no-backup'] })
    if (fault) {
      process.stderr.write(`${fault}\n${this.usage}\n`)
      return 2
    }
    const opened = await openInstallation({ leaveSchema: true })
    try {
      const { admin, cluster, house } = opened
      const [keys, former] = keysOf(keyRing(house.config, house.chance))
      const pending = await pendingMigrations(admin)
      if (pending.length === 0) {
        process.stdout.write('已是最新 / already current\n')
        return 0
      }
      process.stdout.write(`待执行 / pending: ${pending.join(', ')}\n`)
      if (flags.has('check')) return 1
      if (cluster && !flags.has('no-backup') && !pending.includes('0001_core.sql')) {
        const target = await backupBeforeUpgrade(house, admin, cluster)
        process.stdout.write(`已备份到 / backed up to ${target}\n`)
      }
      const { applied, version } = await migrate(admin, keys, { former })
      process.stdout.write(`升级完成 / upgraded: ${applied.join(', ')} (${version})\n`)
      return 0
    } finally {
      await opened.close()
    }
  },
}
export default command
