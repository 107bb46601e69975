import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from '@zhijiao/server/cli'
import { told } from '@zhijiao/server/commands/told'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The command as an operator types it, in a process of its own. */
export function zhijiao(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; out: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'server/bin/zhijiao.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, NODE_ENV: '', ...env },
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)))
    child.on('exit', (code) => done({ code: code ?? -1, out }))
  })
}

/** Listeners of a program that shares its machine with others. */
export const freePorts = {
  ZJ_PORT: '0',
  ZJ_JT808_PORT: '0',
  ZJ_GT06_PORT: '0',
  ZJ_WATCH_PORT: '0',
  ZJ_DEVICE_HTTP_PORT: '0',
}

/**
 * The same command without a process of its own, for what needs many of them: one after the other, and none that waits for
 * a signal.
 */
export async function zhijiaoHere(
  command: Command,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; out: string }> {
  const before = { ...process.env }
  for (const name of Object.keys(process.env)) if (/^(ZJ_|DATABASE_URL$)/.test(name)) delete process.env[name]
  Object.assign(process.env, env)
  let out = ''
  const hear = ((chunk: unknown) => {
    out += String(chunk)
    return true
  }) as typeof process.stdout.write
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }))
  for (const { stream } of streams) stream.write = hear
  try {
    return { code: await command.run(args), out }
  } catch (error) {
    return { ...told(error), out: `${out}${told(error).out}` }
  } finally {
    for (const { stream, write } of streams) stream.write = write
    for (const name of Object.keys(env)) delete process.env[name]
    Object.assign(process.env, before)
  }
}
