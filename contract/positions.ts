import {
  ColumnsOf,
  Day,
  Id,
  Instant,
  Lat,
  Lon,
  Millis,
  Note,
  OrgCode,
  PageOf,
  pageQuery,
  Said,
  Text,
} from './common.ts'
import { Regime } from './devices.ts'
import { dryRun, leftOut, ReportLine, reportLines } from './history.ts'
import { model, Nullable, OneOf, promises, type Static, type TSchema, Type } from './kernel.ts'
import { Colour } from './people.ts'

export const FixSource = OneOf(['gnss', 'fused', 'wifi', 'cell', 'unknown'], {
  title: 'FixSource',
  description: '卫星 融合 WiFi 基站 未知, in the order of trust',
})

/** True or left out: a day holds thousands of fixes, and most are none of this. */
const Mark = (description: string) => Type.Optional(Type.Literal(true, { description }))
const Told = <T extends TSchema>(schema: T) => Type.Optional(schema)

/**
 * The newest position of one activation. Colour and freshness say how to draw it; nothing old is shown as live. What the
 * device did not tell is left out.
 */
export const LatestPosition = model('LatestPosition', {
  id: Type.Integer({ description: 'Number of the activation' }),
  personId: Id,
  name: Type.String(),
  org: OrgCode,
  colour: Colour,
  category: Type.String(),
  regime: Regime,
  lat: Lat,
  lon: Lon,
  accuracyM: Type.Number({ description: 'Radius, metres' }),
  source: FixSource,
  course: Told(Type.Number({ description: 'Degrees clockwise from north' })),
  speedKmh: Told(Type.Number()),
  ts: Millis,
  receivedAt: Millis,
  batteryPct: Told(Type.Integer()),
  authenticated: Type.Boolean({ description: 'False: the device did not prove its identity' }),
  mock: Mark(
    'The phone itself called it simulated: shown as such, and no place of the person for anything that is judged',
  ),
  freshness: OneOf(['live', 'recent', 'stale', 'lost'], {
    description: 'Against the expected interval: within 1.5 intervals, within 3, within a day, older',
  }),
})
export type LatestPosition = Static<typeof LatestPosition>

/** What the map draws of it; the table tells the rest. */
export const LivePosition = Type.Omit(LatestPosition, ['category', 'receivedAt'])
export type LivePosition = Static<typeof LivePosition>

/**
 * One fix of a track, judged. `fault` names why it was not believed; it stays visible with its reason. What the device did not
 * tell is left out.
 */
export const TrackFix = model('TrackFix', {
  ts: Millis,
  receivedAt: Millis,
  lat: Lat,
  lon: Lon,
  accuracyM: Type.Number(),
  source: FixSource,
  activationNo: Type.Integer(),
  speedKmh: Told(Type.Number()),
  course: Told(Type.Number()),
  altitudeM: Told(Type.Number()),
  satellites: Told(Type.Integer()),
  batteryPct: Told(Type.Number()),
  steps: Told(Type.Integer()),
  seq: Told(Type.Integer()),
  blind: Mark('Stored on the device and sent later 盲区补传'),
  late: Mark('Arrived after a newer one: history only'),
  doubted: Mark(
    'Came without the secret while the device itself proves that it is the one: evidence only, moved nothing',
  ),
  mock: Mark('The phone itself called it simulated'),
  charging: Mark('The device was charging'),
  moving: Mark('The device took itself to be moving'),
  authenticated: Mark('The device had proved its identity'),
  imported: Mark('Came by an import of history'),
  converted: Told(OneOf(['GCJ02', 'BD09'])),
  fault: Told(
    Type.Object({
      code: Type.String(),
      says: Said,
      rules: Type.String({ description: 'Version of the rules that judged it' }),
    }),
  ),
})
export type TrackFix = Static<typeof TrackFix>

export const TrackEvent = model('TrackEvent', {
  kind: Type.String(),
  ts: Instant,
  receivedAt: Instant,
  blind: Type.Boolean(),
  late: Mark('Arrived after a newer report on the same matter: history only'),
  doubted: Mark(
    'Came without the secret while the device itself proves that it is the one: evidence only, moved nothing',
  ),
  clockWrong: Mark('The time the device gave could not be believed; `ts` is when it arrived'),
  activationNo: Type.Integer(),
})

