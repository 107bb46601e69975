import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@zhijiao/server/core/migrate'
import { ensureDatabase, startPostgres } from '@zhijiao/server/core/postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: { host: string; port: number; adminPassword: string; apiPassword: string; systemPassword: string }
  }
}

/** One real PostgreSQL for a whole test run; each test file copies the migrated template. fsync stays on: it is what we promise. */
export default async function cluster(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-test-'))
  const passwords = { adminPassword: 'test-admin', apiPassword: 'test-api', systemPassword: 'test-system' }
  const postgres = await startPostgres({
    folder,
    port: 0,
    password: passwords.adminPassword,
    settings: { shared_buffers: '64MB', max_connections: '200' },
  })
  await ensureDatabase(postgres, 'zj_template')
  await migrate(postgres.admin('zj_template'), {
    api: passwords.apiPassword,
    system: passwords.systemPassword,
    mark: 'test',
    id: '00000000',
    signer: 'test',
  })
  project.provide('cluster', { host: postgres.host, port: postgres.port, ...passwords })
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
