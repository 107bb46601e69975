import { Citation, Day, Id, Instant, Lat, Lon, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'
import { SupervisionLevel } from './people.ts'

/** 市县活动范围, 规定场所, 禁入区. */
export const FenceKind = OneOf(['livingArea', 'required', 'forbidden'], {
  title: 'FenceKind',
  description:
    'livingArea: the city or county a person lives in; required: be inside while in force; forbidden: stay out',
})
export type FenceKind = Static<typeof FenceKind>

/** Coordinate system a file or drawing is in; stored areas are always WGS-84. */
export const Datum = OneOf(['WGS84', 'GCJ02', 'BD09'], { title: 'Datum' })
export type Datum = Static<typeof Datum>

const LonLat = Type.Unsafe<readonly [number, number]>({
  type: 'array',
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
  description: 'Longitude, then latitude, degrees (RFC 7946)',
})
type LonLat = Static<typeof LonLat>
const Line = Type.Unsafe<readonly LonLat[]>(Type.Array(LonLat, { minItems: 2, maxItems: 100_000 }))
const Rings = Type.Unsafe<readonly (readonly LonLat[])[]>(Type.Array(Line, { minItems: 1 }))

export const CircleArea = model('CircleArea', {
  kind: Type.Literal('circle'),
  coordinates: LonLat,
  radiusM: Type.Number({ exclusiveMinimum: 0, maximum: 200_000, description: 'Metres' }),
})
export const PolygonArea = model('PolygonArea', {
  kind: Type.Literal('polygon'),
  coordinates: Type.Unsafe<readonly (readonly (readonly LonLat[])[])[]>(Type.Array(Rings, { minItems: 1 })),
})
export const CorridorArea = model('CorridorArea', {
  kind: Type.Literal('corridor'),
  coordinates: Line,
  halfWidthM: Type.Number({
    exclusiveMinimum: 0,
    maximum: 20_000,
    description: 'From the line to either edge, metres',
  }),
})
export const AreaShape = Type.Union([CircleArea, PolygonArea, CorridorArea])
export type AreaShape = Static<typeof AreaShape>

/** A daily stretch in Asia/Shanghai; an end not after the start lies on the next day (22:00–08:00). */
export const FenceWindow = model('FenceWindow', {
  start: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
  end: Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' }),
  weekdays: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, uniqueItems: true, description: '1 = Monday' }),
  ),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  except: Type.Optional(Type.Array(Day, { maxItems: 400 })),
})
/** When a fence is in force; null: always. */
export const FenceCalendar = Nullable(
  model('FenceCalendar', { windows: Type.Array(FenceWindow, { minItems: 1, maxItems: 50 }) }),
)
export type FenceCalendar = Static<typeof FenceCalendar>

export const Finding = model('FenceFinding', {
  kind: Type.String(),
  weight: OneOf(['refuse', 'repair', 'ask'], {
    description: 'refuse stops it; repair is mended at import; ask needs a person to accept it by name',
  }),
  says: Said,
  at: Type.Optional(LonLat),
  measure: Type.Optional(Type.Number()),
  datum: Type.Optional(Datum),
})
export type Finding = Static<typeof Finding>

const Box = model('FenceBox', { minLat: Lat, minLon: Lon, maxLat: Lat, maxLon: Lon })
const fenceRow = {
  id: Id,
  org: OrgCode,
  orgName: Type.String(),
  name: Type.String(),
  kind: FenceKind,
  shape: OneOf(['circle', 'polygon', 'corridor']),
  box: Box,
  calendar: FenceCalendar,
  dwellMin: Type.Integer(),
  basis: Type.String(),
  datum: Datum,
  sourceNote: Type.String(),
  synthetic: Type.Boolean({ description: 'Drawn for a demonstration' }),
  personal: Type.Boolean({
    description:
      'A living area drawn for single persons: it binds those it is assigned to and is no part of its county',
  }),
  active: Type.Boolean(),
  people: Type.Integer({ description: 'Persons it is assigned to today, as far as the caller sees them' }),
  createdAt: Instant,
  revision: Type.Integer(),
}
export const FenceRow = model('FenceRow', fenceRow)
export type FenceRow = Static<typeof FenceRow>
export const fenceActs = ['change', 'assign'] as const
export type FenceAct = (typeof fenceActs)[number]
export const Fence = model('Fence', {
  ...fenceRow,
  area: AreaShape,
  may: Type.Array(OneOf(fenceActs), {
    description: 'What the caller may do with it now: change or retire it, bind persons to it',
  }),
})
export type Fence = Static<typeof Fence>

