import { randomBytes } from 'node:crypto'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { Command } from '../cli.ts'
import { chanceOf } from '../core/clock.ts'
import { ConfigFault, readConfig } from '../core/config.ts'
import {
  NotADemonstration,
  type Planted,
  type Progress,
  plantDemo,
  type RunningTwin,
  refuseRealUnits,
  startTwin,
} from '../demo/index.ts'
import { listeningAt } from '../gateway/index.ts'
import { openHouse, startParts } from '../main.ts'
import { demoAccounts } from '../system/index.ts'
import { readOptions } from './options.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

/** The demonstration: an invented city, planted once, and its twin feeding it until Ctrl-C. */
const demo: Command = {
  says: '演示 / demonstration with an invented city and its twin (what npm start runs)',
  usage: 'npx zhijiao demo [--people N] [--days N] [--seed N] [--speed N] [--no-twin]',
  async run(args) {
    const { values, flags, fault } = readOptions(args, {
      values: ['people', 'days', 'seed', 'speed'],
      flags: ['no-twin'],
    })
    const number = (name: string, fallback: number, low: number, high: number) => {
      const value = values[name] === undefined ? fallback : Number(values[name])
      return Number.isFinite(value) && value >= low && value <= high ? value : null
    }
    const people = number('people', 2_700, 10, 2_700)
    const days = number('days', 30, 0, 60)
    const seed = number('seed', 1, 0, 1e9)
    const speed = number('speed', 1, 0.1, 100)
    if (fault || people === null || days === null || seed === null || speed === null) {
      process.stderr.write(`${fault ?? '选项的值超出范围 / an option is out of its range'}\n${this.usage}\n`)
      return 2
    }
    const ended = interruption()
    try {
      return await play({ seed, people, days, on: legalDayOf(Date.now()) }, speed, !flags.has('no-twin'), ended)
    } catch (error) {
      // Interrupted while the database or the city was still being made: what is there is taken up by the next start.
      if (ended.now()) {
        say('\n已停止。再次执行将从此处继续。 / Stopped. The next start goes on from here.')
        return 0
      }
      if (!(error instanceof ConfigFault) && !(error instanceof NotADemonstration)) throw error
      process.stderr.write(`${error.message}\n`)
      return 2
    }
  },
}
export default demo

/** Resolves at the first Ctrl-C or TERM; later ones change nothing, so that the end stays in order. */
function interruption(): { readonly over: Promise<void>; readonly now: () => boolean } {
  let now = false
  const over = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        now = true
        done()
      })
  })
  return { over, now: () => now }
}

async function play(
  wish: Planted,
  speed: number,
  withTwin: boolean,
  ended: ReturnType<typeof interruption>,
): Promise<number> {
  say('智矫演示：全部数据均为合成 / Zhijiao demonstration: everything in it is invented')
  say('正在准备数据库…… / Preparing the database…')
  const config = readConfig(process.env, 'demo')
  const clock = { world: Date.now(), real: Date.now(), speed }
  const chance = chanceOf(() => clock.world + Math.round((Date.now() - clock.real) * clock.speed), randomBytes)
  const { house, close } = await openHouse(config, {
    quiet: process.env.ZJ_LOG === undefined,
    guard: refuseRealUnits,
    ...(speed === 1 ? {} : { chance }),
  })
  let twin: RunningTwin | null = null
  try {
    const planted = await plantDemo(house, wish)
    if (planted.seed !== wish.seed || planted.people !== wish.people)
      say(
        `继续已有演示：${planted.people} 人，种子 ${planted.seed} / Going on with the demonstration that is there: ${planted.people} people, seed ${planted.seed}`,
      )
    const parts = await startParts(house)
    try {
      introduce(parts.url)
      if (withTwin && !ended.now())
        twin = await startTwin(house, {
          planted,
          url: parts.url,
          clock,
          devices: { ...config.devices, ...listeningAt(house) },
          onProgress: reporter(),
        })
      await Promise.race([ended.over, twin ? twinGone(twin, ended) : ended.over])
      say('\n正在停止…… / Stopping…')
      await twin?.stop()
    } finally {
      await parts.stop()
    }
  } finally {
    await close()
  }
  say('已停止。再次执行将从此处继续。 / Stopped. The next start goes on from here.')
  return 0
}

/** A twin that ends by itself leaves the platform running: what is there can still be looked at. */
async function twinGone(twin: RunningTwin, ended: ReturnType<typeof interruption>): Promise<void> {
  const code = await twin.gone
  if (!ended.now()) say(`孪生进程已退出（${code}），平台继续运行 / The twin ended (${code}); the platform goes on`)
  await ended.over
}

function introduce(url: string): void {
  say(`\n  打开 / Open:  ${url}\n`)
  say('  演示账号（密码与动态验证码也显示在登录页） / Accounts (password and current code also on the sign-in page):')
  for (const { login, password, zh, en } of demoAccounts) say(`    ${login.padEnd(12)}${password}   ${zh} / ${en}`)
  say('\n  Ctrl-C 停止 / Ctrl-C stops it\n')
}

/** One line for each step, but no more than one a second of the same stage. */
function reporter(): (progress: Progress) => void {
  let last = ''
  let at = 0
  return (progress) => {
    const now = Date.now()
    if (progress.stage === last && progress.done < progress.total && now - at < 2_000) return
    last = progress.stage
    at = now
    say(`  [${progress.done}/${progress.total}] ${progress.zh} / ${progress.en}`)
  }
}
