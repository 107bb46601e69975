import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/**
 * Stands between a program and its database, as a firewall does: one connection can be cut so that the program is told
 * nothing, while its others go on.
 */
export async function startRelay(to: { host: string; port: number }) {
  /** By the port under which the database knows the connection. */
  const lines = new Map<number, { near: Socket; far: Socket; deaf: boolean }>()
  const server = createServer((near) => {
    const far = connect(to.port, to.host)
    const line = { near, far, deaf: false }
    far.once('connect', () => lines.set(far.localPort ?? 0, line))
    near.pipe(far, { end: false })
    far.on('data', (bytes) => {
      if (!line.deaf) near.write(bytes)
    })
    near.on('error', () => undefined).on('close', () => far.destroy())
    far
      .on('error', () => undefined)
      .on('close', () => {
        if (!line.deaf) near.destroy()
      })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    /** From now on the program hears nothing of this connection, not even its end. */
    cut(port: number): void {
      const line = lines.get(port)
      if (!line) throw new Error(`no connection from port ${port}`)
      line.deaf = true
    },
    async stop(): Promise<void> {
      for (const { near, far } of lines.values()) {
        near.destroy()
        far.destroy()
      }
      await new Promise((done) => server.close(done))
    },
  }
}
