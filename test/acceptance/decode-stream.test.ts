import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('`zhijiao decode` answers line by line while standard input stays open, and ends with it', async () => {
  const decoding = spawn(process.execPath, ['server/bin/zhijiao.mjs', 'decode', '--protocol', 'osmand'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = createInterface({ input: decoding.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse(String((await answers.next()).value)) as { ok: boolean; error?: string }
  const line = (lat: string) =>
    `${JSON.stringify({ method: 'GET', url: `/?id=phone1&lat=${lat}&lon=109.43&timestamp=1763700000&accuracy=12`, body: '' })}\n`
  try {
    // Each question is asked only after the former was answered: nothing waits for a full buffer or the end of the input.
    decoding.stdin.write(line('24.33'))
    expect(await next()).toMatchObject({ ok: true, messages: [{ device: 'phone1', fixes: [{ lat: 24.33 }] }] })
    decoding.stdin.write('no message at all\n')
    expect(await next()).toMatchObject({ ok: false, error: expect.stringMatching(/^ZJ_/) })
    // A line that arrives in two pieces is one line.
    const whole = line('24.34')
    decoding.stdin.write(whole.slice(0, 20))
    await new Promise((wake) => setTimeout(wake, 50))
    decoding.stdin.write(whole.slice(20))
    expect(await next()).toMatchObject({ ok: true, messages: [{ fixes: [{ lat: 24.34 }] }] })
    decoding.stdin.end()
    expect(await new Promise((done) => decoding.once('exit', done))).toBe(0)
  } finally {
    decoding.kill()
  }
})
