// Finds a Chromium for the browser tests, or installs it by the system's package manager where that is allowed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const say = (zh, en) => process.stdout.write(`${zh} / ${en}\n`)
const names = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

export function findBrowser() {
  const wanted = process.env.ZJ_CHROMIUM
  return (wanted ? [wanted, ...names] : names).find((path) => existsSync(path)) ?? null
}

const hasChineseFont = () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim().length > 0

/** Makes sure there is a browser and a Chinese font; without them the browser tests would prove nothing, so the run ends here. */
export function ensureBrowser() {
  if (findBrowser() && (process.platform !== 'linux' || hasChineseFont())) return
  const line = 'apt-get install -y --no-install-recommends chromium fonts-noto-cjk fontconfig'
  const mayInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (!mayInstall) {
    say(
      `浏览器测试需要 Chromium 和中文字体，本机没有，也无权安装。请先执行：sudo ${line}（或设置 ZJ_CHROMIUM）`,
      `The browser tests need Chromium and a Chinese font; neither is here and this user may not install them. Run: sudo ${line} (or set ZJ_CHROMIUM)`,
    )
    process.exit(1)
  }
  say(
    '正在用系统包管理器安装 Chromium 和中文字体……',
    "Installing Chromium and a Chinese font by the system's package manager…",
  )
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [
    ['update', '-qq'],
    [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      '-o',
      'DPkg::Lock::Timeout=300',
      'chromium',
      'fonts-noto-cjk',
      'fontconfig',
    ],
  ]) {
    const done = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env })
    if (done.status !== 0) {
      say(`安装失败。请手动执行：${line}`, `Installation failed. Run by hand: ${line}`)
      process.exit(1)
    }
  }
}