const drawn = {
  name: Text(80),
  kind: FenceKind,
  area: AreaShape,
  datum: Datum,
  sourceNote: Type.Optional(
    Type.String({ maxLength: 300, description: 'Source, version, approval number of the map' }),
  ),
  calendar: Type.Optional(FenceCalendar),
  dwellMin: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 1440,
      description: 'Minutes to stay before it counts; 0: as soon as confirmed',
    }),
  ),
  basis: Note(300),
  /** Only of a living area. Left out: as it is, of a new one false. */
  personal: Type.Optional(Type.Boolean()),
  accepts: Type.Optional(
    Type.Array(Type.String({ maxLength: 40 }), {
      maxItems: 12,
      description: 'Findings of weight "ask" the caller has looked at',
    }),
  ),
}
export const FenceDraft = model('FenceDraft', { org: OrgCode, ...drawn })
export type FenceDraft = Static<typeof FenceDraft>
export const FenceChange = model('FenceChange', { revision: Type.Integer(), ...drawn })
export type FenceChange = Static<typeof FenceChange>

export const FencePreview = model('FencePreview', {
  area: AreaShape,
  datum: Datum,
  shown: AreaShape,
  corners: Type.Integer(),
  squareMetres: Type.Number(),
  residences: Type.Integer({ description: 'Registered homes it was compared with' }),
  findings: Type.Array(Finding),
  usable: Type.Boolean({ description: 'No finding refuses it' }),
})
export type FencePreview = Static<typeof FencePreview>

/** A file's text fields; the file itself is GeoJSON. */
export const FenceFile = model('FenceFile', {
  org: OrgCode,
  kind: FenceKind,
  datum: Datum,
  /** Not compared with the homes of the whole county. */
  personal: Type.Optional(OneOf(['true', 'false'])),
})

export const Assignment = model('FenceAssignment', {
  persons: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5000, uniqueItems: true })),
  group: Type.Optional(
    model('FenceGroup', {
      org: OrgCode,
      level: Type.Optional(SupervisionLevel),
      category: Type.Optional(Type.String({ maxLength: 2, description: '矫正类别' })),
    }),
  ),
  from: Day,
  until: Type.Optional(Nullable(Day)),
  basis: Text(300, 'Decision, injunction or rule the restriction rests on'),
})
export type Assignment = Static<typeof Assignment>

export const Assigned = model('FenceAssigned', {
  personId: Id,
  name: Type.String(),
  org: OrgCode,
  from: Day,
  until: Nullable(Day),
  basis: Type.String(),
  addedAt: Instant,
})
export type Assigned = Static<typeof Assigned>

export const LivingArea = model('LivingArea', {
  orgs: Type.Array(OrgCode, { description: 'Districts or the county within which the person may move' }),
  fences: Type.Array(Id),
  missing: Type.Array(OrgCode, {
    description: 'Territories without an imported outline: the boundary cannot be watched there',
  }),
  cites: Type.Array(Citation),
  says: Said,
})
export type LivingArea = Static<typeof LivingArea>

export const PersonFences = model('PersonFences', {
  livingArea: LivingArea,
  fences: Type.Array(
    model('PersonFence', {
      fence: FenceRow,
      from: Day,
      until: Nullable(Day),
      basis: Type.String(),
      inForceNow: Type.Boolean(),
    }),
  ),
})
export type PersonFences = Static<typeof PersonFences>

export const FenceTrial = model('FenceTrial', {
  fixes: Type.Integer(),
  stretches: Type.Array(
    model('TrialStretch', {
      state: OneOf(['in', 'out', 'unknown']),
      from: Instant,
      to: Instant,
      fixes: Type.Integer(),
    }),
  ),
  crossings: Type.Array(
    model('TrialCrossing', {
      at: Instant,
      to: OneOf(['in', 'out']),
      lat: Lat,
      lon: Lon,
      sure: Type.Boolean({ description: 'False: a hint between two sparse fixes' }),
    }),
  ),
  wouldRaise: Type.Integer({ description: 'Episodes this fence would have opened on that day' }),
  says: Said,
})
export type FenceTrial = Static<typeof FenceTrial>

