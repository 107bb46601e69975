import type { Command } from '../cli.ts'
import { purge, retentionPolicy } from '../retention/jobs.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Runs the retention job now, or says whom it would touch. */
const command: Command = {
  says: '按保存期限清除 / purge by the retention rules now',
  usage: 'npx zhijiao retain [--dry-run]',
  async run(args) {
    const { flags, fault } = readOptions(args, { flags: ['dry-run'] })
    if (fault) {
      process.stderr.write(`${fault}\n${this.usage}\n`)
      return 2
    }
    const opened = await openInstallation({ leaveSchema: true })
    try {
      const policy = await retentionPolicy(opened.house)
      const gone = await purge(opened.house, { dry: flags.has('dry-run') })
      process.stdout.write(`${JSON.stringify({ dryRun: flags.has('dry-run'), policy, ...gone })}\n`)
      return 0
    } finally {
      await opened.close()
    }
  },
}
export default command
