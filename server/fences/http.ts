import {
  type Fence,
  type FenceAct,
  type FenceChange,
  type FenceRow,
  fences,
  type LivingArea,
} from '@zhijiao/contract/fences'
import { type Area, positionsOf } from '@zhijiao/geo/area'
import { isActive } from '@zhijiao/geo/calendar'
import type { Fix } from '@zhijiao/geo/fix'
import { GeoJsonError, parseGeoJson } from '@zhijiao/geo/geojson'
import { squareMetres } from '@zhijiao/geo/inspect'
import { prepareArea } from '@zhijiao/geo/prepared'
import { simplifyArea } from '@zhijiao/geo/simplify'
import type { Law } from '@zhijiao/law/in-force'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Json } from '../core/ledger/canonical.ts'
import { refuseUnknownLevel } from '../core/levels.ts'
import { announce } from '../core/live.ts'
import { Changed, Refusal, refuse, settled } from '../core/refusals.ts'
import { type Asked, type Inside, keep, signedIn } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { fenceRule } from './binding.ts'
import { acceptable, livingTerritories, mayAct, survey, territoryFits } from './domain.ts'
import {
  DaysReversed,
  Elsewhere,
  FileUnreadable,
  Nobody,
  NotAssigned,
  NotPersonal,
  NotYours,
  Retired,
} from './refusals.ts'
import { type FenceLine, fenceStore, type StoredFence } from './store.ts'
import { tryFence } from './trial.ts'

/** The positions room's door to one person's day, scoped by the caller's transaction. */
export type TrackDoor = (db: ScopedDb, person: string, day: string, purpose: string) => Promise<readonly Fix[]>

/** A fence of these people was changed: where an alarm had asked to check it, that is done. */
async function checked(
  house: Pick<House, 'chance' | 'databases'>,
  asked: Pick<Asked, 'who'>,
  { db, ledger }: Pick<Inside, 'db' | 'ledger'>,
  people: readonly string[],
  note: string,
): Promise<void> {
  const { staff, permissions } = signedIn(asked)
  const by = { id: staff.id, permissions }
  await tasksIn(db, house, ledger).thingDone('followOn.fence', people, by, 'fenceChanged', note)
}

