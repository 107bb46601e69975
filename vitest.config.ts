import { defineConfig } from 'vitest/config'

/**
 * Three projects: `unit` (pure rules, beside the file they test), `api` (HTTP, device sockets, a real PostgreSQL),
 * `e2e` (a real browser). `unit-far` runs the pure rules again under another time zone: a legal day is a legal day anywhere.
 */
const pure = [
  'law/**/*.test.ts',
  'geo/**/*.test.ts',
  'wire/**/*.test.ts',
  'contract/**/*.test.ts',
  'web/**/*.test.ts',
  'twin/**/*.test.ts',
  'server/**/domain.test.ts',
  'server/**/*.unit.test.ts',
  'test/structure.test.ts',
  'test/features.test.ts',
  'test/migrations.test.ts',
  'test/permissions.test.ts',
  'test/rules.test.ts',
  'test/totals.test.ts',
]
// Real sockets and a real browser on a busy shared machine: one more try before it counts as broken. The closing line
// counts and names whatever needed it.
const database = {
  retry: 1,
  globalSetup: ['test/support/cluster.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './test/support/totals.ts'],
    projects: [
      { test: { name: 'unit', testTimeout: 60_000, include: pure, env: { TZ: 'Asia/Shanghai' } } },
      { test: { name: 'unit-far', testTimeout: 60_000, include: pure, env: { TZ: 'America/St_Johns' } } },
      {
        test: {
          name: 'api',
          include: ['server/**/*.test.ts', 'test/acceptance/**/*.test.ts'],
          exclude: [...pure, '**/node_modules/**'],
          ...database,
        },
      },
      { test: { name: 'e2e', include: ['test/browser/**/*.test.ts'], ...database, testTimeout: 240_000 } },
    ],
  },
})
