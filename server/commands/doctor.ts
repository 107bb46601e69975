import type { Command } from '../cli.ts'
import { examine } from '../operations/doctor.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Looks the installation over; exit code 1 when something needs doing. */
const command: Command = {
  says: '体检 / look the installation over and say what to do',
  usage: 'npx zhijiao doctor [--deep]',
  async run(args) {
    const { flags, fault } = readOptions(args, { flags: ['deep'] })
    if (fault) {
      process.stderr.write(`${fault}\n${this.usage}\n`)
      return 2
    }
    const opened = await openInstallation({ leaveSchema: true })
    try {
      const findings = await examine(opened.house, flags.has('deep'))
      for (const f of findings) {
        process.stdout.write(`${f.ok ? '✓' : '✗'} ${f.zh} / ${f.en}\n`)
        if (!f.ok && f.doZh) process.stdout.write(`    → ${f.doZh} / ${f.doEn ?? ''}\n`)
      }
      return findings.every((f) => f.ok) ? 0 : 1
    } finally {
      await opened.close()
    }
  },
}
export default command