export const fenceHandlers = (house: Pick<House, 'chance' | 'databases'>, track: TrackDoor) =>
  keep(fences, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { query, circumstances } = asked
        const { page = 1, size = 20 } = query
        const { unit } = signedIn(asked).eyes
        const { lines, total } = await fenceStore(db).list({ ...query, unit }, circumstances.today, {
          limit: size,
          offset: (page - 1) * size,
          sort: query.sort,
        })
        asked.note({ rows: lines.length })
        return { items: lines.map(rowOf), total, page, size }
      }),

    get: (asked) => asked.inTransaction(({ db }) => shown(db, asked.params.id, asked)),

    preview: ({ body, file, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const drawn = readFile(file?.content ?? Buffer.alloc(0))
        const residences =
          body.kind === 'livingArea' && body.personal !== 'true' ? await fenceStore(db).residences(body.org) : []
        const { area, findings } = survey(drawn, body.datum, body.kind, residences)
        return {
          area: drawn,
          datum: body.datum,
          shown: area,
          corners: positionsOf(area).length,
          squareMetres: Math.round(squareMetres(area)),
          residences: residences.length,
          findings: [...findings],
          usable: !findings.some((f) => f.weight === 'refuse'),
        }
      }),

    create: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const { body, circumstances } = asked
        const store = fenceStore(db)
        const { eyes, staff } = signedIn(asked)
        if (!body.org.startsWith(eyes.unit) || !(await store.unitInUse(body.org)))
          throw refuse(Elsewhere, { org: body.org })
        const { drawing, findings } = await accepted(store, body, body.org, false)
        const fence: StoredFence = {
          id: circumstances.id(),
          org: body.org,
          ...drawing,
          synthetic: false,
          active: true,
          createdBy: staff.id,
          createdAt: new Date(circumstances.now),
          revision: 1,
        }
        await store.add(fence)
        await ledger.append({
          kind: 'fence.drawn',
          org: fence.org,
          subject: fence.id,
          cites: citesOf(fence.kind),
          payload: { ...plain(fence), findings: findings.map((f) => f.kind) },
        })
        return shown(db, fence.id, asked)
      }),

    change: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const { params, body } = asked
        const store = fenceStore(db)
        const old = await ours(store, params.id, body.revision)
        const { drawing, findings } = await accepted(store, body, old.org, old.personal && body.kind === 'livingArea')
        const fence: StoredFence = {
          ...old,
          ...drawing,
          revision: old.revision + 1,
        }
        await store.put(fence)
        await ledger.append({
          kind: 'fence.changed',
          org: heldBy(fence, asked),
          subject: fence.id,
          cites: citesOf(fence.kind),
          payload: { before: plain(old), after: plain(fence), findings: findings.map((f) => f.kind) },
        })
        await checked(house, asked, { db, ledger }, await store.bound(fence.id), fence.name)
        await announce(db, { topic: 'fence', id: fence.id, org: fence.org, what: 'changed' })
        return shown(db, fence.id, asked)
      }),

    retire: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const { params, body, circumstances } = asked
        const store = fenceStore(db)
        const old = await ours(store, params.id, body.revision)
        await store.put({ ...old, active: false, revision: old.revision + 1 })
        await announce(db, { topic: 'fence', id: old.id, org: old.org, what: 'retired' })
        await ledger.append({
          kind: 'fence.retired',
          org: heldBy(old, asked),
          subject: old.id,
          payload: { name: old.name, reason: body.reason },
        })
        await checked(house, asked, { db, ledger }, await store.bound(old.id), old.name)
        return rowOf(await store.line(old.id, circumstances.today))
      }),

    assign: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const { params, body, circumstances } = asked
        const store = fenceStore(db)
        const fence = await usable(store, params.id)
        const { level } = body.group ?? {}
        if (level !== undefined) refuseUnknownLevel(circumstances.law, level, 'group.level')
        const until = body.until ?? null
        if (until !== null && until < body.from) throw refuse(DaysReversed, { from: body.from, until })
        const chosen = [
          ...(body.persons ? await store.persons({ ids: body.persons }) : []),
          ...(body.group
            ? await store.persons({
                org: body.group.org,
                level: body.group.level ?? null,
                category: body.group.category ?? null,
              })
            : []),
        ]
        const persons = [...new Map(chosen.map((p) => [p.id, p])).values()]
        if (persons.length === 0) throw refuse(Nobody)
        const terms = { from: body.from, until, basis: body.basis }
        const added = new Set(
          await store.assign(fence.id, persons, {
            ...terms,
            by: signedIn(asked).staff.id,
            at: new Date(circumstances.now),
          }),
        )
        for (const person of persons) {
          if (!added.has(person.id)) continue
          await ledger.append({
            kind: 'fence.assigned',
            org: person.org,
            person: person.id,
            subject: fence.id,
            cites: citesOf(fence.kind),
            payload: { fence: fence.name, revision: fence.revision, ...terms },
          })
        }
        await checked(house, asked, { db, ledger }, [...added], fence.name)
        return { assigned: added.size, already: persons.length - added.size }
      }),

    persons: ({ params, query, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const { page = 1, size = 20 } = query
        const store = fenceStore(db)
        // A fence that is not seen is not there, rather than bound to nobody.
        await store.get(params.id)
        const { lines, total } = await store.assigned(params.id, { limit: size, offset: (page - 1) * size })
        note({ rows: lines.length })
        return {
          items: lines.map((l) => ({
            personId: l.person_id,
            name: l.name,
            org: l.org,
            from: l.from_day,
            until: l.until_day,
            basis: l.basis,
            addedAt: l.added_at.toISOString(),
          })),
          total,
          page,
          size,
        }
      }),

    release: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const { params, body } = asked
        const store = fenceStore(db)
        const person = await store.person(params.personId)
        const ended = await store.release(params.id, person.id, body.until)
        if (ended === 0) throw refuse(NotAssigned)
        await ledger.append({
          kind: 'fence.released',
          org: person.org,
          person: person.id,
          subject: params.id,
          payload: { until: body.until, reason: body.reason },
        })
        await checked(house, asked, { db, ledger }, [person.id], body.reason)
        return { ended }
      }),

    ofPerson: ({ params, circumstances, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const store = fenceStore(db)
        const { today, now, law } = circumstances
        const person = await store.person(params.personId)
        const held = []
        for (const a of await store.assignmentsOf(person.id, today)) {
          const line = await store.line(a.fence_id, today)
          if (!line.active) continue
          held.push({
            fence: rowOf(line),
            from: a.from_day,
            until: a.until_day,
            basis: a.basis,
            inForceNow: a.from_day <= today && isActive(line.calendar, now),
          })
        }
        return { livingArea: await livingAreaOf(db, person.org, law), fences: held }
      }),

    trial: ({ params, body, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const store = fenceStore(db)
        const fence = await store.get(params.id)
        const person = await store.person(body.personId)
        note({ person: person.id, reason: body.reason })
        const fixes = await track(db, person.id, body.day, body.reason)
        return tryFence(fenceRule(fence, prepareArea(fence.area)), fixes)
      }),
  })

/** What somebody drew, surveyed on the spot: refused, or as it may be kept, with what was found about it. */
async function accepted(
  store: ReturnType<typeof fenceStore>,
  body: Omit<FenceChange, 'revision'>,
  org: string,
  was: boolean,
) {
  const { personal = was } = body
  settled(territoryFits(body.kind, org))
  if (personal && body.kind !== 'livingArea') throw refuse(NotPersonal)
  const residences = body.kind === 'livingArea' && !personal ? await store.residences(org) : []
  const { area, findings } = settled(
    acceptable(survey(body.area, body.datum, body.kind, residences), body.accepts ?? []),
  )
  const drawing = {
    name: body.name,
    kind: body.kind,
    area,
    datum: body.datum,
    sourceNote: body.sourceNote ?? '',
    calendar: body.calendar ?? null,
    dwellMin: body.dwellMin ?? 0,
    basis: body.basis,
    personal,
  }
  return { drawing, findings }
}

