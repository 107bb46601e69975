import http from 'node:http'
import { parentPort } from 'node:worker_threads'

/** What the thread that measures sends for the one that asks. */
export interface Question {
  readonly address: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** An answer as it came, still packed; `tookMs` from the first byte asked to the last byte answered. */
export type Answer =
  | { readonly status: number; readonly packed: Uint8Array; readonly gzip: boolean; readonly tookMs: number }
  | { readonly failed: string }

// One at a time over one kept connection. This thread keeps nothing, so that its own collection of garbage is small.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

parentPort?.on('message', ({ address, method, headers, body }: Question) => {
  const answer = (told: Answer) => parentPort?.postMessage(told)
  const began = performance.now()
  const request = http.request(address, { agent, method, headers }, (answered) => {
    const chunks: Buffer[] = []
    answered.on('data', (chunk: Buffer) => chunks.push(chunk))
    answered.on('error', (error) => answer({ failed: String(error) }))
    answered.on('end', () => {
      const tookMs = performance.now() - began
      const gzip = answered.headers['content-encoding'] === 'gzip'
      answer({ status: answered.statusCode ?? 500, packed: Buffer.concat(chunks), gzip, tookMs })
    })
  })
  request.on('error', (error) => answer({ failed: String(error) }))
  request.end(body ?? undefined)
})
