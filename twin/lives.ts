/** The lives of the twin's people on file: what the county did with each of them, business by business, as old files tell it. */
import { createHash } from 'node:crypto'
import type { BodyOf, Kept } from '@zhijiao/contract/kernel'
import type { matters } from '@zhijiao/contract/matters'
import { procedureOf, procedures } from '@zhijiao/contract/procedures/all'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { addDays, dayStart, daysBetween, type LegalDay, MINUTE } from '@zhijiao/geo/day'
import { type Chance, chanceOf } from './chance.ts'
import type { Geography } from './geography.ts'
import { type Desk, fill } from './lives/scribe.ts'
import { type Goal, wayTo } from './lives/walk.ts'
import { identityNumber } from './people/identity.ts'
import { nameOf } from './people/names.ts'
import { lengthInWords } from './people/sentence.ts'
import type { Person } from './people.ts'
import type { StaffMember } from './staff.ts'

type SpecOf<K> = K extends Kept<infer S> ? S : never
export type OldMatter = BodyOf<SpecOf<(typeof matters)['importHistory']>>['matters'][number]

/** One business of a life: what, when, how far it came, and what is no chance about it. */
interface Episode {
  readonly kind: string
  readonly on: LegalDay
  readonly goal: Goal
  readonly given?: Desk['given']
}

const well: Goal = { tone: 'good' }
/** Of so many files one ban on leaving the country was never reported: the list that finds such must have somebody to find. */
const forgottenBan = 25

/** Nothing is done with somebody before he is there. */
const notBefore = ({ state, termStart }: Person, day: LegalDay): LegalDay => {
  const first = state === 'awaiting' ? day : addDays(termStart, 2)
  return day < first ? first : day
}

/** A supervised person's businesses, oldest first; nothing after `on`. */
function episodesOf(person: Person, on: LegalDay, chance: Chance): Episode[] {
  const { termStart, termEnd, state } = person
  const life: Episode[] = []
  const add = (kind: string, wished: LegalDay, goal: Goal = well, given: Desk['given'] = {}) => {
    const day = notBefore(person, wished)
    if (day <= on && procedureOf(kind)) life.push({ kind, on: day, goal, given })
  }
  const running = (kind: string, day: LegalDay) => {
    const steps = procedureOf(kind)?.steps ?? []
    const step = steps[chance.whole(0, Math.max(0, steps.length - 1))]
    add(kind, day > on ? on : day, step ? { step: step.id } : well)
  }
  if (state === 'awaiting') {
    running('reception', addDays(on, -chance.whole(0, 6)))
    return life
  }
  const start = termStart > on ? on : termStart
  add('reception', addDays(start, 2))
  const fresh = daysBetween(start, on) < 25
  const entry: readonly (readonly [string, number])[] = [
    ['psychology', 4],
    ['team', 5],
    ['responsibility', 6],
    ['announcement', 7],
    ['undertaking', 8],
    ['exitBan', 8],
    ['plan', 12],
  ]
  for (const [kind, after] of entry)
    if (kind === 'exitBan' && person.index % forgottenBan === 4) continue
    else if (fresh && addDays(start, after) >= addDays(on, -6) && chance.happens(0.8))
      running(kind, addDays(on, -chance.whole(0, 4)))
    else add(kind, addDays(start, after))
  const over = termEnd < on ? termEnd : on
  for (let day = addDays(start, 75 + chance.whole(0, 30)), n = 0; day < over && n < 2; day = addDays(day, 150), n++)
    if (chance.happens(0.4)) add('level', day)
  // What happens every week is on file for the last quarter; what came before lies in the paper volumes.
  const since = addDays(over, -90) > start ? addDays(over, -90) : start
  let reported = 0
  for (let day = addDays(since, chance.whole(2, 12)); day < over; day = addDays(day, chance.whole(9, 20))) {
    const kind = chance.weighted<string>([
      ['report', 5],
      ['visit', 3],
      ['talk', 3],
    ])
    add(kind, day, well, kind === 'report' ? { what: reportOf(person, reported++) } : {})
  }
  if (chance.happens(0.05)) add('incident', addDays(over, -chance.whole(3, 80)))
  if (chance.happens(0.06)) add('gapCheck', addDays(over, -chance.whole(2, 60)))
  if (chance.happens(0.02)) add('coordination', addDays(over, -chance.whole(5, 60)))
  if (chance.happens(0.04)) add('helpPlan', addDays(over, -chance.whole(20, 80)))
  permits(person, over, chance, add, running)
  conduct(person, over, chance, add, running)
  if (state === 'missing') running('search', addDays(on, -chance.whole(1, 5)))
  if (state === 'detained') running('detention', addDays(on, -chance.whole(2, 12)))
  if (state === 'released') {
    add('ending', addDays(termEnd, -25))
    add('handover', termEnd)
    add('exitBanLifting', termEnd)
  }
  if (state === 'terminated') add(chance.happens(0.2) ? 'death' : 'termination', termEnd)
  if (state === 'transferred') add('relocation', addDays(termEnd, -20))
  if (state === 'inCorrection' && daysBetween(on, termEnd) < 60 && chance.happens(0.5))
    running('ending', addDays(on, -chance.whole(1, 8)))
  // One in the first office, where most people look first, and a few elsewhere: the last day had been counted one too long.
  if (person.index === 5 || chance.happens(0.02)) add('recordCorrection', addDays(start, 15), well, dayTooLong(person))
  keeping(person, over, add)
  movedHere(person, over, add)
  return life
}