function readFile(content: Buffer): Area {
  try {
    return simplifyArea(parseGeoJson(JSON.parse(content.toString('utf8'))))
  } catch (error) {
    if (error instanceof GeoJsonError || error instanceof SyntaxError)
      throw refuse(FileUnreadable, { detail: error.message.slice(0, 120) })
    throw error
  }
}

/** In use, and the caller's: drawn by his unit, or binding nobody but persons that his county has supervised since they came. */
async function usable(store: ReturnType<typeof fenceStore>, id: string): Promise<StoredFence> {
  const { name } = await store.get(id)
  const fence = await store.lock(id)
  if (!fence) throw refuse(NotYours, { name })
  if (!fence.active) throw refuse(Retired, { name })
  return fence
}

/** To be changed as a whole: that is for whoever supervises everybody it binds. The outline of a territory binds by residence. */
async function ours(store: ReturnType<typeof fenceStore>, id: string, revision: number): Promise<StoredFence> {
  const fence = await usable(store, id)
  if (revision !== fence.revision) throw new Refusal(Changed, { revision: fence.revision })
  if (!mayAct(fence, await store.reach(id)).includes('change')) throw refuse(NotYours, { name: fence.name })
  return fence
}

/** Under whose code a change is on record: the drawer's, or of a fence that came with a person, the unit that supervises him. */
function heldBy(fence: StoredFence, asked: Pick<Asked, 'who'>): string {
  const { unit } = signedIn(asked).eyes
  return fence.org.startsWith(unit) ? fence.org : unit
}

const permissionOf = { change: fences.change.terms.may, assign: fences.assign.terms.may } as const

async function shown(db: ScopedDb, id: string, asked: Pick<Asked, 'who' | 'circumstances'>): Promise<Fence> {
  const store = fenceStore(db)
  const [line, fence] = [await store.line(id, asked.circumstances.today), await store.get(id)]
  const { permissions } = signedIn(asked)
  const may: FenceAct[] = mayAct(fence, await store.reach(id)).filter((act) => permissions.has(permissionOf[act]))
  return { ...rowOf(line), area: fence.area, may }
}

/** What 市、县 means for a resident of a unit, and whether its outline is there (handbook trap 6). */
async function livingAreaOf(db: ScopedDb, org: string, law: Law): Promise<LivingArea> {
  const store = fenceStore(db)
  const territories = livingTerritories(org, await store.territories(org.slice(0, 4)))
  const found = await store.livingFences(territories.map((t) => t.code))
  const missing = territories.filter((t) => !found.some((f) => f.org === t.code))
  const names = territories.map((t) => t.name).join('、')
  const says =
    territories.length === 0
      ? { zh: '尚未确定居住的市、县。', en: 'The city or county of residence is not known yet.' }
      : missing.length > 0
        ? {
            zh: `活动范围为${names}；${missing.map((t) => t.name).join('、')}的边界尚未导入，暂不判断越界。`,
            en: `May move within ${names}; the outline of ${missing.map((t) => t.name).join(', ')} is missing, so crossings are not judged.`,
          }
        : {
            zh: `活动范围为${names}，离开须经批准。`,
            en: `May move within ${names}; leaving needs approval.`,
          }
  return {
    orgs: territories.map((t) => t.code),
    fences: found.map((f) => f.id),
    missing: missing.map((t) => t.code),
    cites: [citationOf(law, 'LVE-08')],
    says,
  }
}

function citationOf(law: Law, rule: 'LVE-08') {
  const { id, source, article, zh, recalled } = law.cite(rule)
  return { rule: id, source, article, zh, recalled }
}

function citesOf(kind: StoredFence['kind']): readonly string[] {
  return kind === 'livingArea' ? ['LVE-08'] : kind === 'forbidden' ? ['INJ-01'] : []
}

function rowOf(line: FenceLine): FenceRow {
  return {
    id: line.id,
    org: line.org,
    orgName: line.org_name,
    name: line.name,
    kind: line.kind,
    shape: line.shape,
    box: line.box,
    calendar: line.calendar,
    dwellMin: line.dwell_min,
    basis: line.basis,
    datum: line.datum,
    sourceNote: line.source_note,
    synthetic: line.synthetic,
    personal: line.personal,
    active: line.active,
    people: line.people,
    createdAt: line.created_at.toISOString(),
    revision: line.revision,
  }
}

/** What the ledger keeps of a fence: all that decides. */
function plain(fence: StoredFence) {
  const { name, kind, area, datum, sourceNote, calendar, dwellMin, basis, personal, revision } = fence
  // Plain JSON by construction; the round trip drops what is undefined.
  return JSON.parse(
    JSON.stringify({ name, kind, area, datum, sourceNote, calendar, dwellMin, basis, personal, revision }),
  ) as {
    readonly [key: string]: Json
  }
}
