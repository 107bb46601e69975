import type { Command } from '../cli.ts'
import { sealAll } from '../core/ledger/sealer.ts'
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
    const opened = await openInstallation()
    try {
      if (!opened.cluster) {
        process.stderr.write(
          '使用自有数据库（DATABASE_URL）时，请用该数据库自己的备份工具：pg_basebackup -D FOLDER -X stream / With a database of your own, use its own tool: pg_basebackup -D FOLDER -X stream\n',
        )
        return 2
      }
      await sealAll(opened.house)
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
