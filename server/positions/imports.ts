import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import type { positions } from '@zhijiao/contract/positions'
import type { Segment } from '@zhijiao/geo/track'
import { GEO_RULES } from '@zhijiao/geo/validate'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { type FieldFault, problemOf, refuse } from '../core/refusals.ts'
import { type Asked, signedIn } from '../core/room.ts'
import { tried } from '../core/trial.ts'
import { devicesChannel } from '../devices/index.ts'
import { byDay } from './days.ts'
import { foldIn } from './folding.ts'
import { readImport } from './import-file.ts'
import { learnTerms, oldTerm, peopleOf, showNewest, type Term } from './import-terms.ts'
import { segmentsOf } from './import-tracks.ts'
import {
  OldCeiling,
  OldDates,
  OldDevice,
  OldGround,
  OldKind,
  OldLength,
  OldLine,
  OldOutOfTerm,
  OldOverlap,
  OldPerson,
  OldShape,
  OldState,
  OldTermUnknown,
  OldTrackUnreadable,
} from './refusals.ts'

/** Refused lines that are named; the rest only count. */
const mostNamed = 5_000
/** Track lines folded in one go. */
const foldLines = 2_000

export type Imported = AnswerOf<SpecOf<(typeof positions)['importTracks']>>

const kinds = {
  notJson: OldLine,
  unknownLine: OldShape,
  person: OldPerson,
  term: OldTermUnknown,
  dates: OldDates,
  overlap: OldOverlap,
  device: OldDevice,
  kind: OldKind,
  ground: OldGround,
  length: OldLength,
  ceiling: OldCeiling,
  state: OldState,
  track: OldTrackUnreadable,
  outOfTerm: OldOutOfTerm,
} as const
/** The field each of them is about. */
const fields: Readonly<Partial<Record<keyof typeof kinds, string>>> = {
  person: 'activation.person',
  term: 'track.term',
  dates: 'activation.lastDay',
  overlap: 'activation.startsAt',
  device: 'activation.device',
  kind: 'activation.device.kind',
  ground: 'activation.ground',
  length: 'activation.lastDay',
  ceiling: 'activation.ceilingS',
  state: 'activation.endedAt',
  track: 'track.fixes',
  outOfTerm: 'track.fixes',
}

/**
 * Brings in old terms and tracks: a file of JSON lines, gzipped or not. Persons are looked up through the caller's eyes;
 * everything is marked imported, in the ledger, in the day tracks and in each fix, because this platform did not witness it.
 * One transaction: the whole file or nothing of it; lines that cannot stand are named and left out. What came in before is
 * left alone, so that a file may be sent again.
 */
export async function importTracks(
  house: House,
  asked: Pick<Asked, 'who' | 'circumstances' | 'inTransaction'>,
  file: Buffer,
  { source, dryRun: trial }: { readonly source: string; readonly dryRun?: boolean | undefined },
): Promise<Imported> {
  const who = signedIn(asked)
  const { now, law } = asked.circumstances
  const done: Imported = {
    activations: 0,
    days: 0,
    fixes: 0,
    known: { activations: 0, fixes: 0 },
    refused: [],
    leftOut: 0,
  }
  const refused = (line: number, why: keyof typeof kinds, at?: FieldFault) => {
    done.leftOut++
    if (done.refused.length >= mostNamed) return
    const { code } = kinds[why]
    const { zh, en } = problemOf(refuse(kinds[why], { fault: at?.zh ?? '—', faultEn: at?.en ?? '—' }), '')
    done.refused.push({ line, says: { zh, en }, code, field: at?.path || (fields[why] ?? null) })
  }
  const { terms, tracks } = readImport(file, refused)
  const people = await asked.inTransaction(({ db }) => peopleOf(db, [...new Set(terms.map((t) => t.term.person))]))

  const bringIn = async (db: ScopedDb): Promise<Imported> => {
    const ledger = ledgerIn(db, house.chance, { id: who.staff.id, name: who.staff.name, lawRevision: law.revision })
    const known = new Map<string, Term>()
    for (const { line, term } of terms) {
      const person = people.get(term.person)
      if (!person) {
        refused(line, 'person')
        continue
      }
      const made = await oldTerm(house, db, ledger, {
        term,
        person,
        unit: who.staff.org,
        circumstances: asked.circumstances,
      })
      if (typeof made === 'string') refused(line, made)
      else {
        known.set(term.ref, made)
        if (made.there) done.known.activations++
        else done.activations++
      }
    }
    await learnTerms(
      db,
      known,
      tracks.map((t) => t.track.term),
      who.staff.org,
    )
    let given = 0
    for (let i = 0; i < tracks.length; i += foldLines) {
      const segments: Segment[] = []
      for (const { line, track } of tracks.slice(i, i + foldLines)) {
        const term = known.get(track.term)
        if (!term) {
          refused(line, 'term')
          continue
        }
        const read = segmentsOf(track, term)
        if (read === null) {
          refused(line, 'track')
          continue
        }
        if (read.left > 0) refused(line, 'outOfTerm')
        segments.push(...read.segments)
        given += read.segments.reduce((n, s) => n + s.fixes.length, 0)
      }
      // Brought in as they stand: no number of a province judged them here.
      const parts = byDay(segments.map((segment) => ({ ...segment, rules: GEO_RULES })))
      const grown = await foldIn(db, house, parts, true)
      done.days += grown.days
      done.fixes += grown.fixes
    }
    done.known.fixes = given - done.fixes
    await showNewest(db, known, now)
    await ledger.append({
      kind: 'history.imported',
      org: who.staff.org,
      imported: true,
      payload: {
        what: 'tracks',
        source,
        activations: done.activations,
        days: done.days,
        fixes: done.fixes,
        refused: done.leftOut,
      },
    })
    await sql`select pg_notify(${devicesChannel}, '')`.execute(db)
    return { ...done, refused: done.refused.sort((a, b) => a.line - b.line) }
  }
  return tried(trial, (work) => house.databases.system.transaction().execute(work), bringIn)
}
