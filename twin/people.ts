/**
 * The people of the twin: who they are on file, where and how they live, and what they carry. Everything follows from
 * the seed. Nobody of them exists (`people/identity.ts` says how their numbers are kept apart from real ones).
 */
import { addDays, daysBetween, type LegalDay } from '@zhijiao/geo/day'
import { apartM, localFrame, type Place } from '@zhijiao/geo/distance'
import { type Chance, chanceOf } from './chance.ts'
import type { ForbiddenPlace, Geography, Office, Spot } from './geography.ts'
import { identityNumber, phoneNumber } from './people/identity.ts'
import { nameOf } from './people/names.ts'
import { firstDayOf, lastDayOf, lengthOf, sentenceOf } from './people/sentence.ts'
import type { StaffMember } from './staff.ts'

export interface PeopleWish {
  readonly count: number
  /** Share wearing a band under an approval by article 29, 0–1. The issue asks for a few per cent. */
  readonly bandShare: number
  /** Today; terms, leaves and ages are laid about it. */
  readonly on: LegalDay
}
export const peopleDefaults = { count: 2_700, bandShare: 0.03 } as const

export type BandProtocol = 'jt808-2019' | 'jt808-2013' | 'gt06' | 'watch'

/** Equipment of article 29, worn day and night. */
export interface Band {
  readonly protocol: BandProtocol
  /** As it travels: terminal number, IMEI or id. */
  readonly identity: string
  /** Seconds between two positions, 60–300. */
  readonly intervalS: number
  readonly ground: 'injunctionBreach' | 'leftWithoutApproval' | 'refusedToReport' | 'policePenalty'
}

/** The person's own phone, for information checks under article 26. */
export interface Phone {
  readonly protocol: 'app' | 'osmand'
  readonly identity: string
  /** Seconds between two positions; never below the ceiling of one an hour. */
  readonly intervalS: number
}

export interface Leave {
  readonly from: LegalDay
  readonly until: LegalDay
  readonly reason: '01' | '02' | '04' | '05'
  readonly to: Place
  readonly text: string
}

export interface Habits {
  readonly job: 'farm' | 'factory' | 'shop' | 'nightShift' | 'school' | 'none'
  readonly work: Place | null
  /** Minutes after local midnight. */
  readonly leavesAt: number
  readonly worksMin: number
  readonly market: Place
  readonly hospital: Place
  readonly friends: readonly Place[]
}

export interface Person {
  readonly index: number
  /** Number of the file. */
  readonly number: string
  readonly name: string
  readonly sex: 'male' | 'female'
  readonly birth: LegalDay
  readonly identity: string
  readonly phoneNumber: string
  readonly county: string
  readonly office: string
  /** Login of the officer in charge; '' where the office has none. */
  readonly officer: string
  readonly category: '01' | '02' | '03' | '04'
  readonly level: '1' | '2' | '3'
  readonly colour: 'none' | 'red' | 'yellow' | 'blue' | 'green'
  readonly state: 'inCorrection' | 'awaiting' | 'missing' | 'detained' | 'released' | 'terminated' | 'transferred'
  readonly crime: string
  /** Penalty and probation in words, and the length of the penalty alone. */
  readonly penalty: string
  readonly length: string
  /** Months of correction. */
  readonly months: number
  readonly termStart: LegalDay
  readonly termEnd: LegalDay
  readonly minor: boolean
  readonly home: Place
  readonly address: string
  readonly injunction: {
    readonly text: string
    readonly closed: readonly ForbiddenPlace[]
    readonly curfew: boolean
  } | null
  readonly habits: Habits
  readonly band: Band | null
  readonly phone: Phone
  readonly leaves: readonly Leave[]
}

interface Part extends Partial<Pick<Person, 'category' | 'state'>> {
  readonly endsIn?: number
  readonly app?: Phone['protocol']
  readonly sharesPhoneOf?: number
  /** Was on leave the week before last, so that somebody has come back. */
  readonly wasAway?: true
}

