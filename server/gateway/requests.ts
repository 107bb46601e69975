import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parseAnswers } from '@zhijiao/wire/app/answers'
import { parseBatch } from '@zhijiao/wire/app/batch'
import { toMessages } from '@zhijiao/wire/app/decode'
import { SIGNATURE_HEADERS, verify } from '@zhijiao/wire/app/signature'
import type { Message, Received } from '@zhijiao/wire/message'
import { decodeRequest as decodeOsmand, OSMAND_ANSWER } from '@zhijiao/wire/osmand/decode'
import { decodeRequest as decodeOwntracks } from '@zhijiao/wire/owntracks/decode'
import type { House } from '../core/house.ts'
import type { Stop } from '../core/room.ts'
import { type KnownDevice, openSecret } from '../devices/index.ts'
import { counted, type Ingest, type Waiting } from '../positions/index.ts'
import { answeredByApp, claim, unsupported } from './delivery.ts'
import type { Proofs } from './proof.ts'
import type { Reception, Speaker } from './reception.ts'
import { appSequence } from './sequence.ts'

/** Largest body, as it travels and unpacked, bytes. */
const mostBytes = 2 * 1024 * 1024
const mostUnpacked = 8 * 1024 * 1024
/** Faults that an answer to the app names; the rest only count. */
const mostNamed = 20
/** A request waits so long for the database, milliseconds; then the device keeps its fixes and tries later. */
const durableMs = 10_000
const unpack = promisify(gunzip)

interface Answer {
  readonly status: number
  readonly body: string
  readonly type?: string
}

const json = (status: number, value: unknown): Answer => ({
  status,
  body: JSON.stringify(value),
  type: 'application/json',
})
const later = json(503, { code: 'ZJ_UNAVAILABLE' })

