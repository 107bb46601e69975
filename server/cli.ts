import { told } from './commands/told.ts'

/** One command of `npx zhijiao`: what it is for, and what it does. Each lives in a file of `commands/`. */
export interface Command {
  /** One line for the list of commands. */
  readonly says: string
  readonly usage: string
  /** Returns the exit code. */
  run(args: readonly string[]): Promise<number>
}

const commands: Readonly<Record<string, () => Promise<{ default: Command }>>> = {
  demo: () => import('./commands/demo.ts'),
  start: () => import('./commands/start.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  upgrade: () => import('./commands/upgrade.ts'),
  logins: () => import('./commands/logins.ts'),
  rotate: () => import('./commands/rotate.ts'),
  doctor: () => import('./commands/doctor.ts'),
  openapi: () => import('./commands/openapi.ts'),
  retain: () => import('./commands/retain.ts'),
  law: () => import('./commands/law.ts'),
  decode: () => import('./commands/decode.ts'),
  track: () => import('./commands/track.ts'),
  verify: () => import('./commands/verify.ts'),
}

async function main(): Promise<number> {
  const [name = 'help', ...args] = process.argv.slice(2)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load) return (await load()).default.run(args)
  const known = name === 'help' || name === '--help' || name === '-h'
  const out = known ? process.stdout : process.stderr
  if (!known) out.write(`没有“${name}”命令 / no command "${name}"\n\n`)
  out.write('用法 usage: npx zhijiao COMMAND [...]\n\n')
  for (const [each, lazy] of Object.entries(commands)) out.write(`  ${each.padEnd(12)}${(await lazy()).default.says}\n`)
  return known ? 0 : 2
}

// A reader that closed early (`… | head`) has seen what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

// The code, not the process, decides when it is over: output to a pipe is flushed first.
main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const { code, out } = told(error)
    process.stderr.write(`${out}\n`)
    process.exitCode = code
  },
)