export const RefusalCount = model('RefusalCount', {
  day: Day,
  deviceId: Id,
  activationNo: Nullable(Type.Integer()),
  reason: Type.String({
    description: 'outOfTerm, tooLate, noActivation, overCeiling, duplicate, clockWrong, flood, malformed',
  }),
  says: Said,
  count: Type.Integer(),
  firstAt: Instant,
  lastAt: Instant,
})

export const DayTrack = model('PersonDay', {
  personId: Id,
  day: Day,
  fixes: ColumnsOf(TrackFix, { title: 'TrackFixes' }),
  events: Type.Array(TrackEvent),
  /** Stretches longer than three intervals without a believed fix. */
  gaps: Type.Array(
    Type.Object({
      from: Instant,
      until: Instant,
      blindLater: Type.Boolean({ description: 'Positions that the device had stored came later; the gap stays one' }),
      simulated: Type.Boolean({ description: 'What came in it the phone itself called simulated, which fills no gap' }),
    }),
  ),
  /**
   * Where he stayed five minutes or longer (停留点), by what a device says that reports every few minutes; the place where he
   * spent most of the day first. Of a phone that is checked once in a while none: what lies between is not known.
   */
  places: Type.Array(
    Type.Object({
      lat: Type.Number(),
      lon: Type.Number(),
      nights: Type.Boolean({ description: 'Most of the time between 00:00 and 06:00 was spent here' }),
      stays: Type.Array(
        Type.Object({
          from: Instant,
          until: Instant,
          silentS: Type.Integer({
            description: 'Of that without any position, seconds; before and after it he was here',
          }),
          fixes: Type.Integer(),
        }),
      ),
    }),
  ),
  activations: Type.Array(
    Type.Object({
      no: Type.Integer(),
      regime: Regime,
      deviceKind: Type.String(),
      intervalS: Type.Integer(),
      startsAt: Instant,
      endsAt: Instant,
      root: Nullable(
        Type.String({
          description:
            'Sealed Merkle root of the day, hex; of a day that needed several parts the roots of all, a space between. Null while the day still runs',
        }),
      ),
      judged: Type.Array(
        Type.Object({
          from: Millis,
          until: Millis,
          rules: Type.String({ description: 'Several with a comma between only where it is not known better' }),
        }),
        { description: 'Which version of the rules judged what was received from when to when, both among it' },
      ),
    }),
  ),
  refusals: Type.Array(RefusalCount),
  asOf: Instant,
})
export type DayTrack = Static<typeof DayTrack>

const { code, field } = leftOut
const leftOutOfFile = { code, field }

/** Columns of a table of cell towers, in this order; positions in WGS-84, the radius in metres. */
export const cellColumns = ['mcc', 'mnc', 'lac', 'cell', 'lat', 'lon', 'radius_m'] as const

