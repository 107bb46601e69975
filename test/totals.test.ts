import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))

/** A run of its own, with the closing line of ours, over one file of tests. */
function closingLineOf(source: string): { line: string; code: number | null } {
  const folder = mkdtempSync(join(root, 'test', '.totals-'))
  try {
    writeFileSync(join(folder, 'planted.test.ts'), source)
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `export default { root: ${JSON.stringify(folder)}, test: { name: 'planted', retry: 1, reporters: [${JSON.stringify(join(root, 'test/support/totals.ts'))}] } }`,
    )
    const ran = spawnSync(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', join(folder, 'vitest.config.ts')],
      { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', VITEST: undefined } },
    )
    return { line: ran.stdout.trim().split('\n').at(-1) ?? '', code: ran.status }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const head = `import { expect, test } from 'vitest'\nlet tries = 0\n`

test('the closing line counts and names what passed only on a retry', () => {
  const { line, code } = closingLineOf(
    `${head}test('firm', () => {})\ntest('now and then', () => { tries += 1; expect(tries).toBe(2) })\n`,
  )
  expect(line).toBe('2 passed, 0 failed; 1 of the passed only on a retry: planted planted.test.ts > now and then')
  expect(code).toBe(0)
})

test('without a retry it is bare, and what fails twice or is skipped counts as failed', () => {
  expect(closingLineOf(`${head}test('firm', () => {})\n`)).toEqual({ line: '1 passed, 0 failed', code: 0 })
  expect(closingLineOf(`${head}test('broken', () => expect(1).toBe(2))\ntest.skip('left', () => {})\n`)).toEqual({
    line: '0 passed, 2 failed',
    code: 1,
  })
})
