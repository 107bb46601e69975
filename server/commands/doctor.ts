import type { Command } from '../cli.ts'
import { examine, type Finding } from '../operations/doctor.ts'
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
      const findings = await examine(opened.house, flags.has('deep')).catch((error: unknown): Finding[] => [
        {
          ok: false,
          zh: `数据库未就绪：${error instanceof Error ? error.message : String(error)}`,
          en: 'The database is not ready',
          doZh: '新安装请先执行 npx zhijiao upgrade；并核对 ZJ_DATA、DATABASE_URL 和主密钥是否与安装时一致',
          doEn: 'on a new installation run npx zhijiao upgrade; otherwise check that ZJ_DATA, DATABASE_URL and the master key are those of the installation',
        },
      ])
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
