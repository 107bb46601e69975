import { hostname, userInfo } from 'node:os'
import type { Command } from '../cli.ts'
import type { House } from '../core/house.ts'
import { locks } from '../core/locks.ts'
import { pendingMigrations } from '../core/migrate.ts'
import { type Left, leftOf, rotate } from '../operations/rotation.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Rows of one transaction: short enough that nobody at work waits for it. */
const batch = 200

/** Rewrites with the present master key what is sealed with one of before (主密钥轮换). Can be stopped and run again. */
const command: Command = {
  says: '主密钥轮换 / rewrite what is sealed with a former master key (ZJ_MASTER_KEY_FORMER); --check says what is left',
  usage: 'npx zhijiao rotate [--check]',
  async run(args) {
    const { flags, words, fault } = readOptions(args, { flags: ['check'] })
    if (fault || words.length > 0) {
      process.stderr.write(`${fault ?? this.usage}\n`)
      return 2
    }
    const opened = await openInstallation({ leaveSchema: flags.has('check') })
    try {
      const { house } = opened
      if (flags.has('check') && (await pendingMigrations(opened.admin)).length > 0) {
        process.stderr.write(
          '数据库结构比程序旧，请先升级 / the database is older than the program: npx zhijiao upgrade\n',
        )
        return 2
      }
      process.stdout.write(`现在的主密钥 / the present master key: ${house.vault.id}\n`)
      return flags.has('check') ? told(await leftOf(house)) : await alone(house, () => work(house))
    } finally {
      await opened.close()
    }
  },
}
export default command

/** Two at once would wait for each other at every row. */
async function alone(house: House, run: () => Promise<number>): Promise<number> {
  const client = await house.databases.systemPool.connect()
  try {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [locks.rotation])
    if (rows[0]?.got) return await run()
    process.stderr.write('另一个 rotate 正在进行 / another rotate is at work\n')
    return 2
  } finally {
    client.release(true)
  }
}

async function work(house: House): Promise<number> {
  const all = new Map<string, number>()
  for (const { of, rows } of await leftOf(house)) all.set(of.table, (all.get(of.table) ?? 0) + rows)
  let stopped = false
  const stop = () => {
    stopped = true
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  try {
    const { done, left, unread, gone } = await rotate(house, operator(), {
      batch,
      stopped: () => stopped,
      progress: (of, rows) =>
        process.stdout.write(`${of.zh} / ${of.en}: ${rows}/${Math.max(rows, all.get(of.table) ?? 0)}\n`),
    })
    for (const { of, id } of unread.slice(0, 10))
      process.stderr.write(`${of.table} ${id}：无法打开 / cannot be opened with any key given\n`)
    const rows = Object.values(done).reduce((sum, n) => sum + n, 0)
    process.stdout.write(`本次改写 ${rows} 行 / ${rows} rows rewritten\n`)
    if (stopped && left.length > 0)
      process.stdout.write('已中断，已改写的有效 / interrupted; what was rewritten stands\n')
    return told(left, gone)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
}

/** Says plainly whether a key may be taken out, and never while anything is left. */
function told(left: readonly Left[], gone: readonly string[] = []): number {
  if (left.length > 0) {
    for (const { of, key, rows } of left) process.stdout.write(`还剩 / left: ${of.zh} / ${of.en}: ${rows}（${key}）\n`)
    process.stdout.write(
      '原主密钥还不能撤下，请再次执行 npx zhijiao rotate / a former key is still needed and must not be taken out; run npx zhijiao rotate again\n',
    )
    return 1
  }
  process.stdout.write(
    gone.length > 0
      ? `已无内容由原主密钥封存，${gone.join('、')} 可以撤下：从各进程的 ZJ_MASTER_KEY_FORMER 中去掉后重新启动。此前的备份仍由它封存，备份留存多久，它就另行保管多久。\nNothing is sealed with a former key any more; ${gone.join(', ')} may be taken out: remove it from ZJ_MASTER_KEY_FORMER of every process and start again. Backups of before are still sealed with it; keep it elsewhere for as long as you keep them.\n`
      : '没有由其他主密钥封存的内容 / nothing is sealed with another master key\n',
  )
  return 0
}

function operator() {
  const account = accountName()
  return { account, from: process.env.SUDO_USER ?? null, host: hostname() }
}

/** An account without an entry in the machine's list has no name. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}
