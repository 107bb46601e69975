import { addDays, dayStart, HOUR, type LegalDay } from '@zhijiao/geo/day'
import { type Chance, chanceOf } from '../chance.ts'
import { phoneNumber } from '../people/identity.ts'
import { nameOf } from '../people/names.ts'
import type { Person } from '../people.ts'
import type { HistoryFile } from './files.ts'

type Part = NonNullable<HistoryFile['parts']>[number]

/** Kinds of crime by what the judgment calls them. */
const kindOf = (crime: string): string =>
  /抢劫|盗窃|诈骗/.test(crime) ? '05' : /驾驶|肇事/.test(crime) ? '02' : /伤害/.test(crime) ? '04' : '06'

/**
 * The groups of an old file that its paper volumes hold besides header, address and team: the judgment and the plan of
 * everybody, what was reported, learnt and done, and what only some have. None of it lies after `on`. What a business files
 * (leave, moves, rewards, violations, the end) comes with the old matters and leaves.
 */
export function groupsOf(seed: number, person: Person, court: string, on: LegalDay): Part[] {
  const chance = chanceOf(seed, 'groups', person.number)
  const { termStart, termEnd } = person
  const over = termEnd < on ? termEnd : on
  const parts: Part[] = []
  const add = (part: Part['part'], day: LegalDay, data: Part['data']) => {
    if (day < on) parts.push({ part, data, occurredAt: new Date(dayStart(day) + 9 * HOUR).toISOString() })
  }
  /** What few have: of people in correction that share, of those whose file is closed every fourth. */
  const seldom = (
    share: number,
    turn: number,
    part: Part['part'],
    after: number,
    dataOf: (day: LegalDay) => Part['data'],
  ) => sometimes(termEnd < on ? Number(person.index % 4 === turn) : share, part, after, dataOf)
  const sometimes = (share: number, part: Part['part'], after: number, dataOf: (day: LegalDay) => Part['data']) => {
    const day = addDays(termStart, after)
    if (addDays(day, 3) < over && chance.happens(share)) add(part, day, dataOf(day))
  }
  const judged = addDays(termStart, -12)
  add('sentence', judged, {
    crimeType: kindOf(person.crime),
    // The code set knows no control (管制).
    ...(person.category === '01' ? {} : { punishment: '03' }),
    ...(chance.happens(0.4) ? { supplementary: '01', fineYuan: chance.whole(1, 10) * 1_000 } : {}),
    court,
    judgedOn: judged,
    effectiveOn: addDays(judged, 10),
    histories: '05',
    involved: '00',
    facts: `被告人因${person.crime}被判处刑罚（合成摘要）。`,
  })
  if (person.state === 'awaiting') return parts
  sometimes(1, 'plan', 12, (on) => ({
    assessment: '再犯风险较低，家庭支持较好。',
    psychology: '情绪平稳。',
    measures: '每月报告、走访，参加集中学习和公益活动。',
    on,
  }))
  seldom(0.25, 0, 'papers', 4, () => ({
    kind: chance.pick(['护照', '港澳通行证', '机动车驾驶证']),
    number: `SYN${String(person.index).padStart(7, '0')}`,
    custody: '01',
    reportedToBorder: true,
  }))
  seldom(0.35, 1, 'health', 3, (on) => ({ ...ill(chance), on }))
  seldom(0.15, 3, 'accomplices', 3, () => ({
    name: nameOf(chance, 'male'),
    sex: 'male',
    crime: person.crime,
    sentence: '有期徒刑十个月',
    contactForbidden: chance.happens(0.6),
  }))
  sometimes(0.4, 'relatives', 3, () => ({
    relation: chance.pick(['子女', '姐妹', '岳父']),
    name: `${person.name.slice(0, 1)}某（合成）`,
    phone: phoneNumber(70_000_000 + person.index),
  }))
  sometimes(0.8, 'reports', 35, (on) => ({
    on,
    mode: chance.pick(['01', '02', '03']),
    content: '本人近期情况正常，遵守规定。',
  }))
  sometimes(0.8, 'education', 40, (on) => ({ on, mode: '01', minutes: 120, content: '集中学习社区矫正法及案例。' }))
  sometimes(0.7, 'service', 45, (on) => ({ on, minutes: 120, place: '社区广场（合成）', content: '清洁公共场所。' }))
  sometimes(0.6, 'visits', 50, (on) => ({
    on,
    kind: chance.pick(['home', 'work', 'village', 'talk', 'phone']),
    with: '本人及家属',
    content: '在家，情绪稳定，家属愿意配合监督。',
  }))
  return parts
}

const ill = (chance: Chance): Part['data'] =>
  chance.happens(0.5)
    ? {
        state: '患慢性病，能参加日常活动',
        illness: chance.pick(['高血压', '糖尿病', '腰椎间盘突出']),
        infectious: false,
      }
    : { state: '健康', infectious: false }
