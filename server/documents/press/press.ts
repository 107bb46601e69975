import { Worker } from 'node:worker_threads'
import { refuse } from '../../core/refusals.ts'
import type { Paper } from '../paper.ts'
import { PressBusy, PressFailed } from '../refusals.ts'
import type { Job, Printout } from './bench.ts'
import type { Dressing } from './pdf.ts'

/** Papers waiting beyond which a request is told to come back. */
const queueLimit = 200

interface Waiting {
  readonly resolve: (bytes: Buffer) => void
  readonly reject: (error: Error) => void
}

/** The one press of a process: started with the first paper, started again if its thread dies, closed with the room. */
export class Press {
  #worker: Worker | null = null
  #count = 0
  readonly #waiting = new Map<number, Waiting>()

  pdf(paper: Paper, dressing: Dressing): Promise<Buffer> {
    return this.#print('pdf', paper, dressing)
  }

  docx(paper: Paper, dressing: Dressing): Promise<Buffer> {
    return this.#print('docx', paper, dressing)
  }

  /** Characters of a paper that no font here can draw. */
  async missing(paper: Paper): Promise<string[]> {
    const bare: Dressing = { draft: false, signatures: {}, stamp: null, at: 0, author: '' }
    return JSON.parse((await this.#print('glyphs', paper, bare)).toString('utf8')) as string[]
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = null
  }

  #print(kind: Job['kind'], paper: Paper, dressing: Dressing): Promise<Buffer> {
    if (this.#waiting.size >= queueLimit) throw refuse(PressBusy)
    const id = ++this.#count
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      const worker = this.#started()
      // While it prints it holds the process open; idle it does not.
      worker.ref()
      worker.postMessage({ id, kind, paper, dressing } satisfies Job)
    })
  }

  #started(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { execArgv: [] })
    this.#worker = worker
    worker.on('message', (printout: Printout) => {
      const waiting = this.#waiting.get(printout.id)
      this.#waiting.delete(printout.id)
      if (this.#waiting.size === 0) worker.unref()
      if (!waiting) return
      if ('bytes' in printout) waiting.resolve(Buffer.from(printout.bytes))
      else waiting.reject(refuse(PressFailed, { why: printout.fault }))
    })
    const gone = (why: string) => {
      if (this.#worker === worker) this.#worker = null
      const left = [...this.#waiting.values()]
      this.#waiting.clear()
      for (const { reject } of left) reject(refuse(PressFailed, { why }))
    }
    worker.on('error', (error) => gone(error.message))
    worker.on('exit', () => gone('the press was closed'))
    worker.unref()
    return worker
  }
}