/** What somebody reports the nth time: seldom a change, and outside prison often how he is. */
const reportOf = ({ category }: Person, n: number): string =>
  category === '04' && n % 2 === 0 ? (n % 8 === 2 ? 'review' : 'body') : n % 4 === 3 ? 'event' : 'regular'

/** Whoever is under an injunction tells every three weeks or so how it is kept; now and then one stays out. */
function keeping({ injunction, index, termStart }: Person, over: LegalDay, add: Add): void {
  if (!injunction) return
  const received = addDays(termStart, 5)
  for (let ago = 3 + (index % 16), n = 0; ago < 90; ago += 20 + ((index + n) % 6), n++)
    if ((index + n) % 9 !== 0 && addDays(over, -ago) > received)
      add('report', addDays(over, -ago), well, {
        what: 'injunction',
        content: '遵守禁止令，未进入所列场所、未从事所列活动（合成）。',
      })
}

/** The last day had been entered one too long. */
const dayTooLong = ({ termEnd, months }: Person): Desk['given'] => ({
  category: null,
  termStart: null,
  termEnd,
  length: lengthInWords(months),
  minor: null,
  sealed: null,
  evidence: '刑事判决书',
  why: '登记时将止日录为次年对应日，多算一日，按判决书更正。',
})

/** Of so many who serve here one came by a change of place from another county. */
const fromElsewhere = 150

/** What the court forbade is put on record with the reception; who moved here was received anew. */
function movedHere(person: Person, over: LegalDay, add: Add): void {
  const { injunction, category, index, termStart, termEnd, state } = person
  if (injunction && (category === '01' || category === '02')) {
    add('injunction', addDays(termStart, 5), well, {
      content: injunction.text,
      from: termStart,
      until: termEnd,
      number: '（合成）刑初 36 号',
    })
    add('injunctionLetter', addDays(termStart, 7), well, { content: injunction.text })
  }
  if (state !== 'inCorrection') return
  if (index % fromElsewhere === 9) add('movedIn', addDays(over, -40), well, { from: '邻县（合成）' })
  if (category === '04' && index % 4 === 1) add('prisonFile', addDays(over, -30))
}

type Add = (kind: string, day: LegalDay, goal?: Goal, given?: Desk['given']) => void
type Running = (kind: string, day: LegalDay) => void

function permits(person: Person, over: LegalDay, chance: Chance, add: Add, running: Running): void {
  const live = person.state === 'inCorrection'
  const some = (kind: string, share: number, openShare: number) => {
    if (chance.happens(share))
      add(kind, addDays(over, -chance.whole(15, 80)), chance.happens(0.12) ? { tone: 'no' } : well)
    if (live && chance.happens(openShare)) running(kind, addDays(over, -chance.whole(0, 3)))
  }
  some('recurrentTravel', person.habits.job === 'shop' ? 0.12 : 0.02, 0.006)
  some('contact', 0.015, 0.004)
  some('relocation', 0, 0.006)
  if (person.injunction) some('restrictedPlace', 0.15, 0.05)
  if (person.category === '04') some('medicalReview', 0.6, 0.1)
  if (person.band) add('deviceUse', addDays(over, -20))
}

