import { gunzipSync } from 'node:zlib'
import { type OldTerm, type OldTrack, TermLine, TrackLine } from '@zhijiao/contract/old-tracks'
import { strictParser } from '../core/http/validation.ts'
import { type FieldFault, Refusal, refuse } from '../core/refusals.ts'
import { ImportFile } from './refusals.ts'

/** Largest file after unpacking, bytes. */
const mostUnpacked = 256 * 1024 * 1024

const readTerm = strictParser(TermLine)
const readTrack = strictParser(TrackLine)

/** The lines of a file, gzipped or not. */
function linesOf(file: Buffer): string[] {
  try {
    const plain = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file, { maxOutputLength: mostUnpacked }) : file
    return plain.toString('utf8').split(/\r?\n/)
  } catch {
    throw refuse(ImportFile, { detail: 'gzip' })
  }
}

/** Old terms and tracks of a file, each with its line; lines that are neither are refused by number. */
export function readImport(
  file: Buffer,
  refused: (line: number, why: 'notJson' | 'unknownLine', field?: FieldFault) => void,
) {
  const terms: { line: number; term: OldTerm }[] = []
  const tracks: { line: number; track: OldTrack }[] = []
  linesOf(file).forEach((text, i) => {
    if (text.trim() === '') return
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      refused(i + 1, 'notJson')
      return
    }
    try {
      if (typeof value === 'object' && value !== null && 'activation' in value)
        terms.push({ line: i + 1, term: (readTerm(value) as { activation: OldTerm }).activation })
      else tracks.push({ line: i + 1, track: (readTrack(value) as { track: OldTrack }).track })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused(i + 1, 'unknownLine', error.fields[0])
    }
  })
  if (terms.length + tracks.length === 0) throw refuse(ImportFile, { detail: '0' })
  return { terms, tracks }
}
