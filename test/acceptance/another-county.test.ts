import { activations, devices } from '@zhijiao/contract/devices'
import { documents } from '@zhijiao/contract/documents'
import { savedQueries } from '@zhijiao/contract/downloads'
import { fences } from '@zhijiao/contract/fences'
import { files } from '@zhijiao/contract/files'
import { everyPromise } from '@zhijiao/contract/index'
import type { Kept } from '@zhijiao/contract/kernel'
import { staff } from '@zhijiao/contract/orgs'
import { outages } from '@zhijiao/contract/outages'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { roster } from '@zhijiao/contract/roster'
import { lawDesk } from '@zhijiao/contract/settings'
import { type Permission, permissionsOf } from '@zhijiao/law/permissions'
import type { Role } from '@zhijiao/law/roles'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { openDuty } from '../support/duty.ts'
import { photo, plantAlarm } from '../support/episode.ts'
import { askLeave, dayIn } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'

/**
 * Every promise that names a row or a unit is asked for one of another county, by somebody whose post may ask for it at home.
 * The answer is “not found” or “not yours”, whatever else is wrong with the wish, and never an error of the program.
 */
let county: County
/** Rows of the other county, by what they are; of each county one set. */
type Rows = Readonly<
  Record<
    | 'person'
    | 'device'
    | 'activation'
    | 'command'
    | 'fence'
    | 'alarm'
    | 'task'
    | 'shift'
    | 'outage'
    | 'leave'
    | 'help'
    | 'document'
    | 'file'
    | 'revision'
    | 'download'
    | 'savedQuery'
    | 'session'
    | 'recovery'
    | 'organ'
    | 'preview'
    | 'staff'
    | 'nowhere',
    string
  >
>
let theirs: Rows
let ours: Rows
const hands = new Map<Role, Somebody>()
let numbers = 0

beforeAll(async () => {
  county = await startCounty()
  theirs = await furnish(places.otherCounty, places.officeElsewhere)
  ours = await furnish(places.county, places.office)
})
afterAll(() => county.stop())