/** Listens for devices over HTTP: OsmAnd and Traccar clients, OwnTracks, and our own app. */
export async function listenRequests(
  house: House,
  port: number,
  reception: Reception,
  ingest: Ingest,
  proofs: Proofs,
): Promise<{ port: number; stop: Stop }> {
  const sequence = appSequence(house)
  const now = () => house.chance.now()

  /** Takes messages and waits until what they brought is durable. False: it is not known to be. */
  const take = async (messages: readonly { speaker: Speaker; message: Message }[]): Promise<boolean> => {
    let holds = false
    for (const { speaker, message } of messages) if (reception.take(speaker, message, now())) holds = true
    if (!holds && ingest.healthy) return true
    return new Promise((done) => {
      const waiting: Waiting = {
        durable() {
          clearTimeout(timer)
          done(true)
        },
      }
      const timer = setTimeout(() => {
        ingest.leave(waiting)
        done(false)
      }, durableMs)
      ingest.wait(waiting)
    })
  }

  const secretOf = (device: KnownDevice | undefined): string | null =>
    device?.secret ? openSecret(house.vault, device.secret) : null

  const decoded = async (
    protocol: 'osmand' | 'owntracks',
    received: readonly Received[],
    remote: string | null,
    offered: string | null,
  ): Promise<'taken' | 'refused' | 'later'> => {
    const good = received.flatMap((one) => (one.ok ? [one.message] : []))
    const faulty = received.flatMap((one) => (one.ok ? [] : [one]))
    for (const { fault } of faulty) counted.faults.inc({ protocol, cause: fault })
    // Who names no device is told so by whoever sets the phone up; a device is answered as received, or it sends for ever.
    if (good.length === 0 && faulty.every(({ device }) => !device)) return 'refused'
    counted.frames.inc({ protocol }, good.length)
    const speakers = new Map<string, Speaker>()
    const speakerOf = (device: string): Speaker => {
      let speaker = speakers.get(device)
      if (!speaker) {
        speaker = reception.speaker(protocol, device, 0, null, remote)
        const secret = offered === null ? null : secretOf(speaker.known)
        speaker.proven = secret !== null && sameText(secret, offered ?? '')
        if (speaker.known && speaker.proven) proofs.proved(speaker.known, now())
        else if (speaker.known && secret !== null) proofs.unproven(speaker.known, 'wrongSecret', now())
        speakers.set(device, speaker)
      }
      return speaker
    }
    const messages = good.map((message) => ({ speaker: speakerOf(message.device), message }))
    for (const { device } of faulty) {
      const known = device ? speakerOf(device).known : undefined
      if (known) reception.malformed(known, 1, now())
    }
    const taken = await take(messages)
    if (!taken) return 'later'
    for (const speaker of speakers.values()) {
      const { known } = speaker
      if (known && proofs.trusts(speaker, known))
        for (const { id } of await claim(house, known.id)) await unsupported(house, id)
    }
    return 'taken'
  }

  const app = async (request: IncomingMessage, travelled: Buffer): Promise<Answer> => {
    const header = (name: string) => String(request.headers[name] ?? '')
    const install = header(SIGNATURE_HEADERS.install)
    const speaker = reception.speaker('app', install, 0, null, request.socket.remoteAddress ?? null)
    const secret = secretOf(speaker.known)
    if (!speaker.known || secret === null) {
      if (install) reception.take(speaker, { type: 'other', device: install, serial: 0, fixes: [], code: 'app' }, now())
      return json(404, { code: 'ZJ_APP_UNKNOWN_INSTALL' })
    }
    const proof = verify(
      Buffer.from(secret, 'utf8'),
      { install, time: header(SIGNATURE_HEADERS.time), body: travelled },
      header(SIGNATURE_HEADERS.signature),
      now(),
    )
    if (proof !== 'ok') {
      counted.faults.inc({ protocol: 'app', cause: proof })
      return json(401, { code: proof === 'badTime' ? 'ZJ_APP_TIME' : 'ZJ_APP_SIGNATURE', now: now() })
    }
    let text: string
    try {
      const plain =
        header('content-encoding') === 'gzip' ? await unpack(travelled, { maxOutputLength: mostUnpacked }) : travelled
      text = plain.toString('utf8')
    } catch {
      counted.faults.inc({ protocol: 'app', cause: 'gzip' })
      return json(400, { code: 'ZJ_APP_BODY', at: '', problem: 'gzip' })
    }
    const parsed = parseBatch(text)
    if (!parsed.ok || parsed.batch.install !== install) {
      counted.faults.inc({ protocol: 'app', cause: 'malformed' })
      return json(400, {
        code: 'ZJ_APP_BODY',
        ...(parsed.ok ? { at: 'install', problem: 'unknownValue' } : parsed.fault),
      })
    }
    const answers = parseAnswers(text)
    const device = speaker.known
    const { refused } = parsed
    // What it says of commands may be unreadable: its positions are taken all the same, or it would send them for ever.
    const ignored = [...parsed.ignored, ...answers.faults]
    for (const { problem } of refused) counted.faults.inc({ protocol: 'app', cause: problem })
    if (ignored.length > 0) counted.faults.inc({ protocol: 'app', cause: 'field' }, ignored.length)
    if (refused.length > 0) reception.malformed(device, refused.length, now())
    speaker.proven = true
    proofs.proved(device, now())
    const messages = toMessages(parsed.batch).map((message) => ({ speaker, message }))
    counted.frames.inc({ protocol: 'app' }, messages.length)
    if (!(await take(messages))) return later
    await answeredByApp(house, device.id, answers.answers)
    const ack = await sequence(
      device,
      parsed.batch,
      refused.flatMap(({ seq }) => seq ?? []),
      now(),
    )
    const commands = (await claim(house, device.id)).map(({ id, command }) => ({ id, ...command }))
    for (const { kind } of commands) if (kind === 'locate') reception.prompted(device, now())
    const term = device.activations.find((a) => now() >= a.startsAt && now() < a.endsAt)
    return json(200, {
      ack,
      now: now(),
      intervalS: term?.intervalS ?? null,
      commands,
      // What was wrong, for whoever looks after the app; the phone may forget all of it.
      ...(refused.length > 0 ? { refused: refused.slice(0, mostNamed) } : {}),
      ...(ignored.length > 0 ? { ignored: ignored.slice(0, mostNamed) } : {}),
    })
  }

  const route = async (request: IncomingMessage, body: Buffer): Promise<Answer> => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const remote = request.socket.remoteAddress ?? null
    if (ingest.overfull) return later
    if (path === '/app' || path.startsWith('/app/'))
      return request.method === 'POST' ? app(request, body) : json(405, {})
    const asked = {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      body: body.toString('utf8'),
      contentType: request.headers['content-type'] ?? null,
    }
    if (path.startsWith('/owntracks') || path === '/pub') {
      const way = await decoded('owntracks', decodeOwntracks(asked), remote, basicPassword(request))
      return way === 'taken' ? json(200, []) : way === 'later' ? later : json(400, { code: 'ZJ_WIRE_MALFORMED' })
    }
    if (path === '/' || path.startsWith('/osmand')) {
      const key = new URLSearchParams(asked.url.split('?')[1] ?? '').get('key')
      const way = await decoded('osmand', decodeOsmand(asked), remote, key)
      return way === 'taken'
        ? { status: 200, body: OSMAND_ANSWER }
        : way === 'later'
          ? later
          : json(400, { code: 'ZJ_WIRE_MALFORMED' })
    }
    return json(404, { code: 'ZJ_NOT_FOUND' })
  }

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    readBody(request)
      .then((body) => (body === null ? json(413, { code: 'ZJ_TOO_LARGE' }) : route(request, body)))
      .catch((error: unknown): Answer => {
        house.log.error({ err: error instanceof Error ? error.message : String(error) }, 'a device request failed')
        return later
      })
      .then(({ status, body, type }) => {
        if (response.destroyed) return
        response.writeHead(status, {
          'content-type': type ?? 'text/plain; charset=utf-8',
          'cache-control': 'no-store',
          ...(status === 503 ? { 'retry-after': '30' } : {}),
          ...(status === 413 ? { connection: 'close' } : {}),
        })
        response.end(body)
      })
      .catch(() => undefined)
  }
  const { tls } = house.config
  const server: Server = tls
    ? createTlsServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, serve)
    : createServer(serve)
  server.requestTimeout = 30_000
  server.headersTimeout = 15_000
  server.keepAliveTimeout = 65_000
  server.maxConnections = 20_000
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen({ host: house.config.devices.host, port }, () => {
      server.off('error', failed)
      done()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** The body within its bound; null when it is larger. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    const bytes = part as Buffer
    size += bytes.length
    if (size > mostBytes) return null
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function basicPassword(request: IncomingMessage): string | null {
  const [kind, value] = (request.headers.authorization ?? '').split(' ')
  if (kind?.toLowerCase() !== 'basic' || !value) return null
  const text = Buffer.from(value, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : text.slice(colon + 1)
}

import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in constant time whatever the lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
