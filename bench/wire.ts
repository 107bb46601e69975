import http from 'node:http'
import { gunzipSync } from 'node:zlib'

const agent = new http.Agent({ keepAlive: true })
let lastByteAt = 0

/** When the last byte of the newest answer was here, by `performance.now()`: unpacking and reading it is the asker's own time. */
export const answeredAt = (): number => lastByteAt

/** `fetch` for the typed client that notes when an answer was complete. Asks for gzip, as browsers do. */
export const timedFetch: typeof globalThis.fetch = (address, init = {}) =>
  new Promise((done, fail) => {
    const headers = { ...(init.headers as Record<string, string>), 'accept-encoding': 'gzip' }
    const request = http.request(String(address), { agent, method: init.method ?? 'GET', headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', fail)
      answer.on('end', () => {
        lastByteAt = performance.now()
        const packed = Buffer.concat(chunks)
        const body = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(packed) : packed
        const status = answer.statusCode ?? 500
        done(new Response(status === 204 ? null : new Uint8Array(body), { status }))
      })
    })
    request.on('error', fail)
    if (typeof init.body === 'string') request.write(init.body)
    request.end()
  })