/** One row of every kind, made through the front door where a county makes it itself. */
async function furnish(of: string, office: string): Promise<Rows> {
  const db = county.house.databases.system
  const now = county.house.chance.now()
  const [clerk, head, officer, officeHead, security] = await Promise.all([
    county.signIn('county', { of }),
    county.signIn('countyHead', { of }),
    county.signIn('officer', { of: office }),
    county.signIn('officeHead', { of: office }),
    county.signIn('securityAdmin', { of }),
  ])
  const partner = await county.signIn('partnerOrgan', { of })
  const person = await plantPerson(county.house, { org: office, officer: officer.id, name: '某人' })
  const { device } = await clerk.call(devices.register, {
    body: {
      kind: 'wristband',
      protocol: 'jt808',
      identity: String(13_900_000_000 + ++numbers),
      model: 'TEST',
      crs: 'WGS84',
    },
  })
  const command = county.house.chance.id()
  await sql`insert into device_command (id, device_id, person_id, org_code, command, why, asked_by, asked_at, expires_at)
    values (${command}, ${device.id}, ${person}, ${office}, '{"kind":"locate"}', '核对', '某', now(), now())`.execute(
    db,
  )
  const phone = await clerk.call(devices.register, {
    body: { kind: 'phone', protocol: 'app', identity: `phone${++numbers}`, model: 'TEST', crs: 'WGS84' },
  })
  await clerk.call(devices.issue, { params: { id: phone.device.id }, body: { personId: person, revision: 1 } })
  const activation = await clerk.call(activations.propose, {
    params: { personId: person },
    body: { regime: 'check', deviceId: phone.device.id, lastDay: dayIn(county, 20) },
  })
  const fence = await clerk.call(fences.create, {
    body: {
      org: of,
      name: '围栏',
      kind: 'forbidden',
      area: { kind: 'circle', coordinates: [109.42, 24.33], radiusM: 300 },
      datum: 'WGS84',
      basis: '禁止令',
    },
  })
  await clerk.call(fences.assign, {
    params: { id: fence.id },
    body: { persons: [person], from: dayIn(county, 0), basis: '禁止令' },
  })
  const alarm = await plantAlarm(county, person, { org: office })
  const task = await openDuty(county, { org: office, person })
  const [shift] = await officeHead.call(roster.set, {
    body: {
      shifts: [
        {
          org: office,
          staff: officer.id,
          place: 'duty',
          from: new Date(now).toISOString(),
          until: new Date(now + 8 * 3_600_000).toISOString(),
        },
      ],
    },
  })
  const outage = await head.call(outages.declare, {
    body: sample(outages.declare.terms.body, 'body', { ...nobody, org: of }) as never,
  })
  const leave = await askLeave(county, officer, person, { from: 2, days: 2 })
  // Help is asked for by letter: its answer the county that asked enters itself.
  const away = await askLeave(county, officer, person, { from: 20, days: 2 })
  await officeHead.call(leaves.decide, {
    params: { id: away.id },
    body: { verdict: 'approved', note: '同意', revision: away.revision },
  })
  const { helps } = await officer.call(leaves.askHelp, {
    params: { id: away.id },
    body: { organ: '外省某县社区矫正机构', wish: '请查访一次' },
  })
  const document = await officer.call(documents.draft, { body: { template: 'D15', person } })
  const file = await officer.call(files.upload, { body: { person }, file: photo(), fileName: 'a.jpg' })
  const revision = await clerk.call(lawDesk.draft, {
    body: { from: dayIn(county, 3), source: '县细则', values: { 'LOC-02': 2 }, confirms: [] },
  })
  const download = await clerk.call(people.exportLater, { body: { conditions: {}, reason: '统计上报用' } })
  const saved = await clerk.call(savedQueries.save, { body: { list: 'people', name: '常用', conditions: {} } })
  const recovery = await security.call(staff.askRecovery, { params: { id: officer.id }, body: { reason: '丢失' } })
  const preview = county.house.chance.id()
  await sql`insert into person_import (id, staff_id, org_code, file_name, summary, created_at, expires_at)
    values (${preview}, ${clerk.id}, ${of}, 'a.xlsx', '{}', now(), now() + interval '1 hour')`.execute(db)
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(db)).rows[0]?.id ?? ''
  return {
    person,
    device: device.id,
    activation: activation.id,
    command,
    fence: fence.id,
    alarm: alarm.id,
    task: task.id,
    shift: shift?.id ?? '',
    outage: outage.id,
    leave: leave.id,
    help: helps[0]?.id ?? '',
    document: document.id,
    file: file.id,
    revision: revision.id,
    download: download.id,
    savedQuery: saved.id,
    session: await one(sql`select id from session where staff_id = ${clerk.id}`),
    recovery: recovery.id,
    organ: await one(sql`select organ_id as id from staff where id = ${partner.id}`),
    preview,
    staff: officer.id,
    nowhere: county.house.chance.id(),
  }
}

/** What a uuid of a room's path is. */
const rowOfPath: Readonly<Record<string, keyof Rows>> = {
  account: 'session',
  staff: 'staff',
  'staff.joinOrgans': 'organ',
  'staff.decideRecovery': 'recovery',
  people: 'preview',
  downloads: 'download',
  savedQueries: 'savedQuery',
  devices: 'device',
  'devices.commandState': 'command',
  activations: 'activation',
  fences: 'fence',
  alarms: 'alarm',
  tasks: 'task',
  roster: 'shift',
  outages: 'outage',
  leaves: 'leave',
  leaveHelp: 'help',
  documents: 'document',
  notices: 'document',
  lawDesk: 'revision',
  files: 'file',
}
/** What a uuid of a body is, by the name of its field. */
const rowOfField: Readonly<Record<string, keyof Rows>> = {
  person: 'person',
  persons: 'person',
  personId: 'person',
  people: 'person',
  other: 'person',
  deviceId: 'device',
  toDeviceId: 'device',
  officer: 'staff',
  staff: 'staff',
  successor: 'staff',
  to: 'staff',
  into: 'organ',
  file: 'file',
  files: 'file',
  proof: 'file',
  signature: 'file',
  drafts: 'document',
  ids: 'task',
}