/**
 * Parts that are given and not drawn, in the first office: its officer is whom most people look in as first, and there is
 * somebody in every state of correction and of every category. `endsIn`: days left.
 */
const parts: Readonly<Record<number, Part>> = {
  0: { category: '02', state: 'inCorrection', endsIn: 12, wasAway: true },
  2: { category: '03', state: 'inCorrection', app: 'osmand' },
  // A brother's phone number: two files that may be of one person.
  4: { category: '04', state: 'inCorrection', sharesPhoneOf: 2 },
  6: { category: '02', state: 'awaiting' },
  8: { category: '02', state: 'missing' },
  9: { category: '01', state: 'detained' },
}

/** Draws everybody. `staff` gives each file its officer. */
export function drawPeople(geography: Geography, staff: readonly StaffMember[], wish: PeopleWish): Person[] {
  const officers = new Map<string, string[]>()
  for (const s of staff) if (s.roles.includes('officer')) officers.set(s.org, [...(officers.get(s.org) ?? []), s.login])
  const orders = new Map<string, number>()
  const bands = Math.max(1, Math.round(wish.count * wish.bandShare))
  const wearers = wearersOf(wish.count, bands)
  const each = caseload(geography, wish.count)
  const turns = inTurns(geography)
  return Array.from({ length: wish.count }, (_, index) => {
    const chance = chanceOf(geography.seed, 'person', index)
    const office = turns[Math.floor(index / each) % turns.length]
    if (!office) throw new Error('a city without offices')
    const sex = chance.happens(0.86) ? 'male' : 'female'
    const part = parts[index]
    // A minor's file is seen by few: whoever has a part is to be seen by the office's officer.
    const minor = chance.happens(0.025) && !part
    const birth = addDays(
      wish.on,
      -Math.round(365.25 * (minor ? chance.between(16.2, 17.6) : 19 + 42 * chance.unit() ** 1.4)),
    )
    const slot = `${office.county} ${birth} ${sex}`
    const order = orders.get(slot) ?? 0
    orders.set(slot, order + 1)
    const drawn = chance.weighted<'01' | '02' | '03' | '04'>([
      ['02', 93],
      ['03', 3.5],
      ['04', 2.5],
      ['01', 1],
    ])
    const category = part?.category ?? drawn
    const months = lengthOf(chance, category)
    const start = startOf(chance, months, { on: wish.on, minor, birth })
    const wearer = wearers.has(index)
    const home = geography.somewhereIn(office.county, chance)
    const habits = habitsOf(chance, geography, office, home, minor)
    const drawnInjunction = injunctionOf(chance, geography, office, wearer, home, habits)
    // A court forbids places under control and probation only (CL 38, 72).
    const injunction = category === '01' || category === '02' ? drawnInjunction : null
    const own = officers.get(office.code) ?? []
    const fate = wearer
      ? 'inCorrection'
      : chance.weighted<Person['state']>([
          ['inCorrection', 97],
          ['awaiting', 1.5],
          ['detained', 1],
          ['missing', 0.5],
        ])
    const state = part?.state ?? fate
    // Who has not reported yet was sentenced some days ago.
    const termStart =
      state === 'awaiting'
        ? addDays(wish.on, -2 - (index % 5))
        : part?.endsIn === undefined
          ? start
          : firstDayOf(category, addDays(wish.on, part.endsIn), months)
    const termEnd = lastDayOf(category, termStart, months)
    return {
      index,
      number: `SYN-${office.county}-${String(index + 1).padStart(5, '0')}`,
      name: nameOf(chance, sex),
      sex,
      birth,
      identity: identityNumber(office.county, birth, sex, order % 500),
      phoneNumber: phoneNumber((part?.sharesPhoneOf ?? index) + 1),
      county: office.county,
      office: office.code,
      officer: own[index % Math.max(1, own.length)] ?? '',
      category,
      level: wearer
        ? '3'
        : chance.weighted<'1' | '2' | '3'>([
            ['2', 70],
            ['1', 18],
            ['3', 12],
          ]),
      colour: wearer
        ? 'red'
        : chance.weighted<Person['colour']>([
            ['none', 62],
            ['green', 22],
            ['blue', 10],
            ['yellow', 6],
          ]),
      state,
      ...sentenceOf(chance, category, months),
      months,
      termStart,
      termEnd,
      minor,
      home,
      address: `${office.zh.replace('司法所', '')}合成路${chance.whole(1, 300)}号`,
      injunction,
      habits,
      band: wearer ? bandOf(chance, index, groundsOf(category, injunction !== null)) : null,
      phone: {
        protocol: chance.happens(0.88) ? (part?.app ?? 'app') : 'osmand',
        identity: `syn-${String(index + 1).padStart(6, '0')}`,
        intervalS: 3_600,
      },
      leaves: leavesOf(chance, geography, office, {
        on: wish.on,
        termStart,
        termEnd,
        ...(part?.wasAway ? { wasAway: true } : {}),
      }),
    }
  })
}

