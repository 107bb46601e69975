import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

/** `--seconds 10` and the like; numbers only, each with its default. */
export function readOptions<T extends Record<string, number>>(args: readonly string[], defaults: T): T {
  const read: Record<string, number> = { ...defaults }
  for (let i = 0; i < args.length; i += 2) {
    const name = (args[i] ?? '').replace(/^--/, '')
    const value = Number(args[i + 1])
    if (!Object.hasOwn(defaults, name) || !Number.isFinite(value))
      throw new Error(`--${name} ${args[i + 1] ?? ''}: known are ${Object.keys(defaults).map((n) => `--${n} N`)}`)
    read[name] = value
  }
  return read as T
}

/** Where and of what these figures are: without it no figure means anything. */
export function heading(name: string, args: readonly string[]): void {
  const model = cpus()[0]?.model ?? 'unknown processor'
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', 'server', 'geo', 'wire', 'law', 'bench') ? ' with changes' : ''
  const load = (loadavg()[0] ?? 0).toFixed(2)
  print(`# ${name}`)
  print(`machine  ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}`)
  print(`command  npm run -s bench -- ${[name, ...args].join(' ')}`)
  print(`commit   ${git('rev-parse', '--short', 'HEAD')}${changed}; load before the start ${load}`)
  print('')
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Progress, beside the figures. */
export function say(line: string): void {
  process.stderr.write(`  ${line}\n`)
}

/** Text columns to the left, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const cells = [head, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? shown(cell) : cell)))
  const widths = head.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)))
  const right = head.map((_, i) => rows.some((row) => typeof row[i] === 'number'))
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ')
  cells.forEach((row, i) => {
    print(line(row).trimEnd())
    if (i === 0) print(widths.map((w) => '-'.repeat(w)).join('  '))
  })
  print('')
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)
}

/** Three significant places are all a shared machine can promise. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(4)) : value)

/** The last line, for programs. */
export function finish(result: Readonly<Record<string, unknown>>): void {
  print(JSON.stringify(result, (_, value) => (typeof value === 'number' ? rounded(value) : value)))
}

/** The value below which a share of the sorted sample lies (nearest rank). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