/** Promises that are not asked here, and why. */
const apart: Readonly<Record<string, string>> = {
  'setup.begin': 'closed once there is anybody',
  'orgs.get': 'names of units are known to all: a file goes to another county by it',
  'entrustments.entrust': 'a court entrusts any county of the province',
  'devices.discard': 'an unknown terminal is nobody’s yet',
  'people.importHistory': 'answers line by line',
  'leaves.importHistory': 'answers line by line',
  'matters.importHistory': 'answers line by line',
  'documents.importHistory': 'answers line by line',
  'alarms.batch': 'answers line by line',
  'tasks.transferMany': 'answers line by line',
  'matters.actOnMany': 'answers line by line',
  'leaves.decideMany': 'answers line by line',
  'leaves.noteFilings': 'answers line by line',
  'people.exportLater': 'conditions of a list: nothing is found',
  'matters.flow': 'a drawing of a procedure',
  'fences.preview': 'nothing is kept; an outline is compared with the homes the caller sees',
  'evidence.export': 'an export of what the caller may see; its id is his own',
}

/** What the smallest body leaves out or a pattern cannot guess, so that nothing but the county is wrong. */
const bodies: Record<string, (rows: Rows) => Record<string, unknown>> = {
  'staff.joinOrgans': ({ organ }) => ({ into: organ === theirs.organ ? ours.organ : theirs.organ }),
  'people.create': () => ({
    identity: identityNumber(700 + ++numbers),
    category: '02',
    termStart: '2026-01-01',
    termEnd: '2027-01-01',
  }),
  'people.addPart': () => ({ data: { kind: 'passport', number: 'E12345678', custody: '01' } }),
  'devices.register': () => ({ identity: String(13_800_000_000 + ++numbers) }),
  'fences.create': () => ({ area: { kind: 'circle', coordinates: [109.42, 24.33], radiusM: 300 }, kind: 'forbidden' }),
  'leaves.weigh': () => ({ reason: '01' }),
  'leaves.ask': () => ({ reason: '01' }),
  'matters.weigh': ({ person }) => ({ kind: 'visit', person }),
  'matters.register': ({ person }) => ({
    kind: 'report',
    person,
    form: {
      what: 'regular',
      at: new Date(county.house.chance.now() - 1_200_000).toISOString(),
      mode: '01',
      content: '遵纪守法',
    },
  }),
  'documents.draft': ({ person }) => ({ template: 'D15', person }),
  'documents.batch': ({ person }) => ({ template: 'D15', people: [person] }),
  'documents.scan': () => ({ sha256: '0'.repeat(64) }),
  'files.upload': ({ person }) => ({ person }),
}

/** Rows that are only made in the course of a business; of them the path names one that is nowhere. */
const notPlanted = new Set([
  'matters',
  'obligations',
  'templates',
  'entrustments',
  'documents.progress',
  'documents.zip',
  'people.changePart',
  'people.endPart',
  // Seen by nobody but whoever made them, and here a colleague asks.
  'account.endSession',
  'people.seePreview',
  'people.commit',
  'downloads.content',
  'savedQueries.forget',
  // Asked of itself, or of what only the field brings.
  'staff.joinOrgans',
  'alarms.merge',
  'devices.adopt',
])

interface Fill {
  readonly rows: Rows | null
  readonly org: string
}
const nobody: Fill = { rows: null, org: '' }

