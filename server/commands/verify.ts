import { readFileSync } from 'node:fs'
import type { Command } from '../cli.ts'
import type { TreeHead } from '../core/ledger/head.ts'
import { verifyPack } from '../evidence/verify.ts'
import { readOptions } from './options.ts'

/** Checks an evidence pack with nothing but its bytes and, if given, trusted heads (one JSON object, an array, or one a line). */
const verify: Command = {
  says: '离线核验证据包 / verify an evidence pack offline',
  usage: 'npx zhijiao verify PACK [--head FILE]',
  async run(args) {
    const { words, values, fault } = readOptions(args, { values: ['head'] })
    const headFile = values.head
    const [pack] = words
    if (fault || !pack || words.length !== 1) {
      process.stderr.write(`${fault ? `${fault}\n` : ''}${this.usage}\n`)
      return 2
    }
    let bytes: Buffer
    let trusted: readonly unknown[] = []
    try {
      bytes = readFileSync(pack)
      if (headFile !== undefined) trusted = headsIn(readFileSync(headFile, 'utf8'))
    } catch (error) {
      process.stderr.write(`读不到文件 / cannot read: ${error instanceof Error ? error.message : String(error)}\n`)
      return 2
    }
    const heads = trusted.filter(isTreeHead)
    if (headFile !== undefined && (heads.length === 0 || heads.length < trusted.length)) {
      process.stderr.write(
        `${headFile} 中没有可用的树头，未核验。请换用外部保管方留存的树头文件；不带 --head 可只核验包本身 / ${headFile} holds no usable tree head; nothing was verified. Use the file of heads an outside holder keeps, or leave --head out to check the pack by itself\n`,
      )
      return 2
    }
    const verdict = verifyPack(bytes, heads)
    for (const check of verdict.checks) process.stdout.write(`${check.ok ? '✓' : '✗'} ${check.zh}\n  ${check.en}\n`)
    if (verdict.limits.length > 0) process.stdout.write('\n证据的限度 / What it cannot show\n')
    for (const limit of verdict.limits) process.stdout.write(`· ${limit.zh}\n  ${limit.en}\n`)
    process.stdout.write(
      verdict.holds
        ? '\n核验通过 / The pack holds.\n'
        : `\n核验未通过：${verdict.failed?.zh}\nThe pack does not hold: ${verdict.failed?.en}\n`,
    )
    return verdict.holds ? 0 : 1
  },
}
export default verify

/** One head as the console hands it out, over however many lines; an array of them; or one a line, as they are published. */
function headsIn(text: string): readonly unknown[] {
  const whole = parsed(text)
  if (whole !== undefined) return [whole].flat()
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown)
}

/** A file without a head, or with something else in it, must never pass for a pack checked against a head. */
function isTreeHead(it: unknown): it is TreeHead {
  if (typeof it !== 'object' || it === null) return false
  const head: Partial<Record<keyof TreeHead, unknown>> = it
  return (
    Number.isInteger(head.size) &&
    [head.root, head.at, head.keyId, head.publicKey, head.signature].every((each) => typeof each === 'string') &&
    (head.previous === null || typeof head.previous === 'string')
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