/** Fences 电子围栏. */
export const fences = promises('fences', {
  list: {
    get: '/api/fences',
    says: 'Fences of the caller’s unit and of those above and below it, without their outlines; those that bind persons where he sees one of them, whichever unit drew them. With `org`, of that unit. Sorts by name, kind, org (default kind)',
    query: Type.Object({
      ...pageQuery,
      org: Type.Optional(OrgCode),
      kind: Type.Optional(FenceKind),
      q: Type.Optional(Type.String({ maxLength: 40 })),
      retired: Type.Optional(Type.Boolean()),
    }),
    answers: PageOf(FenceRow),
    may: 'fence.see',
    audits: 'search',
  },
  get: {
    get: '/api/fences/:id',
    says: 'One fence with its outline',
    answers: Fence,
    may: 'fence.see',
    audits: 'view',
  },
  preview: {
    post: '/api/fence-previews',
    says: 'Reads a GeoJSON file, converts its datum and names everything odd about it; stores nothing',
    upload: true,
    body: FenceFile,
    answers: FencePreview,
    may: 'fence.edit',
    refuses: ['ZJ_FENCE_FILE'],
  },
  create: {
    post: '/api/fences',
    says: 'Draws or imports a fence; an implausible outline is refused with its findings',
    body: FenceDraft,
    answers: Fence,
    may: 'fence.edit',
    audits: 'write',
    refuses: [
      'ZJ_FENCE_IMPLAUSIBLE',
      'ZJ_FENCE_NOT_LOOKED_AT',
      'ZJ_FENCE_TERRITORY',
      'ZJ_FENCE_PERSONAL',
      'ZJ_FENCE_ELSEWHERE',
    ],
  },
  change: {
    put: '/api/fences/:id',
    says: 'Changes a fence that binds nobody but the caller’s unit; episodes already open keep the outline they were opened on in their evidence',
    body: FenceChange,
    answers: Fence,
    may: 'fence.edit',
    audits: 'write',
    refuses: [
      'ZJ_FENCE_IMPLAUSIBLE',
      'ZJ_FENCE_NOT_LOOKED_AT',
      'ZJ_FENCE_RETIRED',
      'ZJ_CHANGED',
      'ZJ_FENCE_PERSONAL',
      'ZJ_FENCE_NOT_YOURS',
    ],
  },
  retire: {
    post: '/api/fences/:id/retirement',
    says: 'Takes a fence out of use; it stays readable',
    body: model('FenceRetirement', { revision: Type.Integer(), reason: Text(300) }),
    answers: FenceRow,
    may: 'fence.edit',
    audits: 'write',
    refuses: ['ZJ_FENCE_RETIRED', 'ZJ_CHANGED', 'ZJ_FENCE_NOT_YOURS'],
  },
  assign: {
    post: '/api/fences/:id/persons',
    says: 'Binds persons, or everyone of a group seen by the caller, from a day on',
    body: Assignment,
    answers: model('FenceAssignedCount', { assigned: Type.Integer(), already: Type.Integer() }),
    may: 'fence.edit',
    audits: 'write',
    refuses: ['ZJ_FENCE_RETIRED', 'ZJ_FENCE_NOBODY', 'ZJ_FENCE_DAYS', 'ZJ_LAW_LEVEL_UNKNOWN', 'ZJ_FENCE_NOT_YOURS'],
  },
  persons: {
    get: '/api/fences/:id/persons',
    says: 'Persons a fence is assigned to',
    query: Type.Object({ ...pageQuery }),
    answers: PageOf(Assigned),
    may: 'fence.see',
    audits: 'view',
  },
  release: {
    post: '/api/fences/:id/persons/:personId/release',
    says: 'Ends the assignment of one person; the last day still counts',
    body: model('FenceRelease', { until: Day, reason: Text(300) }),
    answers: model('FenceReleased', { ended: Type.Integer() }),
    may: 'fence.edit',
    audits: 'write',
    refuses: ['ZJ_FENCE_NOT_ASSIGNED'],
  },
  ofPerson: {
    get: '/api/persons/:personId/fences',
    says: 'The living area and every fence that binds one person, with the rule each rests on',
    answers: PersonFences,
    may: 'fence.see',
    audits: 'view',
  },
  trial: {
    post: '/api/fences/:id/trials',
    says: 'Runs a fence over a past day of one person and tells what it would have said; opens nothing',
    body: model('FenceTrialRequest', { personId: Id, day: Day, reason: Text(200) }),
    answers: FenceTrial,
    may: 'position.track',
    audits: 'view',
  },
})
