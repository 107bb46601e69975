import { connect } from 'node:net'
import { fromHex } from '@zhijiao/wire/bytes'
import { Gt06Decoder } from '@zhijiao/wire/gt06/decoder'
import { login } from '@zhijiao/wire/gt06/device'
import { Jt808Decoder } from '@zhijiao/wire/jt808/decoder'
import { heartbeat, position } from '@zhijiao/wire/jt808/device'
import type { Decoder, Received } from '@zhijiao/wire/message'
import { decodeRequest as decodeOsmand } from '@zhijiao/wire/osmand/decode'
import { decodeRequest as decodeOwntracks } from '@zhijiao/wire/owntracks/decode'
import { cut, type Vector, vectorsOf } from '@zhijiao/wire/testing/vectors'
import { WatchDecoder } from '@zhijiao/wire/watch/decoder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ground, Line, startGround, still, until } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground.county.stop())

/** A small seeded generator: the same cuts at every run. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
}

const bytesOf = (v: Vector): Uint8Array | null =>
  v.text ? Buffer.from(v.text, 'latin1') : fromHex(v.wireHex ?? v.hex ?? '')

/** How much was answered. JT/T 808 counts frames: an escape more or less follows from our own serial numbers. */
const sizeOf = (answers: Uint8Array) =>
  answers[0] === 0x7e ? answers.reduce((n, byte) => n + (byte === 0x7e ? 1 : 0), 0) : answers.length

/** What the decoder alone would answer, message by message. */
function expected(decoder: Decoder, pieces: readonly Uint8Array[]): number {
  let bytes = 0
  for (const piece of pieces)
    for (const one of decoder.receive(piece))
      if (one.ok) bytes += sizeOf(decoder.acknowledge(one, { result: 'ok', now: ground.county.house.chance.now() }))
  return bytes
}

async function overSocket(port: number, pieces: readonly Uint8Array[], answers: number, seed: number): Promise<void> {
  const random = chance(seed)
  const all = Buffer.concat(pieces)
  const places = Array.from({ length: Math.ceil(all.length / 40) }, () => random() % (all.length + 1))
  const line = await Line.open(port)
  let i = 0
  for (const chunk of cut(all, places)) {
    line.send(chunk)
    // Now and then the network pauses in the middle of a frame.
    if (++i % 50 === 0) await still(2)
  }
  await until(`answers of size ${answers}`, () => sizeOf(line.raw) >= answers, 30_000)
  await still(50)
  expect(sizeOf(line.raw)).toBe(answers)
  expect(line.closed).toBe(false)
  line.end()
}

/** One connection a device, as in the field: what a decoder remembers of the line is that device's. */
function perDevice(frames: readonly Uint8Array[], decoder: () => Decoder): Uint8Array[][] {
  const lines = new Map<string, Uint8Array[]>()
  let last = ''
  for (const frame of frames) {
    const named = decoder()
      .receive(frame)
      .find((one) => one.ok)
    // What cannot be read alone (a later part, a broken frame) goes where the one before it went.
    // Padlocks say in each message whether they wait for an answer; such a line is one message long.
    const alone = named?.ok && (named.envelope.id === 0x5501 || named.envelope.id === 0x5502)
    last = named?.ok ? `${named.message.device} ${makerOf(frame)} ${alone ? lines.size : ''}` : last
    lines.set(last, [...(lines.get(last) ?? []), frame])
  }
  return [...lines.values()]
}
const makerOf = (frame: Uint8Array) =>
  frame[0] === 0x5b
    ? Buffer.from(frame)
        .toString('latin1')
        .split('*')
        .slice(0, 3)
        .join('*')
        .replace(/\*[0-9A-F]{4}$/, '#')
    : ''

test('every JT/T 808 vector goes through a socket in pieces of any size and is answered', async () => {
  for (const group of ['jt808-traccar', 'jt808-yezhihao', 'jt808-smallchi', 'wristband-traccar', 'frames-traccar']) {
    const frames = vectorsOf(group)
      .filter((v) => (v.wireHex ?? v.hex)?.toLowerCase().startsWith('7e'))
      .flatMap((v) => bytesOf(v) ?? [])
    if (frames.length === 0) continue
    for (const seed of [1, 2])
      for (const own of perDevice(frames, () => new Jt808Decoder()))
        await overSocket(ground.ports().jt808, own, expected(new Jt808Decoder(), own), seed)
  }
})

test('every GT06 vector goes through a socket after a login', async () => {
  const frames = [login('350000000000001', 1), ...vectorsOf('gt06-traccar').flatMap((v) => bytesOf(v) ?? [])]
  await overSocket(ground.ports().gt06, frames, expected(new Gt06Decoder(), frames), 3)
})

