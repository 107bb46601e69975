import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { authenticate, position, register } from '@zhijiao/wire/jt808/device'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ground, Line, seenLive, startGround, until } from './devices.support.ts'

const at = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url))
const ca = readFileSync(at('cert.pem'), 'utf8')

let g: Ground
beforeAll(async () => {
  // The test's own client of the console cannot be told of an authority after the process has begun; what is proved below
  // names it and checks it.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  g = await startGround({ env: { ZJ_TLS_CERT: at('cert.pem'), ZJ_TLS_KEY: at('key.pem') } })
})
afterAll(async () => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  await g?.county.stop()
})

/** One request that trusts this certificate and nothing else. */
const ask = (url: string, trust: string | undefined) =>
  new Promise<{ status: number; headers: Record<string, unknown> }>((done, failed) => {
    const asked = request(url, { ...(trust ? { ca: trust } : {}), rejectUnauthorized: true }, (answer) => {
      answer.resume()
      done({ status: answer.statusCode ?? 0, headers: answer.headers })
    })
    asked.once('error', failed)
    asked.end()
  })

test('with a certificate configured the console speaks HTTPS only, and says so to the browser', async () => {
  expect(g.county.url).toMatch(/^https:/)
  const answer = await ask(`${g.county.url}/api/health/live`.replace('127.0.0.1', 'localhost'), ca)
  expect(answer.headers['strict-transport-security']).toMatch(/max-age=31536000/)
  await expect(ask(g.county.url, undefined)).rejects.toThrow(/self-signed/)
  await expect(fetch(g.county.url.replace('https', 'http'))).rejects.toThrow()
})

test('a band reports by JT/T 808 over TLS: registered, authenticated, durable, seen', async () => {
  const worn = await g.wear({ name: '李合成' })
  const line = await Line.open(g.ports().jt808, ca)
  const from = { device: worn.identity.padStart(12, '0'), is2019: false, serial: 1 }
  line.send(register(from, { province: 45, county: 9001, maker: 'TWIN', model: 'B1', terminal: '1', plate: '' }))
  await until('registered', () => line.told.some((t) => t.id === 0x8100))
  line.send(authenticate({ ...from, serial: 2 }, worn.secret))
  await until('authenticated', () => line.answered.some((a) => a.serial === 2 && a.result === 0))
  const time = Math.floor(g.county.house.chance.now() / 1000) * 1000
  const place = { lat: 24.3262, lon: 109.4281 }
  line.send(
    position({ ...from, serial: 3 }, { ...place, time, positioned: true, speedKmh: 4, course: 90, altitudeM: 90 }),
  )
  await until('answered', () => line.answered.some((a) => a.serial === 3 && a.result === 0))
  await until('the position is seen', async () => (await seenLive(g.clerk, worn.person)).items.length === 1)
  line.end()
})

test('every device listener speaks TLS; a device that speaks in clear is closed and nothing of it is taken', async () => {
  const { jt808, gt06, watch, http } = g.ports()
  for (const port of [jt808, gt06, watch, http]) {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' })
    await new Promise<void>((done, failed) => {
      socket.once('secureConnect', done)
      socket.once('error', failed)
    })
    expect(socket.authorized).toBe(true)
    socket.destroy()
  }
  const plain = connectPlain({ host: '127.0.0.1', port: jt808 })
  let heard = 0
  plain.on('data', () => {
    heard++
  })
  plain.on('error', () => undefined)
  plain.write(Buffer.from('7e000200000139000000010001357e', 'hex'))
  await new Promise<void>((done) => plain.once('close', () => done()))
  expect(heard).toBeLessThanOrEqual(1)
})