/** Sixteen to an office at full size, never fewer than ten: even a small county gives an officer a caseload. */
const caseload = (geography: Geography, count: number): number =>
  Math.max(10, Math.ceil(count / geography.offices.length))

/** Offices in turns over the counties, the first of each first, so that a small county still has town and country. */
function inTurns(geography: Geography): readonly Office[] {
  const turn = (office: Office) => Number(office.code.slice(6))
  return [...geography.offices].sort((a, b) => turn(a) - turn(b) || a.code.localeCompare(b.code))
}

/** Who wears a band: some of the first office's people, and then evenly many of the others. */
function wearersOf(count: number, bands: number): ReadonlySet<number> {
  const first = Math.min(bands, 4, Math.floor(count / 4))
  const rest = bands - first
  return new Set([
    ...Array.from({ length: first }, (_, i) => i * 2 + 1),
    ...Array.from({ length: rest }, (_, i) => 10 + Math.floor(((i + 0.5) * (count - 10)) / Math.max(1, rest))),
  ])
}

/**
 * A correction of `months` that is going on: somewhere within its term, and nobody's ends within the first month, so that
 * a demonstration does not empty by itself. A minor was sixteen when it began, everybody else of age.
 */
function startOf(
  chance: Chance,
  months: number,
  { on, minor, birth }: { on: LegalDay; minor: boolean; birth: LegalDay },
) {
  const days = Math.round(months * 30.4)
  const past = Math.min(Math.round(days * chance.between(0.04, 0.92)), days - 45)
  const oldEnough = daysBetween(birth, on) - Math.ceil((minor ? 16 : 18) * 365.25)
  return addDays(on, -Math.min(past, oldEnough))
}

/** Where somebody goes in an ordinary week. */
export const placesOf = ({ work, market, hospital, friends }: Habits): readonly Place[] => [
  ...(work ? [work] : []),
  market,
  hospital,
  ...friends,
]

/** No court closes the street a person lives or works in: such places are left out. */
function injunctionOf(
  chance: Chance,
  geography: Geography,
  office: Office,
  wearer: boolean,
  home: Place,
  habits: Habits,
): Person['injunction'] {
  if (!chance.happens(wearer ? 0.6 : 0.03)) return null
  const own = [home, ...placesOf(habits)]
  const closed = geography.forbidden.filter(
    (f) =>
      f.county === office.county && chance.happens(0.75) && own.every((place) => apartM(place, f.at) > f.radiusM + 400),
  )
  const curfew = habits.job !== 'nightShift' && chance.happens(0.35)
  const parts = [
    ...(closed.length > 0 ? [`禁止进入${closed.map((f) => f.zh).join('、')}`] : []),
    ...(curfew ? ['每日22:00至次日6:00不得离开住所'] : []),
  ]
  return parts.length === 0 ? null : { text: `${parts.join(';')}。`, closed, curfew }
}

