import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Gt06Decoder } from '@zhijiao/wire/gt06/decoder'
import { Jt808Decoder } from '@zhijiao/wire/jt808/decoder'
import type { Decoder } from '@zhijiao/wire/message'
import { WatchDecoder } from '@zhijiao/wire/watch/decoder'
import type { House } from '../core/house.ts'
import type { Stop } from '../core/room.ts'
import { counted, type Ingest } from '../positions/index.ts'
import type { Hub } from './hub.ts'
import { type Around, type Cause, Session } from './session.ts'

export type SocketProtocol = 'jt808' | 'gt06' | 'watch'

/** Connections altogether and from one address; a carrier's gateway may stand for a whole county. */
export const most = { connections: 50_000, perAddress: 10_000 } as const
/** Nothing could be written for so long while memory is full: connections are closed, oldest first, milliseconds. */
const giveUpMs = 30_000
const closeAtOnce = 200

const decoders: Readonly<Record<SocketProtocol, () => Decoder>> = {
  jt808: () => new Jt808Decoder(),
  gt06: () => new Gt06Decoder(),
  watch: () => new WatchDecoder(),
}

/** Listens for devices on a socket protocol and keeps its connections within bounds. */
export async function listenSockets(
  house: House,
  protocol: SocketProtocol,
  port: number,
  hub: Hub,
  ingest: Ingest,
  around: Around,
): Promise<{ port: number; stop: Stop }> {
  const perAddress = new Map<string, number>()
  let opened = 0
  const turnAway = (socket: Socket, cause: Cause) => {
    counted.closed.inc({ cause })
    socket.destroy()
  }
  const welcome = (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (perAddress.get(address) ?? 0) + 1
    socket.on('error', () => undefined)
    if (hub.size >= most.connections) return turnAway(socket, 'full')
    if (count > most.perAddress) return turnAway(socket, 'perAddress')
    if (ingest.overfull) return turnAway(socket, 'backlog')
    perAddress.set(address, count)
    counted.connections.inc({ protocol })
    const session = new Session({
      number: ++opened,
      protocol,
      socket,
      decoder: decoders[protocol](),
      around: {
        ...around,
        closed(ended) {
          const left = (perAddress.get(address) ?? 1) - 1
          if (left > 0) perAddress.set(address, left)
          else perAddress.delete(address)
          counted.connections.dec({ protocol })
          around.closed(ended)
        },
      },
    })
    hub.add(session)
  }
  const { tls } = house.config
  const server: Server = tls
    ? createTlsServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key), handshakeTimeout: 20_000 }, welcome)
    : createServer(welcome)
  // A handshake that fails is the other side's matter.
  server.on('tlsClientError', () => counted.faults.inc({ protocol, cause: 'tls' }))
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen({ host: house.config.devices.host, port, backlog: 1024 }, () => {
      server.off('error', failed)
      done()
    })
  })
  server.on('error', (error) => house.log.error({ err: error.message, protocol }, 'a device listener failed'))
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        for (const session of hub) if (session.protocol === protocol) session.kill('stopping')
      }),
  }
}

/** Holds all sockets while too much waits for the database, and gives them up in order when that lasts. */
export function watchPressure(house: House, hub: Hub, ingest: Ingest): Stop {
  const forget = ingest.onPressure((high) => {
    for (const session of hub) {
      if (high) session.pause()
      else session.resume()
    }
    house.log.warn({ held: ingest.held, connections: hub.size }, high ? 'sockets are held' : 'sockets go on')
  })
  const timer = setInterval(() => {
    if (!ingest.overfull || ingest.stuckSince === null || house.chance.now() - ingest.stuckSince < giveUpMs) return
    let left = closeAtOnce
    for (const session of hub) {
      if (left-- === 0) break
      session.close('backlog')
    }
  }, 1_000)
  return async () => {
    clearInterval(timer)
    forget()
  }
}
