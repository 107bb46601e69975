import { Worker } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import type { Answer, Question } from './asking.ts'

let asker: Worker | null = null
let answeredMs = 0

/** What all answers since the last call took, each until its last byte: unpacking and reading is the asker's own time. */
export function takeAnsweredMs(): number {
  const taken = answeredMs
  answeredMs = 0
  return taken
}

const asked = (question: Question): Promise<Answer> =>
  new Promise((done, fail) => {
    asker ??= new Worker(new URL('./asker.mjs', import.meta.url), { execArgv: [] })
    const thread = asker
    thread.ref()
    const settled = (answer: Answer) => {
      thread.off('error', fail)
      // Does not keep the measurement alive once its table is printed.
      thread.unref()
      done(answer)
    }
    thread.once('message', settled).once('error', fail)
    thread.postMessage(question)
  })

/** `fetch` for the typed client, one question at a time, from a thread that only asks. Asks for gzip, as browsers do. */
export const timedFetch: typeof globalThis.fetch = async (address, init = {}) => {
  const headers = { ...(init.headers as Record<string, string>), 'accept-encoding': 'gzip' }
  const body = typeof init.body === 'string' ? init.body : null
  const answer = await asked({ address: String(address), method: init.method ?? 'GET', headers, body })
  if ('failed' in answer) throw new Error(answer.failed)
  answeredMs += answer.tookMs
  const { status, packed, gzip } = answer
  return new Response(status === 204 ? null : new Uint8Array(gzip ? gunzipSync(packed) : packed), { status })
}