function habitsOf(chance: Chance, geography: Geography, office: Office, home: Place, minor: boolean): Habits {
  const urban = geography.counties.find((c) => c.code === office.county)?.urban ?? false
  const job = minor
    ? 'school'
    : chance.weighted<Habits['job']>(
        urban
          ? [
              ['factory', 34],
              ['shop', 34],
              ['nightShift', 7],
              ['none', 25],
            ]
          : [
              ['farm', 48],
              ['factory', 14],
              ['shop', 14],
              ['nightShift', 4],
              ['none', 20],
            ],
      )
  const spot = (kind: Spot['kind']): Place => {
    const all = geography.spots.filter((s) => s.county === office.county && s.kind === kind)
    return all[chance.whole(0, all.length - 1)]?.at ?? office.at
  }
  const near = (reachM: number): Place => {
    const at = localFrame(home).toPlace({ x: chance.normal() * reachM, y: chance.normal() * reachM })
    const { area } = geography.territoryOf(office.county)
    return area.distanceToEdgeM(at.lat, at.lon) < -400 ? at : office.at
  }
  const work =
    job === 'none'
      ? null
      : job === 'farm'
        ? near(700)
        : job === 'school'
          ? spot('school')
          : job === 'shop'
            ? near(1_500)
            : spot('factory')
  return {
    job,
    work,
    leavesAt: job === 'nightShift' ? chance.whole(19 * 60, 20 * 60 + 30) : chance.whole(6 * 60 + 30, 9 * 60),
    worksMin: job === 'school' ? 540 : chance.whole(420, 600),
    market: spot('market'),
    hospital: spot('hospital'),
    friends: [near(1_200), near(2_500), spot('park')],
  }
}

const protocols: readonly [BandProtocol, ...BandProtocol[]] = ['jt808-2019', 'jt808-2013', 'gt06', 'watch']

type Grounds = readonly [Band['ground'], ...Band['ground'][]]
/** Grounds of article 29 that can be there: no breach without an injunction, no police penalty on parole. */
const groundsOf = (category: Person['category'], injunction: boolean): Grounds => [
  'leftWithoutApproval',
  'refusedToReport',
  ...(injunction ? (['injunctionBreach'] as const) : []),
  ...(category === '03' ? [] : (['policePenalty'] as const)),
]

/** Protocols take turns so that even a small county speaks all of them. Numbers begin with 9000, which no maker uses. */
function bandOf(chance: Chance, index: number, grounds: Grounds): Band {
  const protocol = chance.pick(protocols)
  const serial = String(index + 1).padStart(6, '0')
  const identity = {
    'jt808-2019': `9019${serial}`,
    'jt808-2013': `9013${serial}`,
    gt06: `900000000${serial}`,
    watch: `9000${serial}`,
  }[protocol]
  return {
    protocol,
    identity,
    intervalS: chance.weighted<number>([
      [60, 20],
      [120, 25],
      [180, 15],
      [300, 40],
    ]),
    ground: chance.pick(grounds),
  }
}

/** One leave in about eight people within a month; a third of them begin or end about today. Dates inclusive. */
function leavesOf(
  chance: Chance,
  geography: Geography,
  office: Office,
  {
    on,
    termStart,
    termEnd,
    wasAway = false,
  }: { on: LegalDay; termStart: LegalDay; termEnd: LegalDay; wasAway?: boolean },
): Leave[] {
  if (!chance.happens(0.13) && !wasAway) return []
  const from = addDays(on, wasAway ? -16 : chance.whole(-26, 2))
  const until = addDays(from, wasAway ? 4 : chance.whole(2, 9))
  if (daysBetween(termStart, from) < 10 || daysBetween(until, termEnd) < 10) return []
  const others = geography.counties.filter((c) => !geography.territoryOf(office.county).counties.includes(c.code))
  const away = others[chance.whole(0, others.length - 1)]
  return [
    {
      from,
      until,
      reason: chance.pick(['01', '02', '04', '05']),
      to: away?.town ?? office.at,
      text: `前往${away?.zh ?? '外县'}（合成）`,
    },
  ]
}
