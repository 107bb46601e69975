import { join } from 'node:path'
import pg from 'pg'
import type { Command } from '../cli.ts'
import { migrate, migrationFiles } from '../core/migrate.ts'
import { backup } from '../operations/backup.ts'
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
      const pending = await pendingOf(admin)
      if (pending.length === 0) {
        process.stdout.write('已是最新 / already current\n')
        return 0
      }
      process.stdout.write(`待执行 / pending: ${pending.join(', ')}\n`)
      if (flags.has('check')) return 1
      if (cluster && !flags.has('no-backup') && !pending.includes('0001_core.sql')) {
        const target = join(
          house.config.folder,
          'backups',
          `before-upgrade-${new Date(house.chance.now()).toISOString().replace(/[:.]/g, '')}`,
        )
        await backup(admin, cluster, house.config.headsFolder, target, house.chance.now(), () => undefined)
        process.stdout.write(`已备份到 / backed up to ${target}\n`)
      }
      const { applied, version } = await migrate(admin, {
        api: house.vault.key('database:api').toString('hex'),
        system: house.vault.key('database:system').toString('hex'),
      })
      process.stdout.write(`升级完成 / upgraded: ${applied.join(', ')} (${version})\n`)
      return 0
    } finally {
      await opened.close()
    }
  },
}
export default command

async function pendingOf(admin: pg.ClientConfig): Promise<string[]> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    const known = await client.query("select to_regclass('migration') is not null as there")
    const done = known.rows[0]?.there
      ? (await client.query<{ number: number }>('select number from migration')).rows.map((r) => r.number)
      : []
    return (await migrationFiles()).filter((f) => !done.includes(f.number)).map((f) => f.name)
  } finally {
    await client.end()
  }
}