/** What happens to few: whom it can happen to, how often, and whether it is still under way. */
const seldom: readonly (readonly [kind: string, fits: (person: Person) => boolean, share: number, open: boolean])[] = [
  ['missingPapers', () => true, 0.01, true],
  ['objection', () => true, 0.004, true],
  ['policePenalty', (p) => p.category === '02', 0.003, true],
  ['revokeSuspension', (p) => p.category === '02' && !p.band, 0.0015, true],
  ['revokeParole', (p) => p.category === '03', 0.03, true],
  ['recommitment', (p) => p.category === '04', 0.06, true],
  ['arrest', (p) => p.category === '02' && !p.band, 0.001, true],
  ['commutation', (p) => p.category === '03', 0.03, true],
  ['pursuit', (p) => p.state === 'missing', 0.2, false],
]

/** About what a city of this size saw in a year: 36 admonitions, 9 warnings, 2 revocations (handbook §5). */
function conduct(person: Person, over: LegalDay, chance: Chance, add: Add, running: Running): void {
  const live = person.state === 'inCorrection'
  if (chance.happens(0.035)) {
    const day = addDays(over, -chance.whole(12, 150))
    add('violation', day)
    if (chance.happens(0.4)) add(chance.happens(0.8) ? 'admonition' : 'warning', addDays(day, 4))
  }
  if (live && chance.happens(0.008)) running('violation', addDays(over, -chance.whole(0, 3)))
  if (live && chance.happens(0.004))
    running(chance.happens(0.8) ? 'admonition' : 'warning', addDays(over, -chance.whole(0, 3)))
  if (chance.happens(0.03)) add('commendation', addDays(over, -chance.whole(10, 120)))
  // The procuratorate looks into a file now and then; which one is no chance.
  if (person.index % 60 === 7) add('oversight', addDays(over, -30 - (person.index % 50)), well, certain.oversight)
  for (const [kind, fits, share, open] of seldom)
    if (fits(person) && chance.happens(share))
      if (open && live) running(kind, addDays(over, -chance.whole(1, 15)))
      else add(kind, addDays(over, -chance.whole(20, 120)))
}

type Fit = (person: Person) => boolean
const inCorrection: Fit = (p) => p.state === 'inCorrection'

/** Whom a business fits, where it fits not everybody in correction; over and under way. Null: nobody has it so. */
const fitting: Readonly<Record<string, { readonly over?: Fit | null; readonly open?: Fit | null }>> = {
  reception: { open: (p) => p.state === 'awaiting' },
  restrictedPlace: { over: (p) => p.injunction !== null, open: (p) => p.injunction !== null },
  deviceUse: { over: (p) => p.band !== null, open: (p) => inCorrection(p) && p.band === null },
  injunction: { over: (p) => p.injunction !== null, open: (p) => p.injunction !== null },
  injunctionLetter: { over: (p) => p.injunction !== null, open: (p) => p.injunction !== null },
  prisonFile: { over: (p) => p.category === '04', open: (p) => inCorrection(p) && p.category === '04' },
  medicalReview: { over: (p) => p.category === '04', open: (p) => inCorrection(p) && p.category === '04' },
  recommitment: { over: null, open: (p) => inCorrection(p) && p.category === '04' },
  revokeParole: { over: null, open: (p) => inCorrection(p) && p.category === '03' },
  commutation: { over: (p) => inCorrection(p) && p.category === '03' },
  revokeSuspension: { over: (p) => inCorrection(p) && p.category === '02' },
  arrest: { over: (p) => inCorrection(p) && p.category === '02' },
  search: { open: (p) => p.state === 'missing' },
  pursuit: { over: null, open: (p) => p.state === 'missing' },
  detention: { open: (p) => p.state === 'detained' },
  relocation: { over: (p) => p.state === 'transferred' },
  ending: { over: (p) => p.state === 'released', open: (p) => inCorrection(p) && p.band === null },
  handover: { over: (p) => p.state === 'released', open: (p) => p.state === 'released' },
  exitBanLifting: { over: (p) => p.state === 'released', open: (p) => p.state === 'released' },
  termination: { over: (p) => p.state === 'terminated', open: null },
  death: { over: (p) => p.state === 'terminated', open: null },
}

