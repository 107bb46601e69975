import type { Command } from '../cli.ts'
import { readConfig } from '../core/config.ts'
import { ledgerSigner } from '../core/ledger/sealer.ts'
import { databaseFolder } from '../main.ts'
import { restore } from '../operations/backup.ts'
import { inspectLedger } from '../operations/inspect-ledger.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Restores a backup into an empty data folder (ZJ_DATA), starts it once and recomputes the ledger. */
const command: Command = {
  says: '恢复 / restore a backup into an empty data folder and check the ledger',
  usage: 'ZJ_DATA=NEW_FOLDER npx zhijiao restore FOLDER',
  async run(args) {
    const { words, fault } = readOptions(args, {})
    const [source] = words
    if (fault || !source) {
      process.stderr.write(`${fault ?? this.usage}\n`)
      return 2
    }
    const config = readConfig(process.env, 'demo')
    const manifest = await restore(source, databaseFolder(config), config.headsFolder, (done, all) =>
      process.stderr.write(`\r${done}/${all}`),
    )
    process.stderr.write('\n')
    const opened = await openInstallation({ leaveSchema: true })
    try {
      const ledger = await inspectLedger(
        opened.house.databases.system,
        ledgerSigner(opened.house).publicKey,
        Number.MAX_SAFE_INTEGER,
      )
      if (!ledger.ok || ledger.size < manifest.ledger.size) {
        process.stderr.write(
          `恢复后的账本有问题 / the restored ledger does not hold: ${ledger.fault ?? `${ledger.size} < ${manifest.ledger.size}`}\n`,
        )
        return 1
      }
      process.stdout.write(
        `恢复完成，账本 ${ledger.size} 条全部核对无误 / restored; all ${ledger.size} ledger entries recomputed and whole (backup of ${manifest.at})\n`,
      )
      return 0
    } finally {
      await opened.close()
    }
  },
}
export default command