export const positions = promises('positions', {
  live: {
    get: '/api/positions/live',
    says: 'Newest positions of everyone in scope under a running term, for the live map; `since` gives only what changed.',
    query: Type.Object({
      org: Type.Optional(OrgCode),
      colour: Type.Optional(Colour),
      regime: Type.Optional(Regime),
      person: Type.Optional(Id),
      since: Type.Optional(Instant),
    }),
    answers: model('LivePositions', {
      items: ColumnsOf(LivePosition, { title: 'LivePositionColumns' }),
      total: Type.Integer({ description: 'All that match, even beyond the 20,000 shown' }),
      without: Type.Integer({ description: 'Running terms that have sent no position yet' }),
      asOf: Instant,
    }),
    may: 'position.live',
    audits: 'view',
  },
  latest: {
    get: '/api/positions/latest',
    says: 'The same as a table. Sorts by ts, name, batteryPct.',
    query: Type.Object({
      ...pageQuery,
      org: Type.Optional(OrgCode),
      colour: Type.Optional(Colour),
      regime: Type.Optional(Regime),
      freshness: Type.Optional(OneOf(['live', 'recent', 'stale', 'lost'])),
      q: Type.Optional(Note(40)),
    }),
    answers: PageOf(LatestPosition),
    may: 'position.live',
    audits: 'search',
  },
  today: {
    get: '/api/people/:personId/track',
    says: 'The track of the present legal day; see `day`.',
    query: Type.Object({ reason: Type.Optional(Note(200)) }),
    answers: DayTrack,
    may: 'position.track',
    audits: 'view',
    refuses: ['ZJ_REASON_MISSING', 'ZJ_NOT_FOUND'],
  },
  day: {
    get: '/api/people/:personId/track/:day',
    says: 'One person’s legal day: every fix inside a term, failed ones with the reason. Superiors and the procuratorate state why they look.',
    query: Type.Object({ reason: Type.Optional(Note(200)) }),
    answers: DayTrack,
    may: 'position.track',
    audits: 'view',
    refuses: ['ZJ_REASON_MISSING', 'ZJ_NOT_FOUND', 'ZJ_TRACK_DAY'],
  },
  days: {
    get: '/api/people/:personId/track-days',
    says: 'Days with a track, newest first, and how many fixes each holds; no places.',
    query: Type.Object({ from: Type.Optional(Day), until: Type.Optional(Day) }),
    answers: model('TrackDays', {
      items: Type.Array(Type.Object({ day: Day, fixes: Type.Integer(), sealed: Type.Boolean() })),
    }),
    may: 'position.track',
    audits: 'view',
  },
  refusals: {
    get: '/api/position-refusals',
    says: 'What devices sent and we did not keep, counted by day, device and reason; never a place. Sorts by lastAt, count.',
    query: Type.Object({
      ...pageQuery,
      device: Type.Optional(Id),
      reason: Type.Optional(Note(40)),
      from: Type.Optional(Day),
      until: Type.Optional(Day),
    }),
    answers: PageOf(RefusalCount),
    may: 'device.see',
  },
  cells: {
    get: '/api/cells',
    says: 'How many cell towers are known, and from when.',
    answers: model('CellTable', { towers: Type.Integer(), importedAt: Nullable(Instant), source: Type.String() }),
    may: 'cells.import',
  },
  importCells: {
    post: '/api/cells',
    says: 'Replaces or adds to the table of cell towers: CSV with the columns mcc,mnc,lac,cell,lat,lon,radius_m (WGS-84), up to 20 MB a file and 1,000,000 towers altogether.',
    upload: true,
    body: Type.Object({
      mode: Type.Optional(OneOf(['add', 'replace'])),
      source: Type.Optional(Note(200)),
      dryRun,
    }),
    answers: model('CellImport', {
      imported: Type.Integer({ description: 'Towers that the file brought' }),
      before: Type.Integer({ description: 'Towers known before' }),
      total: Type.Integer({ description: 'Towers known now' }),
      refused: Type.Array(Type.Object({ line: Type.Integer(), says: Said, ...leftOutOfFile }), {
        description: 'Lines left out, at most 5,000',
      }),
      leftOut: Type.Integer({ description: 'All of them, also those that are not named' }),
    }),
    may: 'cells.import',
    audits: 'write',
    refuses: ['ZJ_CELLS_FILE', 'ZJ_CELLS_FULL'],
  },
  cellsReport: {
    post: '/api/cells/report',
    says: 'Lines of a table of cell towers that were left out, as an Excel sheet with the exporter and the time.',
    body: model('CellReport', {
      file: Text(200),
      source: Note(200),
      lines: Type.Array(ReportLine, { minItems: 1, maxItems: reportLines }),
    }),
    answers: 'file',
    may: 'cells.import',
    audits: 'export',
  },
  importTracks: {
    post: '/api/tracks/import',
    says: 'Brings in old terms and tracks, up to 20 MB a file, optionally gzipped. Marked imported everywhere; what is there already is left alone. See docs/reference/track-import.md.',
    upload: true,
    body: Type.Object({ source: Note(200), dryRun }),
    answers: model('TrackImport', {
      activations: Type.Integer({ description: 'Terms that came in' }),
      days: Type.Integer({ description: 'Day tracks that were made or grew' }),
      fixes: Type.Integer({ description: 'Fixes that came in' }),
      known: Type.Object({ activations: Type.Integer(), fixes: Type.Integer() }, { description: 'There already' }),
      refused: Type.Array(Type.Object({ line: Type.Integer(), says: Said, ...leftOutOfFile }), {
        description: 'Lines left out, at most 5,000',
      }),
      leftOut: Type.Integer({ description: 'All of them, also those that are not named' }),
    }),
    may: 'history.import',
    audits: 'write',
    refuses: ['ZJ_TRACK_IMPORT'],
  },
})
