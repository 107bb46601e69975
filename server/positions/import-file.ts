import { gunzipSync } from 'node:zlib'
import { Day, Instant } from '@zhijiao/contract/common'
import { type Static, Type } from 'typebox'
import { strictParser } from '../core/http/validation.ts'
import { Refusal, refuse } from '../core/refusals.ts'
import { ImportFile } from './refusals.ts'

/** Largest file after unpacking, bytes. */
const mostUnpacked = 256 * 1024 * 1024

/** An old term: who was positioned with what, on which basis, from when until when. */
const OldTerm = Type.Object(
  {
    ref: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Name by which track lines of the same file refer to it',
    }),
    person: Type.String({ minLength: 1, maxLength: 64, description: 'Id or number of a person in scope' }),
    device: Type.Object(
      {
        protocol: Type.Union(
          (['jt808', 'gt06', 'watch', 'osmand', 'owntracks', 'app'] as const).map((p) => Type.Literal(p)),
        ),
        identity: Type.String({ pattern: '^[A-Za-z0-9_.@-]{1,64}$' }),
        kind: Type.Union((['phone', 'wristband', 'simulator'] as const).map((k) => Type.Literal(k))),
        model: Type.Optional(Type.String({ maxLength: 60 })),
      },
      { additionalProperties: false },
    ),
    regime: Type.Union([Type.Literal('check'), Type.Literal('device')]),
    ground: Type.String({ maxLength: 60 }),
    approver: Type.String({ minLength: 1, maxLength: 60 }),
    document: Type.Optional(Type.String({ maxLength: 60 })),
    startsAt: Instant,
    lastDay: Day,
    endedAt: Type.Optional(Instant),
    ceilingS: Type.Optional(Type.Integer({ minimum: 60, maximum: 86_400 })),
    intervalS: Type.Integer({ minimum: 1, maximum: 86_400 }),
  },
  { additionalProperties: false },
)
/** Fixes of one term: packed by the codec (base64 of `packDay`) or as rows [ts ms, lat, lon, radius m, source, km/h, course, battery]. */
const OldTrack = Type.Object(
  {
    term: Type.String({
      minLength: 1,
      maxLength: 64,
      description: '`ref` of a term of this file, or the id of an activation',
    }),
    packed: Type.Optional(Type.String()),
    fixes: Type.Optional(
      Type.Array(Type.Array(Type.Union([Type.Number(), Type.String(), Type.Null()]), { minItems: 3, maxItems: 8 }), {
        maxItems: 100_000,
      }),
    ),
  },
  { additionalProperties: false },
)
const readTerm = strictParser(Type.Object({ activation: OldTerm }, { additionalProperties: false }))
const readTrack = strictParser(Type.Object({ track: OldTrack }, { additionalProperties: false }))
export type OldTerm = Static<typeof OldTerm>
export type OldTrack = Static<typeof OldTrack>

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
export function readImport(file: Buffer, refused: (line: number, why: 'notJson' | 'unknownLine') => void) {
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
      refused(i + 1, 'unknownLine')
    }
  })
  if (terms.length + tracks.length === 0) throw refuse(ImportFile, { detail: '0' })
  return { terms, tracks }
}