/** Not of age when the correction began: the file is shown to those named for it alone. */
const cameYoung = ({ birth, termStart }: Person): boolean => addDays(birth, 18 * 366) > termStart

/** How those ended that would have taken somebody out of correction, had they ended well. */
const withoutGround: ReadonlySet<string> = new Set(['revokeSuspension', 'arrest'])
/** Steps in which those under way stand, so that everybody above the county has something in hand, too. */
const standing: Readonly<Record<string, string>> = {
  oversight: 'prepare',
  deviceUse: 'bureau',
  commutation: 'city',
  policePenalty: 'sign',
}
/** What is no chance about those that a county would else lack. */
const certain: Readonly<Record<string, Desk['given']>> = {
  oversight: {
    kind: 'notice',
    about: 'person',
    organ: '合成县人民检察院',
    text: '经检察，你单位对该对象近期走访不及时，未按矫正方案落实监督管理措施，请予纠正（合成）。',
    replyBy: null,
    through: 'desk',
    adopted: 'yes',
  },
}
/** Two of them wait above the county: one to be done on the first day, one for whoever signs in. */
const twice: ReadonlySet<string> = new Set(['deviceUse', 'commutation'])
/** Begun so long ago that their clocks have run out. */
const late: ReadonlySet<string> = new Set(['missingPapers', 'gapCheck', 'search'])

/**
 * What a county of these people lacks of the county's businesses: one that is over and one under way, of each. A small
 * county would otherwise hardly ever see a revocation or a pursuit, and whoever looks in would find empty lists.
 */
export function missingLives(
  geography: Geography,
  own: readonly Person[],
  told: readonly OldMatter[],
  { names, on, idOf: personId }: { names: Names; on: LegalDay; idOf: (person: Person) => string | undefined },
): OldMatter[] {
  const burden = new Map<string, number>()
  const first = own[0]?.office
  /** Who has least of these so far; whose file few may see comes last, people of the first office before others. */
  const next = (fits: Fit) =>
    own
      .filter(fits)
      .sort(
        (a, b) =>
          Number(cameYoung(a)) - Number(cameYoung(b)) ||
          (burden.get(a.number) ?? 0) - (burden.get(b.number) ?? 0) ||
          Number(b.office === first) - Number(a.office === first) ||
          (a.number < b.number ? -1 : 1),
      )[0]
  const out: OldMatter[] = []
  const add = (kind: string, fits: Fit, day: (person: Person) => LegalDay, goal: Goal, n: number) => {
    const person = next(fits)
    const id = person && personId(person)
    if (!person || !id) return
    const chance = chanceOf(geography.seed, 'missing life', person.county, kind, n)
    const given = kind === 'recordCorrection' ? dayTooLong(person) : (certain[kind] ?? {})
    const matter = tell(
      { kind, on: notBefore(person, day(person)), goal, given },
      { geography, person, names, on, chance },
    )
    if (!matter) return
    burden.set(person.number, (burden.get(person.number) ?? 0) + 1)
    out.push({ ...matter, id: idOf(geography.seed, `${person.county} ${kind}`, n), person: id })
  }
  for (const [i, procedure] of procedures.entries()) {
    if (procedure.about === 'outsider') continue
    const { id: kind } = procedure
    const fits = fitting[kind]
    const there = told.filter((m) => m.kind === kind)
    const over = fits?.over === undefined ? inCorrection : fits.over
    const open = fits?.open === undefined ? inCorrection : fits.open
    if (over && !there.some(isOver))
      add(
        kind,
        over,
        (p) => (inCorrection(p) ? addDays(on, -9 - (i % 20)) : addDays(p.termEnd, -14)),
        withoutGround.has(kind) ? { tone: 'no' } : well,
        0,
      )
    const step = standing[kind] ?? reachable(procedure, i)
    const stands = there.some((m) => !isOver(m) && (!standing[kind] || stepOf(m) === step))
    // Of what is overdue there is always one, whatever else is under way.
    if (open && step && (late.has(kind) || !stands))
      add(kind, open, () => addDays(on, late.has(kind) ? -45 : -1 - (i % 4)), { step }, 1)
    if (open && step && twice.has(kind)) add(kind, open, () => addDays(on, -2), { step }, 2)
  }
  return out
}

