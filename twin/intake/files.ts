import type { BodyOf, Kept } from '@zhijiao/contract/kernel'
import type { people } from '@zhijiao/contract/people'
import { addDays, dayStart, type LegalDay, MINUTE } from '@zhijiao/geo/day'
import { chanceOf } from '../chance.ts'
import type { Geography } from '../geography.ts'
import { lengthInWords } from '../people/sentence.ts'
import type { Person } from '../people.ts'
import { groupsOf } from './groups.ts'

type SpecOf<K> = K extends Kept<infer S> ? S : never
export type HistoryFile = BodyOf<SpecOf<(typeof people)['importHistory']>>['files'][number]
type Part = NonNullable<HistoryFile['parts']>[number]
type Event = NonNullable<HistoryFile['events']>[number]

const visitWords = [
  '在家，情绪稳定',
  '在工作单位，表现正常',
  '家属反映近期作息规律',
  '入户未遇，电话核实在工地',
] as const
const talkWords = ['谈话教育，明确请假规定', '学习社区矫正法第二十七条', '了解就业情况，介绍岗位'] as const

/** A person's old file as the history import reads it: header, groups, and what happened since reception. */
export function fileOf(geography: Geography, person: Person, officerId: string | null, on: LegalDay): HistoryFile {
  const chance = chanceOf(geography.seed, 'file', person.index)
  const court = `${geography.counties.find((c) => c.code === person.county)?.zh ?? ''}人民法院（合成）`
  const at = (day: LegalDay, minute: number) => new Date(dayStart(day) + minute * MINUTE).toISOString()
  const first = person.termStart > addDays(on, -90) ? person.termStart : addDays(on, -90)
  const events: Event[] = []
  for (let day = addDays(first, chance.whole(3, 10)); day < on; day = addDays(day, chance.whole(6, 12))) {
    const kind = chance.weighted<string>([
      ['history.report', 5],
      ['history.visit', 2],
      ['history.talk', 3],
    ])
    const text =
      kind === 'history.report'
        ? '本人按时到所报告近期情况'
        : kind === 'history.visit'
          ? chance.pick(visitWords)
          : chance.pick(talkWords)
    events.push({ kind, occurredAt: at(day, chance.whole(9 * 60, 17 * 60)), payload: { text, synthetic: true } })
  }
  const parts: Part[] = [
    {
      part: 'correction',
      data: {
        receivedOn: person.termStart,
        receiveMode: '01',
        announcedOn: addDays(person.termStart, 2),
        police: `${person.address.slice(0, 2)}派出所（合成）`,
        reportStatus: '01',
        ...(person.category === '04'
          ? { physical: person.index % 5 === 3 ? '03' : '01', hospital: '合成县人民医院' }
          : {}),
        procuratorate: court.replace('人民法院', '人民检察院'),
      },
    },
    {
      part: 'addresses',
      data: {
        kind: 'residence',
        address: person.address,
        from: person.termStart,
        lat: person.home.lat,
        lon: person.home.lon,
      },
    },
    { part: 'team', data: { kind: '01', name: '责任人', sex: 'male', signedOn: addDays(person.termStart, 5) } },
    {
      part: 'relatives',
      data: {
        relation: chance.pick(['配偶', '父亲', '母亲', '兄弟']),
        name: `${person.name.slice(0, 1)}某`,
        guardian: person.minor,
      },
    },
    {
      part: 'work',
      data: {
        employment: { school: '01', farm: '03', none: '04', factory: '02', shop: '02', nightShift: '02' }[
          person.habits.job
        ],
        place: person.habits.work ? '合成单位' : null,
      },
    },
    { part: 'levels', data: { level: person.level, from: addDays(person.termStart, 30), reason: '考核评定' } },
    ...(person.injunction
      ? [
          {
            part: 'injunction' as const,
            data: { kind: '01', content: person.injunction.text, from: person.termStart, until: person.termEnd, court },
          },
        ]
      : []),
    ...groupsOf(geography.seed, person, court, on),
  ]
  return {
    number: person.number,
    person: {
      name: person.name,
      sex: person.sex,
      ethnicity: chance.weighted<string>([
        ['汉族', 62],
        ['壮族', 30],
        ['苗族', 4],
        ['侗族', 4],
      ]),
      birthDate: person.birth,
      identity: person.identity,
      education: chance.pick(['小学', '初中', '高中', '大专']),
      registeredAddress: person.address,
      residence: person.address,
      crime: person.crime,
      sentence: person.penalty,
      sentenceTerm: person.length,
      additionalPenalty: '无',
      correctionTerm: lengthInWords(person.months),
      decidedOn: addDays(person.termStart, -12),
      category: person.category,
      termStart: person.termStart,
      termEnd: person.termEnd,
      decisionOrgan: court,
      decisionOrganKind: '01',
      documentNumber: `（合成）刑初${person.index + 1}号`,
      phone: person.phoneNumber,
      residenceLat: person.home.lat,
      residenceLon: person.home.lon,
      level: person.level,
      colour: person.colour,
      state: person.state,
      injunction: person.injunction?.text ?? '',
      org: person.office,
      officer: officerId,
      minor: person.minor,
    },
    parts,
    events,
  }
}
