import type { PastAlarm } from '@zhijiao/contract/past-alarms'
import { addDays, DAY, dayStart, HOUR, type LegalDay, MINUTE } from '@zhijiao/geo/day'
import type { Place } from '@zhijiao/geo/distance'
import { type Breach, type Truth, trueTurn, truthOf } from '../breaches.ts'
import { type Chance, chanceOf } from '../chance.ts'
import type { Geography } from '../geography.ts'
import { turnOf, whereabouts } from '../movement.ts'
import type { Person } from '../people.ts'
import type { StaffMember } from '../staff.ts'

type Cause = NonNullable<PastAlarm['cause']>
type Ending = readonly [cause: Cause, finding: string, measures: string]

/** What an officer found behind each kind, and what he did; with how often. */
const endings: Readonly<
  Partial<Record<Truth['kind'], readonly [readonly [Ending, number], ...(readonly [Ending, number])[]]>>
> = {
  boundaryOut: [
    [['C01', '电话核实，本人承认未请假去了邻县', '批评教育，责令当日返回，记入日常表现'], 6],
    [['C11', '本人陪家属到邻县医院就诊，已出示病历', '补办外出手续'], 2],
    [['C13', '事前已电话报告，审批手续补办中', '当日补办'], 2],
  ],
  forbiddenIn: [
    [['C02', '实地查访，在禁入场所内见到本人', '责令离开，重申禁止令'], 5],
    [['C11', '送货途经，停留办理取货', '重申禁止令，告知绕行'], 2],
  ],
  requiredAbsent: [
    [['C05', '入户查访，未在住所，次日到所说明', '批评教育'], 3],
    [['C11', '夜间送孩子急诊，有就诊记录', '核对病历后备案'], 1],
  ],
  strapOpen: [
    [['C03', '入户查看，表带有拆卸痕迹', '谈话教育，更换表带'], 3],
    [['C31', '表扣老化松脱，非人为', '送修，更换备用终端'], 2],
    [['C24', '洗澡时误触', '讲解佩戴要求'], 2],
  ],
  apart: [[['C04', '腕带在家充电，本人外出', '谈话教育，重申人机不得分离'], 1]],
  powerOff: [
    [['C12', '电量耗尽，本人未察觉', '提醒每日充电'], 4],
    [['C03', '承认为免打扰自行关机', '批评教育，记入日常表现'], 2],
  ],
  lostContact: [
    [['C32', '所在山区基站检修，运营商已确认', '无需处置'], 3],
    [['C31', '终端死机，重启后恢复', '送检'], 2],
    [['C12', '忘记充电', '提醒每日充电'], 2],
  ],
  sos: [
    [['C14', '本人摔伤求助，已联系家属送医', '跟进伤情'], 2],
    [['C24', '误按求助键，电话核实无事', '讲解按键用途'], 3],
  ],
}

/** What the past days' alarms are laid out with. */
export interface Past {
  readonly breaches: readonly Breach[]
  readonly staff: readonly StaffMember[]
  readonly on: LegalDay
  readonly days: number
  /** Indices of those who surely had one, however few days are looked back on. */
  readonly surely: ReadonlySet<number>
}

/** One of each officer's people, so that no officer of a small county finds a desk that never saw an alarm. */
export function oneOfEach(people: readonly Person[], on: LegalDay): ReadonlySet<number> {
  const first = new Map<string, number>()
  for (const person of people)
    if (!first.has(person.officer) && person.state !== 'awaiting' && person.termStart < addDays(on, -1))
      first.set(person.officer, person.index)
  return new Set(first.values())
}

/** Hours before the planting at which the last of them begins: it must be over and handled by then. */
const quietMs = 2 * HOUR

/**
 * The alarms that another system would have had of a person's past days: those of the script, each found and handled, and
 * what happens by itself (a low battery, drift, a mast that failed). They enter with the old file.
 */
