import type { Command } from '../cli.ts'
import { ConfigFault, readConfig } from '../core/config.ts'
import { startZhijiao } from '../main.ts'
import { openSetup } from '../settings/index.ts'

/** A production start: no demonstration data, secrets from outside, one or several parts of the program. */
const start: Command = {
  says: '正式启动 / production start (ZJ_MASTER_KEY or ZJ_MASTER_KEY_FILE is required)',
  usage: 'npx zhijiao start',
  async run() {
    try {
      const running = await startZhijiao(readConfig(process.env, 'production'))
      process.stdout.write(`智矫已启动 / Zhijiao is running: ${running.url || running.house.config.parts.join(', ')}\n`)
      if (running.health) process.stdout.write(`健康检查 / health and metrics: ${running.health}\n`)
      const token = running.house.config.parts.includes('api') ? await openSetup(running.house) : null
      if (token)
        process.stdout.write(
          `首次启动，请打开下面的一次性地址，建立单位和三名管理员（令牌 ${token}）：\nFirst run: open this one-time address to create the unit and its three administrators (token ${token}):\n  ${running.url}/setup#${token}\n`,
        )
      await new Promise<void>((done) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
      })
      await running.stop()
      return 0
    } catch (error) {
      if (!(error instanceof ConfigFault)) throw error
      process.stderr.write(`${error.message}\n`)
      return 2
    }
  },
}
export default start