/** The smallest value a schema takes; ids and units as `fill` says. */
function sample(schema: unknown, name: string, fill: Fill): unknown {
  const s = schema as Record<string, unknown>
  const list = (value: unknown) => (Array.isArray(value) ? value : [])
  if ('const' in s) return s.const
  if (Array.isArray(s.enum)) return s.enum[0]
  if (Array.isArray(s.anyOf)) return sample(s.anyOf[0], name, fill)
  if (typeof s.properties === 'object' && s.properties !== null) {
    const required = new Set(list(s.required))
    const wanted = Object.entries(s.properties).filter(
      ([key]) => required.has(key) || key === 'org' || key === 'persons',
    )
    return Object.fromEntries(wanted.map(([key, inner]) => [key, sample(inner, key, fill)]))
  }
  if (s.type === 'object') return {}
  if (s.type === 'array') {
    const items = Array.from({ length: Math.max(Number(s.minItems ?? 1), 1) })
    return s.items ? items.map(() => sample(s.items, name, fill)) : []
  }
  if (s.type === 'boolean') return true
  if (s.type === 'integer' || s.type === 'number') return Number(s.minimum ?? 1) || 1
  if (s.format === 'uuid') return fill.rows?.[rowOfField[name] ?? 'nowhere'] ?? county.house.chance.id()
  if (s.format === 'date-time') return new Date(county.house.chance.now() - 60_000).toISOString()
  if (String(s.description ?? '').startsWith('GB/T 2260')) return fill.org
  if (String(s.pattern ?? '').startsWith('^\\d{4}-\\d{2}-\\d{2}')) return dayIn(county, 1)
  if (name === 'login') return `x${++numbers}abc`
  return '核对管辖'.padEnd(Math.max(Number(s.minLength ?? 4), 4), '一').slice(0, Number(s.maxLength ?? 60))
}

const idOf = ({ room, name }: Kept) => `${room}.${name}`
const candidates: readonly Role[] = [
  'county',
  'countyHead',
  'bureauHead',
  'officeHead',
  'officer',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'procurator',
  'partnerOrgan',
]
/** Somebody of the first county whose post may ask for it. */
async function handFor({ terms: { may } }: Kept): Promise<Somebody | null> {
  const role = may === 'signedIn' ? 'county' : candidates.find((one) => permissionsOf(one).has(may as Permission))
  if (!role) return null
  const hand = hands.get(role) ?? (await county.signIn(role))
  hands.set(role, hand)
  return hand
}

