import { createHash } from 'node:crypto'
import {
  closeSync,
  cpSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import pg from 'pg'
import type { House } from '../core/house.ts'
import { giveToDatabaseUser } from '../core/postgres.ts'

/**
 * A physical backup of the embedded cluster while it runs: pg_backup_start, copy, pg_backup_stop, then the WAL of the
 * time between, held back by a temporary replication slot. Every file is listed with its SHA-256.
 */
export interface BackupManifest {
  readonly form: 'zhijiao-backup-1'
  readonly at: string
  readonly postgres: string
  readonly migration: number
  readonly ledger: { readonly size: number; readonly root: string | null }
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[]
}

// Not part of a base backup (PostgreSQL manual, "Backing Up The Data Directory").
const left =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|pgsql_tmp.*)\/|^(postmaster\.(pid|opts)|backup_label.*|tablespace_map.*)$|\/pgsql_tmp/

export function filesUnder(root: string, at = root): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name)
    if (entry.isDirectory()) return filesUnder(root, path)
    return entry.isFile() ? [relative(root, path)] : []
  })
}

function foldersUnder(root: string, at = root): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [relative(root, join(at, entry.name)), ...foldersUnder(root, join(at, entry.name))] : [],
  )
}

export function sha256Of(path: string): Promise<string> {
  return new Promise((done, fail) => {
    const hash = createHash('sha256')
    createReadStream(path)
      .on('data', (chunk) => hash.update(chunk))
      .on('error', fail)
      .on('end', () => done(hash.digest('hex')))
  })
}

/** Makes a backup in a new folder. `progress` hears how many files are done. */
export async function backup(
  admin: pg.ClientConfig,
  cluster: string,
  heads: string,
  target: string,
  now: number,
  progress: (done: number, all: number) => void,
): Promise<BackupManifest> {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Error(`${target} 不是空目录，请另指定 / ${target} is not empty; name a new folder`)
  const data = join(target, 'cluster')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const client = new pg.Client(admin)
  await client.connect()
  try {
    const facts = await client.query<{ version: string; migration: number; size: number; root: Buffer | null }>(
      `select current_setting('server_version') as version, (select max(number) from migration) as migration, coalesce((select max(size) from tree_head), 0)::int as size, (select root from tree_head order by size desc limit 1) as root`,
    )
    await client.query(`select pg_create_physical_replication_slot('zj_backup_${process.pid}', true, true)`)
    const started = await client.query<{ file: string }>(
      `select pg_walfile_name(pg_backup_start('zhijiao', true)) as file`,
    )
    const files = filesUnder(cluster).filter((path) => !left.test(path))
    for (const folder of foldersUnder(cluster).filter((path) => !path.includes('/') || !left.test(`${path}/`)))
      mkdirSync(join(data, folder), { recursive: true, mode: 0o700 })
    let done = 0
    for (const path of files) {
      try {
        await copyFile(join(cluster, path), join(data, path))
      } catch (error) {
        // A table dropped while we copied: the WAL says so too.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
      if (++done % 200 === 0) progress(done, files.length)
    }
    const stopped = await client.query<{ labelfile: string; spcmapfile: string; file: string }>(
      'select labelfile, spcmapfile, pg_walfile_name(lsn) as file from pg_backup_stop(true)',
    )
    const label = stopped.rows[0]
    const first = started.rows[0]?.file
    if (!label || !first)
      throw new Error('数据库没有给出备份的起止位置 / the database did not say where the backup begins and ends')
    writeFileSync(join(data, 'backup_label'), label.labelfile)
    if (label.spcmapfile.trim()) writeFileSync(join(data, 'tablespace_map'), label.spcmapfile)
    mkdirSync(join(data, 'pg_wal', 'archive_status'), { recursive: true, mode: 0o700 })
    for (const file of readdirSync(join(cluster, 'pg_wal'))) {
      if ((/^[0-9A-F]{24}$/.test(file) && file >= first && file <= label.file) || file.endsWith('.history'))
        await copyFile(join(cluster, 'pg_wal', file), join(data, 'pg_wal', file))
    }
    if (existsSync(heads)) cpSync(heads, join(target, 'tree-heads'), { recursive: true })
    const listed = []
    for (const path of filesUnder(target))
      listed.push({ path, size: statSync(join(target, path)).size, sha256: await sha256Of(join(target, path)) })
    const row = facts.rows[0]
    const manifest: BackupManifest = {
      form: 'zhijiao-backup-1',
      at: new Date(now).toISOString(),
      postgres: row?.version ?? '',
      migration: row?.migration ?? 0,
      ledger: { size: row?.size ?? 0, root: row?.root?.toString('hex') ?? null },
      files: listed,
    }
    const path = join(target, 'manifest.json')
    writeFileSync(path, JSON.stringify(manifest, null, 1))
    const handle = openSync(path, 'r')
    fsyncSync(handle)
    closeSync(handle)
    progress(files.length, files.length)
    return manifest
  } finally {
    await client.end()
  }
}

/** A backup of its own folder beneath the data, before the schema changes. Returns where it lies. */
export async function backupBeforeUpgrade(
  { config, chance }: Pick<House, 'config' | 'chance'>,
  admin: pg.ClientConfig,
  cluster: string,
): Promise<string> {
  const now = chance.now()
  const target = join(config.folder, 'backups', `before-upgrade-${new Date(now).toISOString().replace(/[:.]/g, '')}`)
  await backup(admin, cluster, config.headsFolder, target, now, () => undefined)
  return target
}

/**
 * Checks a backup against its list and lays it out in a new database folder. Refuses to write over anything.
 * @throws Error naming the first file that is missing or changed, before anything is written
 */
export async function restore(
  source: string,
  folder: string,
  heads: string,
  progress: (done: number, all: number) => void,
): Promise<BackupManifest> {
  const list = join(source, 'manifest.json')
  if (!existsSync(list))
    throw new Error(`${source} 不是备份目录（没有 manifest.json） / ${source} is no backup (it holds no manifest.json)`)
  const manifest = JSON.parse(readFileSync(list, 'utf8')) as BackupManifest
  if (manifest.form !== 'zhijiao-backup-1')
    throw new Error(`不认识的备份格式 / unknown form of backup: ${String(manifest.form)}`)
  const cluster = join(folder, 'cluster')
  if (existsSync(cluster))
    throw new Error(
      `${cluster} 中已有数据库，请用 ZJ_DATA 指定新的数据目录 / ${cluster} already holds a database; restore into a new data folder (ZJ_DATA)`,
    )
  let done = 0
  for (const { path, sha256 } of manifest.files) {
    const at = join(source, path)
    if (!existsSync(at)) throw new Error(`备份缺少文件 ${path} / the backup lacks ${path}`)
    if ((await sha256Of(at)) !== sha256)
      throw new Error(`备份中的文件 ${path} 已被改动 / ${path} of the backup has been changed`)
    if (++done % 200 === 0) progress(done, manifest.files.length)
  }
  // The way down stays open to the database's own user; only the cluster itself is closed to others.
  mkdirSync(folder, { recursive: true })
  mkdirSync(cluster, { mode: 0o700 })
  for (const sub of foldersUnder(join(source, 'cluster')))
    mkdirSync(join(cluster, sub), { recursive: true, mode: 0o700 })
  for (const { path } of manifest.files) {
    const to = path.startsWith('cluster/') ? join(folder, path) : join(heads, relative('tree-heads', path))
    mkdirSync(dirname(to), { recursive: true })
    await copyFile(join(source, path), to)
  }
  giveToDatabaseUser(folder)
  progress(manifest.files.length, manifest.files.length)
  return manifest
}
