import { parentPort } from 'node:worker_threads'
import type { Paper } from '../paper.ts'
import { docxOf } from './docx.ts'
import { missingGlyphs } from './fonts.ts'
import { type Dressing, pdfOf } from './pdf.ts'

/** One job of the press: what to print, and how. */
export interface Job {
  readonly id: number
  readonly kind: 'pdf' | 'docx' | 'glyphs'
  readonly paper: Paper
  readonly dressing: Dressing
}
export type Printout =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly fault: string }

async function print(kind: Job['kind'], paper: Paper, dressing: Dressing): Promise<Buffer> {
  if (kind === 'glyphs') return Buffer.from(JSON.stringify(missingGlyphs(JSON.stringify(paper.copies))))
  return kind === 'pdf' ? pdfOf(paper, dressing) : docxOf(paper, dressing)
}

const port = parentPort
if (port)
  port.on('message', ({ id, kind, paper, dressing }: Job) => {
    print(kind, paper, dressing).then(
      (bytes) => port.postMessage({ id, bytes: new Uint8Array(bytes) } satisfies Printout),
      (error: unknown) =>
        port.postMessage({
          id,
          fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
        } satisfies Printout),
    )
  })
