import type { Segment } from '@zhijiao/geo/track'
import { GEO_RULES } from '@zhijiao/geo/validate'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { type Asked, signedIn } from '../core/room.ts'
import { devicesChannel } from '../devices/index.ts'
import { byDay, foldIn } from './compaction.ts'
import { readImport } from './import-file.ts'
import { learnTerms, oldTerm, peopleOf, showNewest, type Term } from './import-terms.ts'
import { segmentsOf } from './import-tracks.ts'

/** Refused lines that are named; the rest only count. */
const mostNamed = 200
/** Track lines folded in one go. */
const foldLines = 2_000

export interface Imported {
  activations: number
  days: number
  fixes: number
  refused: { line: number; says: { zh: string; en: string } }[]
}

const says = {
  notJson: { zh: '不是合法的一行 JSON', en: 'Not a line of JSON' },
  unknownLine: {
    zh: '既不是 activation 也不是 track,或字段不符',
    en: 'Neither an activation nor a track, or fields that do not fit',
  },
  person: { zh: '没有这个人,或不在您的权限范围内', en: 'No such person, or outside your scope' },
  term: { zh: '没有这个定位启用', en: 'No such term' },
  dates: { zh: '起止时间不合法', en: 'The term ends before it begins' },
  overlap: { zh: '该设备在这段时间已有定位启用', en: 'The device already has a term in that time' },
  device: { zh: '该设备属于其他单位或由他人持有', en: 'The device belongs to another unit, or somebody else holds it' },
  track: { zh: '轨迹数据无法读取', en: 'The track cannot be read' },
  outOfTerm: { zh: '有点位在启用期限之外,未导入', en: 'Fixes outside the term were left out' },
} as const

/**
 * Brings in old terms and tracks: a file of JSON lines, gzipped or not. Persons are looked up through the caller's eyes;
 * everything is marked imported, in the ledger, in the day tracks and in each fix, because this platform did not witness it.
 * One transaction: the whole file or nothing of it; lines that cannot stand are named and left out.
 */
export async function importTracks(
  house: House,
  asked: Pick<Asked, 'who' | 'circumstances' | 'inTransaction'>,
  file: Buffer,
  source: string,
): Promise<Imported> {
  const who = signedIn(asked)
  const { now, law } = asked.circumstances
  const done: Imported = { activations: 0, days: 0, fixes: 0, refused: [] }
  const refused = (line: number, why: keyof typeof says) => {
    if (done.refused.length < mostNamed) done.refused.push({ line, says: says[why] })
  }
  const { terms, tracks } = readImport(file, refused)
  const people = await asked.inTransaction(({ db }) => peopleOf(db, [...new Set(terms.map((t) => t.term.person))]))

  await house.databases.system.transaction().execute(async (db) => {
    const ledger = ledgerIn(db, house.chance, { id: who.staff.id, name: who.staff.name, lawRevision: law.revision })
    const known = new Map<string, Term>()
    for (const { line, term } of terms) {
      const person = people.get(term.person)
      if (!person) {
        refused(line, 'person')
        continue
      }
      const made = await oldTerm(house, db, ledger, { term, person, unit: who.staff.org, now })
      if (typeof made === 'string') refused(line, made)
      else {
        known.set(term.ref, made)
        done.activations++
      }
    }
    await learnTerms(
      db,
      known,
      tracks.map((t) => t.track.term),
      who.staff.org,
    )
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
        done.fixes += read.segments.reduce((n, s) => n + s.fixes.length, 0)
      }
      // Brought in as they stand: no number of a province judged them here.
      const parts = byDay(segments.map((segment) => ({ ...segment, rules: GEO_RULES })))
      await foldIn(db, house, parts, true)
      done.days += parts.length
    }
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
        refused: done.refused.length,
      },
    })
    await sql`select pg_notify(${devicesChannel}, '')`.execute(db)
  })
  return done
}
