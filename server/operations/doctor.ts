import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs'
import { sql } from 'kysely'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerSigner } from '../core/ledger/sealer.ts'
import { migrationFiles } from '../core/migrate.ts'
import { accountsNobodyRecovers } from '../orgs/index.ts'
import { daysAside, oldestUnfolded } from '../positions/index.ts'
import { inspectLedger } from './inspect-ledger.ts'
import { formerNeeded } from './rotation.ts'

export interface Finding {
  readonly ok: boolean
  readonly zh: string
  readonly en: string
  /** What to do about it. */
  readonly doZh?: string
  readonly doEn?: string
}

/** 2026-11-21 22:30, Asia/Shanghai. */
const instant = (at: Date | null) =>
  at ? new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') : '—'

/** Looks the installation over and says in plain words what is wrong and what to do. Changes nothing. */
export async function examine(house: House, deep: boolean): Promise<Finding[]> {
  const { databases, config, chance } = house
  const db = databases.system
  const found: Finding[] = []
  const say = (ok: boolean, zh: string, en: string, doZh?: string, doEn?: string) =>
    found.push({ ok, zh, en, ...(ok || !doZh ? {} : { doZh, doEn }) })

  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  say(
    major > 20 || (major === 20 && minor >= 19),
    `Node ${process.version}`,
    `Node ${process.version}`,
    '请升级到 Node 24',
    'upgrade to Node 24',
  )

  const { rows } = await sql<{
    version: number
    now: Date
    fsync: string
    sync: string
  }>`select current_setting('server_version_num')::int as version, clock_timestamp() as now, current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync`.execute(
    db,
  )
  const pgFacts = rows[0]
  const version = pgFacts?.version ?? 0
  say(
    version >= 150_000,
    `PostgreSQL ${Math.floor(version / 10_000)}`,
    `PostgreSQL ${Math.floor(version / 10_000)}`,
    '需要 PostgreSQL 15 或更高',
    'PostgreSQL 15 or newer is needed',
  )
  say(
    pgFacts?.fsync === 'on' && pgFacts.sync !== 'off',
    '写入落盘（fsync）已开启',
    'Writes reach the disk (fsync is on)',
    '请开启 fsync 和 synchronous_commit，否则确认过的定位可能丢失',
    'turn fsync and synchronous_commit on, or acknowledged positions may be lost',
  )
  const skew = Math.abs((pgFacts?.now.getTime() ?? 0) - chance.now())
  say(
    skew < 2000,
    `数据库与程序时钟相差 ${skew} 毫秒`,
    `The database's clock differs by ${skew} ms`,
    '请用 NTP 对时，法定期限依赖准确时间',
    'synchronise the clocks by NTP; legal deadlines depend on them',
  )

  const applied = await sql<{ number: number }>`select number from migration`.execute(db)
  const done = new Set(applied.rows.map((r) => r.number))
  const pending = (await migrationFiles()).filter((f) => !done.has(f.number))
  say(
    pending.length === 0,
    pending.length === 0
      ? `数据库结构为最新（第 ${Math.max(0, ...done)} 版）`
      : `有 ${pending.length} 项数据库升级未执行`,
    pending.length === 0
      ? `The schema is current (${Math.max(0, ...done)})`
      : `${pending.length} migrations are pending`,
    '请执行 npx zhijiao upgrade',
    'run npx zhijiao upgrade',
  )

  const open = await sql<{
    relname: string
  }>`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity and has_table_privilege('zj_api', c.oid, 'select') and c.relname <> 'audit'`.execute(
    db,
  )
  say(
    open.rows.length === 0,
    open.rows.length === 0
      ? '凡涉及人员的数据表均有行级权限'
      : `这些表没有行级权限：${open.rows.map((r) => r.relname).join('、')}`,
    open.rows.length === 0
      ? 'Every table about persons is under row-level security'
      : `No row-level security on: ${open.rows.map((r) => r.relname).join(', ')}`,
    '立即停用并联系开发方',
    'stop the service and call the developers',
  )
  const strong = await sql<{
    rolname: string
  }>`select rolname from pg_roles where rolname in ('zj_api', 'zj_system', 'zj_tracks') and (rolsuper or rolbypassrls)`.execute(
    db,
  )
  say(
    strong.rows.length === 0,
    '程序所用数据库角色不能绕过权限',
    'The roles of the program cannot bypass security',
    '请取消这些角色的超级权限',
    'take the superuser rights from these roles',
  )

  const stranded = await accountsNobodyRecovers(db)
  const named = stranded.slice(0, 5)
  const more = stranded.length > 5
  say(
    stranded.length === 0,
    stranded.length === 0
      ? '任何人丢失密码或第二因素，都有两人可为其恢复'
      : `这些账号丢失后无人可恢复：${named.map((a) => `${a.login}（${a.lost === 'password' ? '密码' : '第二因素'}）`).join('、')}${more ? `等 ${stranded.length} 项` : ''}`,
    stranded.length === 0
      ? 'Whoever loses password or second factor has two people to replace it'
      : `Nobody could replace what these lose: ${named.map((a) => `${a.login} (${a.lost === 'password' ? 'password' : 'second factor'})`).join(', ')}${more ? ` and others, ${stranded.length} in all` : ''}`,
    '请在该单位或其上级再任命一名安全管理员',
    'appoint one more security administrator in that unit or above it',
  )

  const former = await formerNeeded(house)
  say(
    former.length === 0,
    former.length === 0 ? '全部内容由现在的主密钥封存' : `仍有内容由原主密钥 ${former.join('、')} 封存`,
    former.length === 0
      ? 'Everything sealed is sealed with the present master key'
      : `Something is still sealed with the former master key ${former.join(', ')}`,
    '请执行 npx zhijiao rotate，完成前不要撤下原主密钥',
    'run npx zhijiao rotate; keep the former key until it is done',
  )

  const ledger = await inspectLedger(db, ledgerSigner(house).publicKey, deep ? Number.MAX_SAFE_INTEGER : 5000)
  say(
    ledger.ok,
    ledger.ok ? `账本完好：共 ${ledger.size} 条，已核对 ${ledger.checked} 条` : `账本有问题：${ledger.fault}`,
    ledger.ok
      ? `The ledger holds: ${ledger.size} entries, ${ledger.checked} recomputed`
      : `The ledger does not hold: ${ledger.fault}`,
    '请立即保全现场并从备份恢复核对',
    'preserve the evidence and compare with a backup at once',
  )
  const lag = await sql<{
    n: number
    oldest: Date | null
  }>`select count(*) as n, min(recorded_at) as oldest from ledger_unsealed`.execute(db)
  const oldest = lag.rows[0]?.oldest
  say(
    !oldest || chance.now() - oldest.getTime() < 60_000,
    `待封存 ${lag.rows[0]?.n ?? 0} 条`,
    `${lag.rows[0]?.n ?? 0} entries wait to be sealed`,
    '封存进程可能未运行：检查 worker',
    'the sealer may not be running: check the worker',
  )

  const aside = await daysAside(db)
  say(
    aside.days === 0,
    aside.days === 0
      ? '收到的定位点均可并入当日轨迹'
      : `有 ${aside.days} 个期限日的轨迹无法并入（共 ${aside.fixes} 个定位点，自 ${instant(aside.since)} 起）：定位点已另存，照常可查，其他人不受影响`,
    aside.days === 0
      ? 'All positions received can be folded into their days'
      : `${aside.days} days of a term cannot be folded (${aside.fixes} positions, since ${instant(aside.since)}): they are kept aside and can be read, nobody else is affected`,
    '每小时自动重试；仍不消失的，把日志中“could not be folded”一行和表 track_aside 的 why 列交给开发方',
    'they are tried again every hour; if they stay, give the developers the line "could not be folded" of the log and the column why of the table track_aside',
  )
  const unfolded = await oldestUnfolded(house)
  const waits = unfolded !== null && chance.now() - unfolded.getTime() > 3_600_000
  say(
    !waits,
    waits ? `有定位数据自 ${instant(unfolded)} 起未并入轨迹` : '定位数据按时并入轨迹',
    waits
      ? `Positions have waited since ${instant(unfolded)} to be folded into their days`
      : 'Positions are folded into their days in time',
    '检查 worker 是否运行，并查看日志中“compaction waits”一行',
    'check that the worker runs, and look for "compaction waits" in its log',
  )

  try {
    mkdirSync(config.headsFolder, { recursive: true })
    accessSync(config.headsFolder, constants.W_OK)
    say(true, '树头目录可写', 'The folder of tree heads is writable')
  } catch {
    say(
      false,
      '树头目录不可写',
      'The folder of tree heads is not writable',
      `请检查 ZJ_HEADS(${config.headsFolder})`,
      `check ZJ_HEADS (${config.headsFolder})`,
    )
  }
  const disk = statfsSync(config.folder)
  const free = (disk.bavail * disk.bsize) / 1e9
  say(
    free > 5,
    `数据盘剩余 ${free.toFixed(0)} GB`,
    `${free.toFixed(0)} GB free on the data disk`,
    '请清理或扩容，至少保留 5 GB',
    'free some space or enlarge it; keep at least 5 GB',
  )

  const year = new Date(chance.now() + 8 * 3_600_000).getUTCFullYear()
  const { calendar } = await lawFor(house, '', chance.now())
  for (const y of [year, year + 1]) {
    const known = calendar.years.has(y)
    const late = y === year || new Date(chance.now()).getUTCMonth() === 11
    say(
      known || !late,
      known ? `${y} 年节假日安排已导入` : `${y} 年节假日安排尚未导入`,
      known ? `The holidays of ${y} are loaded` : `The holidays of ${y} are not loaded`,
      '国务院公布后请导入，否则工作日期限无法计算',
      'import the State Council notice when published, or working-day deadlines cannot be counted',
    )
  }
  say(
    config.mode !== 'production' || config.tls !== null || config.http.host === '127.0.0.1',
    config.tls ? '监听端口已启用 TLS' : '监听端口未启用 TLS',
    config.tls ? 'Listeners speak TLS' : 'Listeners do not speak TLS',
    '正式环境请设置 ZJ_TLS_CERT 和 ZJ_TLS_KEY，或只在可信反向代理之后监听',
    'set ZJ_TLS_CERT and ZJ_TLS_KEY, or listen behind a trusted proxy only',
  )
  return found
}