/** A step to stand in: each business another one, and of those that cannot be walked to the next that can. */
const reachable = (procedure: Procedure, turn: number): string | undefined => {
  const { steps } = procedure
  const from = turn % Math.max(1, steps.length)
  return [...steps.slice(from), ...steps.slice(0, from)].find(({ id }) => wayTo(procedure, { step: id }))?.id
}

/** The step a matter stands in, or the end it came to. */
const stepOf = (matter: OldMatter): string | undefined => {
  const steps = procedureOf(matter.kind)?.steps ?? []
  const last = matter.passages.at(-1)
  return last ? steps.find((s) => s.id === last.step)?.ways.find((w) => w.id === last.way)?.to : steps[0]?.id
}

/** Whether a matter is over: each of its passages led on, the last to an end. */
export function isOver(matter: OldMatter): boolean {
  const procedure = procedureOf(matter.kind)
  if (!procedure || procedure.steps.length === 0) return procedure !== undefined
  return procedure.ends.some((e) => e.id === stepOf(matter))
}

/** Names of those whose hands a matter goes through. */
export interface Names {
  readonly office: (code: string, post: 'officer' | 'officeHead') => string
  readonly county: (code: string, post: string) => string
}

export function namesOf(staff: readonly StaffMember[]): Names {
  const byPost = new Map<string, string>()
  for (const { org, roles, name } of staff)
    for (const role of roles) if (!byPost.has(`${org} ${role}`)) byPost.set(`${org} ${role}`, name)
  return {
    office: (code, post) => byPost.get(`${code} ${post}`) ?? '原经办人',
    county: (code, post) => byPost.get(`${code} ${post}`) ?? byPost.get(`${code} county`) ?? '原经办人',
  }
}

/** Everything on file about one person, as the history import reads it. `id` is the person's id on the platform. */
export function livesOf(geography: Geography, person: Person, id: string, names: Names, on: LegalDay): OldMatter[] {
  const chance = chanceOf(geography.seed, 'life', person.index, person.number)
  return episodesOf(person, on, chance).flatMap((episode, n) => {
    const told = tell(episode, { geography, person, names, on, chance })
    return told ? [{ ...told, id: idOf(geography.seed, person.number, n), person: id }] : []
  })
}

interface Teller {
  readonly geography: Geography
  readonly person: Pick<
    Person,
    | 'name'
    | 'sex'
    | 'identity'
    | 'office'
    | 'county'
    | 'category'
    | 'level'
    | 'colour'
    | 'crime'
    | 'termStart'
    | 'termEnd'
    | 'address'
  >
  readonly names: Names
  readonly on: LegalDay
  readonly chance: Chance
}

/** Months for which the law leads a medical review that was put off through these hands (REP-04 … REP-06). */
const putOff = (hands: readonly string[]): number =>
  hands.some((h) => h === 'cityOpinion' || h === 'province')
    ? 4
    : hands.some((h) => h === 'county' || h === 'city')
      ? 2
      : 0.5

/** What goes together in a business of conduct: the item of the article, and what was done. */
const grounds: Readonly<Record<string, Desk['given']>> = {
  relocation: { byLetter: null },
  admonition: { grounds: ['34.2'], facts: '未按规定时间报告，电话催促后补报。' },
  warning: { grounds: ['35.3'], facts: '未经批准离开所居住的市、县，次日返回并到所说明。', count: 1 },
  policePenalty: { grounds: ['36'] },
  revokeSuspension: { grounds: ['46.4'], reason: '受到两次警告，仍不改正' },
  revokeParole: { grounds: ['47.2'], reason: '受到两次警告，仍不改正' },
  recommitment: { ground: 'causeGoneTermLeft', facts: '暂予监外执行的情形消失，刑期未满，经复查属实。' },
}

