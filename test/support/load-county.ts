import { boundsOf, type Polygon, type Position } from '@zhijiao/geo/area'
import type { Vault } from '@zhijiao/server/core/vault'
import { sealSecret } from '@zhijiao/server/devices/index'
import type pg from 'pg'
import type { Planted } from './load-frames.ts'

/** A made-up county and many people in it, planted by set-based SQL where the front door would take minutes. */
export interface LoadCounty {
  readonly county: string
  readonly office: string
  readonly devices: readonly Planted[]
}

export const loadPlaces = { province: '45', city: '4590', county: '459001', office: '459001001' } as const

const centre = { lat: 24.32, lon: 109.42 }
const degreeM = 111_195
/** Corners of the county's line, as many as a real one has after simplifying. */
const corners = 1_200

/** A wobbly ring of about 24 km about the centre. */
export function countyOutline(): Polygon {
  const ring: Position[] = Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI
    const wobble = 1 + 0.12 * Math.sin(7 * angle) + 0.05 * Math.sin(31 * angle) + 0.01 * Math.sin(211 * angle)
    return at(24_000 * wobble, angle)
  })
  const [first] = ring
  return { kind: 'polygon', coordinates: [[first ? [...ring, first] : ring]] }
}

function at(metres: number, angle: number): Position {
  const lat = centre.lat + (Math.sin(angle) * metres) / degreeM
  const lon = centre.lon + (Math.cos(angle) * metres) / (degreeM * Math.cos((centre.lat * Math.PI) / 180))
  return [Number(lon.toFixed(6)), Number(lat.toFixed(6))]
}

/** Where the person of a number lives: evenly over the county, three kilometres off its middle and inside its line. */
export function homeOf(i: number): { lat: number; lon: number } {
  // The golden angle spreads any number of homes evenly.
  const share = ((i * 0.618_033_988_75) % 1) * 0.97 + 0.03
  const [lon, lat] = at(3_000 + 13_000 * Math.sqrt(share), i * 2.399_963)
  return { lat, lon }
}

/** `n` under a prefix, as a UUID that sorts in order. */
const uuid = (kind: number, n: number) => `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/**
 * Plants organisations, a living area and a forbidden circle, and `people` persons with a wristband each under a
 * running term of article 29. `admin` is the role that migrates.
 */
export async function plantCounty(admin: pg.ClientBase, vault: Vault, people: number): Promise<LoadCounty> {
  const { province, city, county, office } = loadPlaces
  const outline = countyOutline()
  const circle = { kind: 'circle', coordinates: [centre.lon, centre.lat], radiusM: 300 } as const
  await admin.query(
    `insert into org (code, level, parent, name, synthetic) values
      ('', 'ministry', null, '司法部', true), ($1, 'province', '', '示例省', true), ($2, 'city', $1, '示例市', true),
      ($3, 'county', $2, '示例县', true), ($4, 'office', $3, '示例司法所', true) on conflict do nothing`,
    [province, city, county, office],
  )
  const fence = `insert into fence (id, org_code, name, kind, area, box, synthetic, created_at) values ($1, $2, $3, $4, $5, $6, true, now())`
  await admin.query(fence, [uuid(1, 1), county, '示例县活动范围', 'livingArea', outline, boundsOf(outline)])
  await admin.query(fence, [uuid(1, 2), county, '示例学校', 'forbidden', circle, boundsOf(circle)])
  const devices = Array.from({ length: people }, (_, i): Planted => {
    const n = i + 1
    const code = `C${String(n).padStart(8, '0')}`
    return { identity: String(13_900_000_000 + n), code, home: homeOf(n) }
  })
  for (let from = 0; from < people; from += 10_000) {
    const some = devices.slice(from, from + 10_000)
    const numbers = some.map((_, i) => from + i + 1)
    const ids = (kind: number) => numbers.map((n) => uuid(kind, n))
    await admin.query(
      `insert into person (id, number, org_code, name, sex, birth_date, identity_cipher, identity_blind, identity_tail, category,
          term_start, term_end, residence, residence_lat, residence_lon, created_at, updated_at)
        select p, 'L' || n, $1, '示例' || n, 'male', '1990-01-01', '\\x00', sha256(('load' || n)::bytea), '0000', '02',
          current_date - 30, current_date + 300, '示例路 ' || n || ' 号', lat, lon, now(), now()
        from unnest($2::uuid[], $3::int[], $4::float8[], $5::float8[]) as x(p, n, lat, lon)`,
      [office, ids(2), numbers, some.map((d) => d.home.lat), some.map((d) => d.home.lon)],
    )
    await admin.query(
      `insert into device (id, org_code, kind, protocol, identity, secret, secret_handed_at, state, holder_id, created_at)
        select d, $1, 'wristband', 'jt808', identity, secret, now(), 'issued', p, now()
        from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bytea[]) as x(d, p, identity, secret)`,
      [office, ids(3), ids(2), some.map((d) => d.identity), some.map((d) => sealSecret(vault, d.code ?? ''))],
    )
    await admin.query(
      `insert into activation (id, device_id, person_id, org_code, regime, ground, article, rule, starts_at, ends_at, interval_s, state, proposed_at, approved_at)
        select a, d, p, $1, 'device', 'leftWithoutApproval', '29(2)', 'EPD-01', now() - interval '1 day', now() + interval '60 days', 60, 'running', now(), now()
        from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as x(a, d, p)`,
      [office, ids(4), ids(3), ids(2)],
    )
    await admin.query(
      `insert into fence_person (fence_id, person_id, from_day, added_at) select $1, p, current_date - 1, now() from unnest($2::uuid[]) p`,
      [uuid(1, 2), ids(2)],
    )
  }
  await admin.query('analyze person; analyze device; analyze activation; analyze fence_person')
  return { county, office, devices }
}