/** Asks over HTTP as the browser would. */
async function ask(
  kept: Kept,
  rows: Rows,
  org: string,
  mixing = false,
): Promise<{ status: number; code: string } | null> {
  const hand = await handFor(kept)
  if (!hand) return null
  const path = kept.path.replace(/:(\w+)/g, (_, name: string) =>
    name === 'personId'
      ? rows.person
      : name === 'code'
        ? org
        : name === 'day'
          ? dayIn(county, 0)
          : name === 'id'
            ? rows[rowOfPath[idOf(kept)] ?? rowOfPath[kept.room] ?? 'nowhere']
            : name.endsWith('Id')
              ? rows.nowhere
              : ({ protocol: 'jt808', identity: '13900009999' }[name] ?? name),
  )
  const body = kept.terms.body
    ? {
        ...(mixing ? {} : (sample(kept.terms.body, 'body', { rows, org }) as Record<string, unknown>)),
        ...bodies[idOf(kept)]?.(rows),
        ...(idOf(kept) === 'orgs.add' ? { code: `${org.slice(0, 6)}099` } : {}),
      }
    : undefined
  const query = kept.terms.query ? sample(kept.terms.query, 'query', { rows: null, org }) : {}
  const search = new URLSearchParams(
    Object.entries(query as Record<string, unknown>)
      .filter(([key]) => key !== 'org')
      .map(([key, value]) => [key, String(value)]),
  )
  const init: RequestInit = { method: kept.verb.toUpperCase() }
  const headers: Record<string, string> = { cookie: hand.cookie, 'x-zj-client': 'test' }
  if (kept.terms.upload) {
    const form = new FormData()
    for (const [key, value] of Object.entries(body ?? {})) form.append(key, String(value))
    form.append('file', photo(), 'a.jpg')
    init.body = form
  } else if (body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  const response = await fetch(`${county.url}${path}?${search}`, { ...init, headers })
  const text = await response.text()
  const code = response.ok ? '' : ((JSON.parse(text) as { code?: string }).code ?? '')
  return { status: response.status, code: `${code} ${response.status === 400 ? text.slice(0, 400) : ''}`.trim() }
}

/** Names of ids and units in a body: whatever could be another county's. */
function names(schema: unknown): boolean {
  const text = JSON.stringify(schema ?? null)
  return text.includes('"format":"uuid"') || text.includes('GB/T 2260')
}
const asked = everyPromise.filter(
  (kept) => !(idOf(kept) in apart) && (/:(?!kind|key|template)\w+/.test(kept.path) || names(kept.terms.body)),
)

test('whoever names a row or a unit of another county is told that it is not there or not his', async () => {
  const wrong: string[] = []
  const unasked: string[] = []
  for (const kept of asked) {
    const told = await ask(kept, theirs, places.otherCounty)
    if (!told) unasked.push(idOf(kept))
    else if (told.status !== 404 && told.status !== 403 && !/ELSEWHERE|OUTSIDE/.test(told.code))
      wrong.push(`${idOf(kept)} ${told.status} ${told.code}`)
    else if (told.code === 'ZJ_NOT_ALLOWED') wrong.push(`${idOf(kept)} was not asked: ${told.code}`)
  }
  expect(wrong).toEqual([])
  // Posts of superiors only: theirs is the whole city, both counties lie in it.
  expect(unasked).toEqual(['people.looked', 'people.lookedParts', 'people.lookedTimeline'])
})

/** An own row in the path, another county's in the body: what the answer is called. */
const mixed: readonly (readonly [Kept, (mine: Rows, his: Rows) => Record<string, unknown>, string])[] = [
  [people.assign, (_, { staff: officer }) => ({ officer, revision: 1 }), 'ZJ_PERSON_OFFICER_ELSEWHERE'],
  [
    people.merge,
    (_, { person }) => ({ other: person, reason: '重复建档', revision: 1, otherRevision: 1 }),
    'ZJ_NOT_FOUND',
  ],
  [devices.issue, (_, { person }) => ({ personId: person, revision: 1 }), 'ZJ_NOT_FOUND'],
  [
    activations.propose,
    (_, { device }) => ({ regime: 'check', deviceId: device, lastDay: dayIn(county, 20) }),
    'ZJ_NOT_FOUND',
  ],
  [
    fences.assign,
    (_, { person }) => ({ persons: [person], from: dayIn(county, 0), basis: '禁止令' }),
    'ZJ_FENCE_NOBODY',
  ],
  [
    fences.assign,
    () => ({ group: { org: places.otherCounty }, from: dayIn(county, 0), basis: '禁止令' }),
    'ZJ_FENCE_NOBODY',
  ],
  [fences.trial, (_, { person }) => ({ personId: person, day: dayIn(county, 0), reason: '核对围栏' }), 'ZJ_NOT_FOUND'],
  [roster.handOver, (_, { staff: to }) => ({ to }), 'ZJ_ROSTER_STAFF_UNFIT'],
  [staff.joinOrgans, (_, { organ }) => ({ into: organ, reason: '同一机关' }), 'ZJ_NOT_FOUND'],
]

test('an own row is not joined with one of another county', async () => {
  const told: string[] = []
  for (const [kept, body] of mixed) {
    bodies[idOf(kept)] = () => body(ours, theirs)
    told.push(`${idOf(kept)} ${(await ask(kept, ours, places.county, true))?.code.split(' ')[0]}`)
    delete bodies[idOf(kept)]
  }
  expect(told).toEqual(mixed.map(([kept, , code]) => `${idOf(kept)} ${code}`))
})

test('the same asked of the own county passes both doors, so that it was the county and nothing else', async () => {
  const wrong: string[] = []
  for (const kept of asked) {
    if (notPlanted.has(idOf(kept)) || (notPlanted.has(kept.room) && /:id\b/.test(kept.path))) continue
    if (/:(?!personId)\w+Id\b/.test(kept.path)) continue
    const told = await ask(kept, ours, places.county)
    if (told && (told.status >= 500 || told.status === 404 || told.code.startsWith('ZJ_INVALID')))
      wrong.push(`${idOf(kept)} ${told.status} ${told.code}`)
  }
  expect(wrong).toEqual([])
})