function tell({ kind, on: begun, goal, given = {} }: Episode, by: Teller): Omit<OldMatter, 'id'> | null {
  const { geography, person, names, on, chance } = by
  const procedure = procedureOf(kind)
  const path = procedure && wayTo(procedure, goal)
  if (!procedure || !path) return null
  const officer = names.office(person.office, 'officer')
  const deskOn = (day: LegalDay): Desk => ({
    procedure,
    chance,
    on: day,
    names: { person: person.name, officer, relative: nameOf(chance, 'female') },
    given: {
      category: person.category,
      level: person.level,
      to: person.level,
      ...(person.colour === 'none' ? {} : { colour: { red: 'R', yellow: 'Y', blue: 'B', green: 'G' }[person.colour] }),
      crime: person.crime,
      sex: person.sex,
      identity: person.identity,
      ...(kind === 'medicalReview'
        ? { months: putOff([...path.map(([step]) => step.id), 'step' in goal ? goal.step : '']) }
        : {}),
      ...grounds[kind],
      ...given,
    },
    counties: geography.counties.map((c) => c.code).filter((c) => c !== person.county),
  })
  const handOf = (post: string) =>
    post === 'officer' || post === 'officeHead' ? names.office(person.office, post) : names.county(person.county, post)
  // What the old system holds ends with the day before: a passage of today might lie ahead of the hour.
  const latest = addDays(on, -1)
  const first = begun > latest ? latest : begun
  let day = first
  let minute = chance.whole(9 * 60, 11 * 60)
  const at = () => new Date(dayStart(day) + minute * MINUTE).toISOString()
  const openedAt = at()
  const passages = path.map(([step, way]) => {
    day = addDays(day, chance.whole(0, 2))
    if (day > latest) day = latest
    minute += chance.whole(20, 90)
    return {
      step: step.id,
      way: way.id,
      by: handOf(step.post).slice(0, 60),
      at: at(),
      ...(way.tone === 'on' ? {} : { note: '材料不足，理由不充分（合成）。' }),
      form: fill(step.form ?? [], deskOn(day)),
    }
  })
  return {
    kind,
    on: first,
    openedAt,
    openedBy: officer,
    register: fill(procedure.form, deskOn(first)),
    passages,
    issued: handedOut(procedure, passages),
  }
}

/** Papers of every passage but the last: whoever came a step further had them in hand. Those of the last still wait. */
function handedOut(
  procedure: Procedure,
  passages: readonly { readonly step: string; readonly way: string }[],
): string[] {
  const of = ({ step, way }: { readonly step: string; readonly way: string }) =>
    procedure.steps.find((s) => s.id === step)?.ways.find((w) => w.id === way)?.papers ?? []
  const last = passages.at(-1)
  if (!last) return []
  const waiting = new Set(of(last))
  const called = [...(procedure.papers ?? []), ...passages.slice(0, -1).flatMap(of)]
  return [...new Set(called)].filter((template) => !waiting.has(template))
}

/** Enquiries of courts about people who are not supervised: most answered, some under way. */
export function enquiriesOf(geography: Geography, offices: readonly string[], names: Names, on: LegalDay): OldMatter[] {
  const procedure = procedureOf('assessment')
  if (!procedure) return []
  return offices.flatMap((office, i) => {
    const chance = chanceOf(geography.seed, 'enquiry', office)
    const count = i % 3 === 0 ? 3 : 2
    // The first office was busy: two of its answers are overdue, one with the officer, one with the head.
    const late = i === 0 ? ['investigate', 'head'] : []
    return Array.from({ length: count + late.length }, (_, n): OldMatter[] => {
      const overdue = procedure.steps.find((s) => s.id === late[n - count])
      const open = overdue !== undefined || (n === 0 && chance.happens(0.4))
      const step = overdue ?? procedure.steps[chance.whole(0, procedure.steps.length - 1)]
      const begun = addDays(on, overdue ? -40 : open ? -chance.whole(0, 5) : -chance.whole(20, 120))
      const told = tell(
        {
          kind: procedure.id,
          on: begun,
          goal: open && step ? { step: step.id } : well,
          given: { received: begun, receivedOn: begun },
        },
        {
          geography,
          names,
          on,
          chance,
          person: {
            name: nameOf(chance, 'male'),
            sex: 'male',
            // Nobody's: of the reserved areas, with a birthday of its own.
            identity: identityNumber(office.slice(0, 6), addDays('1960-01-01', i * 17 + n * 2_503), 'male', 300 + n),
            office,
            county: office.slice(0, 6),
            category: '02',
            level: '2',
            colour: 'none',
            crime: '盗窃罪',
            termStart: on,
            termEnd: on,
            address: '',
          },
        },
      )
      return told ? [{ ...told, id: idOf(geography.seed, `enquiry ${office}`, n), org: office }] : []
    }).flat()
  })
}

/** A UUID that follows from the seed, so that entering the same city twice changes nothing. */
function idOf(seed: number, whose: string, n: number): string {
  const hex = createHash('sha256').update(`${seed} matter ${whose} ${n}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
