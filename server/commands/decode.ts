import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { decodeLines } from '@zhijiao/wire/decode'
import type { ProtocolName } from '@zhijiao/wire/message'
import type { Command } from '../cli.ts'
import { readOptions } from './options.ts'

const protocols: readonly ProtocolName[] = ['jt808', 'gt06', 'watch', 'osmand', 'owntracks', 'app']

/** Decodes what a device sent, for whoever debugs one: a line in, a line of JSON out, as it comes. Opens no database. */
const decode: Command = {
  says: '解码设备报文 / decode device messages from standard input to JSON lines',
  usage: `npx zhijiao decode --protocol ${protocols.join('|')} < LINES`,
  async run(args) {
    const { values, words, fault } = readOptions(args, { values: ['protocol'] })
    const protocol = protocols.find((p) => p === (values.protocol ?? words[0]))
    if (fault || !protocol) {
      process.stderr.write(`${fault ?? '请用 --protocol 指明协议 / name a protocol'}\n${this.usage}\n`)
      return 2
    }
    const decodeLine = decodeLines(protocol)
    // A reader that closed early has seen what it wanted.
    let closed = false
    process.stdout.on('error', () => {
      closed = true
    })
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (closed) break
      if (!process.stdout.write(`${JSON.stringify(decodeLine(line))}\n`) && !closed)
        await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(() => undefined)
    }
    return 0
  },
}
export default decode