export function pastAlarms(
  geography: Geography,
  person: Person,
  { breaches, staff, on, days, surely }: Past,
): PastAlarm[] {
  const to = dayStart(on) - quietMs
  const from = Math.max(dayStart(on) - days * DAY, dayStart(person.termStart))
  if (to <= from || person.state === 'awaiting') return []
  const chance = chanceOf(geography.seed, 'past alarms', person.index, on)
  const handler = staff.find((s) => s.login === person.officer)?.name ?? '值班人员'
  const head = staff.find((s) => s.org === person.office && s.roles.includes('officeHead'))?.name
  const desk = { handler, head, before: dayStart(on), chance }
  const own = breaches.filter((b) => b.person === person.index && b.start >= from && b.start + b.lasts < to)
  const scripted = own.flatMap((breach) =>
    truthOf(geography, person, [breach], breach.start - HOUR, Math.min(to, breach.start + breach.lasts + 6 * HOUR))
      .filter((t) => t.start >= from && t.end < to)
      .flatMap((t) => handled(t, placeAt(geography, person, own, t.start), desk)),
  )
  return [...scripted, ...ofItself(person, desk, from, to, surely.has(person.index))].sort((a, b) =>
    a.from < b.from ? -1 : 1,
  )
}

interface Desk {
  readonly handler: string
  readonly head: string | undefined
  /** Everything is closed by then, ms UTC. */
  readonly before: number
  readonly chance: Chance
}

const iso = (ts: number) => new Date(Math.round(ts / 1000) * 1000).toISOString()

/** The alarm of one truth: raised some minutes after it began, closed by the officer, reviewed by his head. */
function handled({ kind, start, end }: Truth, at: Place, { handler, head, before, chance }: Desk): PastAlarm[] {
  const known = endings[kind]
  if (!known) return []
  const [cause, finding, measures] = chance.weighted(known)
  const raised = start + chance.between(3, 18) * MINUTE
  const closed = Math.min(before, Math.max(end, raised) + chance.between(0.5, 20) * HOUR)
  return [
    {
      kind,
      from: iso(start),
      until: iso(end),
      raisedAt: iso(raised),
      closedAt: iso(Math.max(closed, raised + MINUTE)),
      way: 'handled',
      cause,
      finding,
      measures,
      handledBy: handler,
      ...(head && head !== handler ? { reviewedBy: head } : {}),
      lat: at.lat,
      lon: at.lon,
    },
  ]
}

function placeAt(geography: Geography, person: Person, breaches: readonly Breach[], ts: number): Place {
  const { lat, lon } = whereabouts(trueTurn(geography, person, turnOf(person, ts), breaches), ts)
  return { lat, lon }
}

/** How long between two alarms of a device that are nobody's doing. */
const meanMs = { band: 6 * DAY, phone: 24 * DAY } as const

function ofItself(
  person: Person,
  { handler, head, before, chance }: Desk,
  from: number,
  to: number,
  surely: boolean,
): PastAlarm[] {
  const alarms: PastAlarm[] = []
  const mean = person.band ? meanMs.band : meanMs.phone
  const first = surely ? chance.between(0, (to - from) / 2) : chance.wait(mean)
  for (let at = from + first; at < to - 3 * HOUR; at += 8 * HOUR + chance.wait(mean)) {
    const until = at + chance.between(20, 150) * MINUTE
    const what = chance.weighted<'battery' | 'outage' | 'silence' | 'drift'>([
      ['battery', person.band ? 5 : 1],
      ['outage', 2],
      ['silence', 4],
      ['drift', 1],
    ])
    const place = { lat: person.home.lat, lon: person.home.lon }
    const span = { from: iso(at), until: iso(until), closedAt: iso(until) }
    if (what === 'battery') alarms.push({ kind: 'lowBattery', ...span, way: 'cleared', ...place })
    if (what === 'outage') alarms.push({ kind: 'lostContact', ...span, way: 'outage', ...place })
    if (what === 'silence') alarms.push({ kind: 'noPosition', ...span, way: 'cleared', ...place })
    if (what === 'drift') {
      const closed = Math.min(before, until + chance.between(0.5, 8) * HOUR)
      alarms.push({
        kind: 'boundaryOut',
        from: span.from,
        until: span.until,
        raisedAt: iso(at + 5 * MINUTE),
        closedAt: iso(Math.max(closed, until)),
        way: 'notHandled',
        cause: 'C21',
        finding: '视频核实本人在家，系定位漂移',
        handledBy: handler,
        ...(head && head !== handler ? { reviewedBy: head } : {}),
        ...place,
      })
    }
  }
  return alarms
}