test('every watch vector goes through a socket', async () => {
  const frames = vectorsOf('watch-traccar').flatMap((v) => bytesOf(v) ?? [])
  for (const own of perDevice(frames, () => new WatchDecoder()))
    await overSocket(ground.ports().watch, own, expected(new WatchDecoder(), own), 4)
})

test('every OsmAnd and OwnTracks vector is taken over HTTP, or refused when it holds nothing', async () => {
  const base = `http://127.0.0.1:${ground.ports().http}`
  const send = async (
    path: string,
    v: Vector,
    decode: (r: { method: string; url: string; body: string | null; contentType: string | null }) => Received[],
  ) => {
    const request = {
      method: v.method ?? 'GET',
      url: v.url ?? '/',
      body: v.body ?? null,
      contentType: v.contentType ?? null,
    }
    const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : ''
    const good = decode({ ...request, url: `${path}${query}` }).some((one) => one.ok)
    const answer = await fetch(`${base}${path}${query}`, {
      method: request.method === 'GET' && request.body ? 'POST' : request.method,
      ...(request.body ? { body: request.body } : {}),
      headers: { 'content-type': request.contentType ?? 'application/json' },
    })
    expect(answer.status, `${v.id}`).toBe(good ? 200 : 400)
    await answer.arrayBuffer()
  }
  for (const v of vectorsOf('osmand-traccar')) await send('/osmand', v, decodeOsmand)
  for (const v of vectorsOf('owntracks-traccar')) await send('/owntracks', v, decodeOwntracks)
})

test('malformed input of any kind costs only its own connection', async () => {
  const worn = await ground.wear()
  const from = (serial: number) => ({ device: worn.identity.padStart(12, '0'), is2019: false, serial })
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(1), 90))
  await until('heard', () => line.answered.length === 1)
  const { jt808, gt06, watch, http } = ground.ports()
  const random = chance(99)
  const noise = Buffer.from(Array.from({ length: 300_000 }, () => random() & 0xff))
  const nasty: Uint8Array[] = [
    noise,
    Buffer.alloc(200_000, 0x7e),
    Buffer.alloc(200_000, 0x7d),
    Buffer.alloc(500_000, 0x41),
    Buffer.from([0x7e, 0x02, 0x00]),
    Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]),
    Buffer.concat(Array.from({ length: 2_000 }, () => Buffer.from([0x78, 0x78, 0xff, 0x12, 0x00, 0x0d, 0x0a]))),
    Buffer.from(`[3G*${'9'.repeat(50_000)}*FFFF*UD,`),
    // Sub-packages that promise more than they send.
    ...Array.from({ length: 50 }, (_, i) => subPackage(worn.identity, i)),
  ]
  const others = await Promise.all(
    [jt808, gt06, watch, http].flatMap((port) =>
      nasty.map(async (bytes) => {
        const socket = connect({ host: '127.0.0.1', port })
        socket.on('error', () => undefined)
        socket.write(bytes)
        return socket
      }),
    ),
  )
  // Meanwhile an honest device is answered as ever.
  for (let i = 2; i < 22; i++)
    line.send(
      position(from(i), {
        lat: 24.3,
        lon: 109.4,
        time: Math.floor(ground.county.house.chance.now() / 1000) * 1000 - 60_000 + i * 1000,
        positioned: true,
      }),
    )
  await until('answered', () => line.answered.length === 21)
  for (const socket of others) socket.destroy()
  const app = await fetch(`http://127.0.0.1:${http}/app/fixes`, { method: 'POST', body: 'x'.repeat(3_000_000) }).catch(
    () => null,
  )
  expect(app === null || app.status === 413).toBe(true)
  expect((await fetch(`http://127.0.0.1:${http}/nothing`)).status).toBe(404)
  line.end()
})

/** A piece of a message in 200 parts, the others of which never come. */
function subPackage(identity: string, serial: number): Uint8Array {
  const head = Buffer.alloc(16)
  head.writeUInt16BE(0x0704, 0)
  head.writeUInt16BE(0x2000 | 1000, 2)
  Buffer.from(String(Number(identity) + 1).padStart(12, '0'), 'hex').copy(head, 4)
  head.writeUInt16BE(serial * 300, 10)
  head.writeUInt16BE(200, 12)
  head.writeUInt16BE(1, 14)
  const content = Buffer.concat([head, Buffer.alloc(1000, 1)])
  const code = content.reduce((x, b) => x ^ b, 0)
  return Uint8Array.from([
    0x7e,
    ...[...content, code].flatMap((b) => (b === 0x7e ? [0x7d, 2] : b === 0x7d ? [0x7d, 1] : [b])),
    0x7e,
  ])
}
