// What both commands of the README need before anything else: dependencies and, for the demonstration, the built console.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const say = (zh, en) => process.stdout.write(`${zh} / ${en}\n`)

export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

const hashOf = (paths) => {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

function filesUnder(folder) {
  const found = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...filesUnder(path))
    else if (statSync(join(root, path)).size < 1_000_000) found.push(path)
  }
  return found.sort()
}

/** Installs the locked dependencies unless exactly these are there. */
export function installDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    say(
      `需要 Node 20.19 或更高（建议 24），当前是 ${process.version}`,
      `Node 20.19 or newer is needed (24 recommended), this is ${process.version}`,
    )
    process.exit(1)
  }
  const mark = join(root, 'node_modules', '.zhijiao-installed')
  const wanted = hashOf(['package-lock.json'])
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  say('正在安装依赖……', 'Installing dependencies…')
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(mark, wanted)
}

/** Builds the console unless it was built from exactly these sources. */
export function buildConsole() {
  const mark = join(root, 'web', 'dist', '.built-from')
  const wanted = hashOf([
    'package-lock.json',
    ...filesUnder('web'),
    ...filesUnder('contract'),
    ...filesUnder('law'),
    ...filesUnder('geo'),
  ])
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  say('正在构建网页……', 'Building the console…')
  run(process.execPath, [
    join('node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--config',
    'web/vite.config.ts',
    '--logLevel',
    'warn',
  ])
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, wanted)
}
