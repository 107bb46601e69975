import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../cli.ts'
import { readConfig } from '../core/config.ts'
import { sealAll } from '../core/ledger/sealer.ts'
import { pendingMigrations } from '../core/migrate.ts'
import { databaseFolder } from '../main.ts'
import { backup } from '../operations/backup.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Backs up the running or stopped embedded database, and the published tree heads with it. */
const command: Command = {
  says: '备份 / back up the embedded database while it runs',
  usage: 'npx zhijiao backup FOLDER',
  async run(args) {
    const { words, fault } = readOptions(args, {})
    const [target] = words
    if (fault || !target) {
      process.stderr.write(`${fault ?? this.usage}\n`)
      return 2
    }
    if (process.env.DATABASE_URL) {
      process.stderr.write(
        '使用自有数据库（DATABASE_URL）时，请用该数据库自己的备份工具：pg_basebackup -D FOLDER -X stream / With a database of your own, use its own tool: pg_basebackup -D FOLDER -X stream\n',
      )
      return 2
    }
    const folder = databaseFolder(readConfig(process.env, 'demo'))
    if (!existsSync(join(folder, 'cluster', 'PG_VERSION'))) {
      process.stderr.write(
        `${folder} 中没有数据库，请核对 ZJ_DATA / there is no database in ${folder}; check ZJ_DATA\n`,
      )
      return 2
    }
    // What is there is kept as it is: a newer program brings the schema up to date after its backup, never before.
    const opened = await openInstallation({ leaveSchema: true })
    try {
      if (!opened.cluster) return 2
      const pending = await pendingMigrations(opened.admin)
      if (pending.length === 0) await sealAll(opened.house)
      const manifest = await backup(
        opened.admin,
        opened.cluster,
        opened.house.config.headsFolder,
        target,
        opened.house.chance.now(),
        (done, all) => process.stderr.write(`\r${done}/${all}`),
      )
      process.stderr.write('\n')
      process.stdout.write(
        `备份完成 / backed up: ${manifest.files.length} files, ledger ${manifest.ledger.size}, ${target}\n`,
      )
      process.stdout.write(
        '主密钥不在备份内，请另行妥善保管；没有它无法解密证件号码，也无法登录数据库。 / The master key is not in the backup; keep it elsewhere. Without it identity numbers cannot be read.\n',
      )
      return 0
    } finally {
      await opened.close()
    }
  },
}
export default command
