/** The papers of the twin's lives: what the county issued in each business, numbered, signed and served, as old files hold it. */
import { createHash } from 'node:crypto'
import type { OldDocument } from '@zhijiao/contract/documents'
import type { Blank } from '@zhijiao/contract/paper'
import type { OldLeave } from '@zhijiao/contract/permits'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { registerStep } from '@zhijiao/contract/procedures/describe'
import { blanksOf, dayWritten, type FilledForm, type WrittenValue } from '@zhijiao/contract/procedures/written'
import { addDays, DAY, dayStart, daysBetween, HOUR, type LegalDay, legalDay, MINUTE } from '@zhijiao/geo/day'
import { codeSets } from '@zhijiao/law/codes'
import { type Chance, chanceOf } from '../chance.ts'
import { isOver, type Names, type OldMatter } from '../lives.ts'
import { nameOf } from '../people/names.ts'
import type { Leave } from '../people.ts'
import { type Addressee, addressees, paperRows, paperSayings, signers, voidReasons } from './paper-words.ts'

/** What the platform told of a template: the characters of its numbers, its blanks. */
export interface Wording {
  readonly series: string
  readonly blanks: readonly Pick<Blank, 'name' | 'form' | 'needed' | 'source'>[]
}
export type Wordings = ReadonlyMap<string, Wording>

/** Whose papers they are. */
export interface Whose {
  readonly name: string
  readonly office: string
  readonly county: string
  /** Id on the platform; none of somebody who is not supervised. */
  readonly id: string | null
}

export interface Desk {
  readonly seed: number
  readonly wordings: Wordings
  readonly names: Names
  /** Names of units by code. */
  readonly unit: (code: string) => string
  readonly on: LegalDay
}

/** As they ship. */
const levels = { offered: codeSets.supervisionLevel.items, former: [] }

type Values = Record<string, WrittenValue>
type Given = NonNullable<OldDocument['values']>
type Draft = Omit<OldDocument, 'id' | 'number' | 'signers' | 'deliveries' | 'voided'> & { readonly by: string }

/** Papers that the passages of a business called for; of one under way those it had issued, the others wait as drafts. */
export function papersOf(matter: OldMatter, whose: Whose, desk: Desk): OldDocument[] {
  const procedure = procedureOf(matter.kind)
  if (!procedure) return []
  const over = isOver(matter)
  const forms: Record<string, FilledForm> = { [registerStep]: matter.register }
  const due = new Map<string, Draft>()
  const draw = (papers: readonly string[], at: string, by: string, own: Values) => {
    for (const template of papers)
      if (over || matter.issued?.includes(template))
        due.set(template, {
          template,
          ...(whose.id ? { person: whose.id } : { org: whose.office }),
          subject: matter.id,
          decidedOn: legalDay(Date.parse(at)),
          issuedAt: at,
          issuedBy: by,
          by,
          values: filled(
            template,
            { 事项: procedure.zh, ...own, ...blanksOf(procedure, forms, levels) },
            whose,
            at,
            desk,
          ),
        })
  }
  draw(procedure.papers ?? [], matter.openedAt, matter.openedBy, {})
  for (const passage of matter.passages) {
    forms[passage.step] = passage.form ?? {}
    const way = procedure.steps.find((s) => s.id === passage.step)?.ways.find((w) => w.id === passage.way)
    if (way?.papers)
      draw(way.papers, passage.at, passage.by, {
        审批结果: way.zh,
        ...(passage.note ? { 理由: passage.note } : {}),
      })
  }
  return [...due.values()].map((draft) => told(draft, whose, desk, `${matter.id} ${draft.template}`))
}

const reasons: Readonly<Record<Leave['reason'], string>> = {
  '01': '就医复查，有医院预约单。',
  '02': '参加考试培训，有通知书。',
  '04': '处理家庭重要事务，须本人到场。',
  '05': '工作需要，单位出具证明。',
}

/** Up to seven days an office decides by itself (LVE-02). */
const byOffice = ({ from, until }: Leave) => daysBetween(from, until) < 7

/** A leave that is over, as an old file tells it: who asked and who decided, and when. */
export function oldLeaveOf(leave: Leave, person: string, whose: Whose, desk: Desk): OldLeave {
  const at = (day: LegalDay, minute: number) => new Date(dayStart(day) + minute * MINUTE).toISOString()
  const { names } = desk
  return {
    id: idOf(desk.seed, `leave ${person} ${leave.from}`),
    person,
    from: leave.from,
    until: leave.until,
    destination: { text: leave.text, area: '459099', country: 'CN' },
    reason: leave.reason,
    reasonText: reasons[leave.reason],
    askedAt: at(addDays(leave.from, -4), 9 * 60 + 30),
    askedBy: names.office(whose.office, 'officer'),
    verdict: 'approved',
    decidedAt: at(addDays(leave.from, -2), 10 * 60),
    decidedBy: byOffice(leave) ? names.office(whose.office, 'officeHead') : names.county(whose.county, 'countyHead'),
    note: '经核实，外出事由属实。',
    returnedOn: leave.until,
  }
}

/** Form of approval and notice of a leave that is over. */
export function leavePapersOf(leave: Leave, whose: Whose, old: OldLeave, desk: Desk): OldDocument[] {
  const { decidedAt: at, decidedBy: by } = old
  const decided = legalDay(Date.parse(at))
  const times = `${dayWritten(leave.from)}至${dayWritten(leave.until)}`
  const own: Values = {
    目的地: leave.text,
    外出理由: reasons[leave.reason],
    起止时间: times,
    司法所意见: '情况属实，同意外出。',
    ...(byOffice(leave) ? {} : { 县级意见: '批准外出。' }),
    返回情况: `${dayWritten(leave.until)}返回并报告销假`,
    事项: `外出${leave.text}（${times}）`,
    审批结果: '批准',
    理由: '经核实，外出事由属实。',
  }
  return ['D10', 'D15'].map((template) =>
    told(
      {
        template,
        ...(whose.id ? { person: whose.id } : { org: whose.office }),
        subject: old.id,
        decidedOn: decided,
        issuedAt: at,
        issuedBy: by,
        by,
        values: filled(template, own, whose, at, desk),
      },
      whose,
      desk,
      `leave ${whose.id} ${leave.from} ${template}`,
    ),
  )
}

/** The blanks of a paper: what its business says, and for what is needed besides the words of such papers. */
function filled(template: string, own: Values, whose: Whose, at: string, desk: Desk): Given {
  const wording = desk.wordings.get(template)
  const chance = chanceOf(desk.seed, 'words', template, whose.name, at)
  const says = (text: string) =>
    text
      .replaceAll('{person}', whose.name)
      .replaceAll('{officer}', desk.names.office(whose.office, 'officer'))
      .replaceAll('{head}', desk.names.office(whose.office, 'officeHead'))
      .replaceAll('{county}', desk.unit(whose.county))
      .replaceAll('{court}', `${desk.unit(whose.county)}人民法院（合成）`)
      .replaceAll('{office}', desk.unit(whose.office))
      .replaceAll('{day}', dayWritten(legalDay(Date.parse(at))))
  const values: Given = {}
  for (const { name, form, source } of wording?.blanks ?? []) {
    if (source === 'file') continue
    const pool = paperSayings[`${template}.${name}`] ?? paperSayings[name]
    const value = own[name] ?? paperRows[name] ?? (pool ? says(chance.pick(pool)) : undefined)
    // A table takes rows, a line takes none.
    if (value === undefined || (form === 'rows') !== Array.isArray(value)) continue
    values[name] = typeof value === 'string' ? value : value.map((row) => ({ ...row }))
  }
  return values
}

function idOf(seed: number, what: string): string {
  const h = createHash('sha256').update(`${seed} paper ${what}`).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-7${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** Share of the papers of the last weeks that nobody was served with yet. */
const unservedShare = 0.15
const lately = 60
/** Of so many numbered papers one was wrong at first: it was voided, and the right one took the next number. */
const wrongOnce = 60

/** A paper as the old file tells it: who signed, how it was served. */
function told({ by, ...draft }: Draft, whose: Whose, desk: Desk, key: string): OldDocument {
  const chance = chanceOf(desk.seed, 'paper', key)
  const officer = desk.names.office(whose.office, 'officer')
  const issued = Date.parse(draft.issuedAt)
  const served = serviceOf(draft.template, issued, whose, desk, chance)
  const hands = signers[draft.template] ?? []
  const paper: OldDocument = {
    ...draft,
    issuedBy: by,
    id: idOf(desk.seed, key),
    ...(hands.length > 0
      ? {
          signers: hands.map((label, i) => ({
            label,
            name: i === 0 ? whose.name : officer,
            on: legalDay(Date.parse(served[0]?.at ?? draft.issuedAt)),
          })),
        }
      : {}),
    deliveries: served,
  }
  return paper
}

function serviceOf(
  template: string,
  issued: number,
  whose: Whose,
  desk: Desk,
  chance: Chance,
): NonNullable<OldDocument['deliveries']> {
  const to = addressees[template]
  const end = dayStart(desk.on)
  if (!to || (end - issued < lately * DAY && chance.happens(unservedShare))) return []
  const at = issued + (to === 'person' ? chance.whole(0, 2) : chance.whole(1, 4)) * DAY + chance.whole(1, 5) * HOUR
  if (at >= end) return []
  const by = desk.names.office(whose.office, 'officer')
  const relative = nameOf(chance, 'female')
  const place = desk.unit(whose.office)
  const said: Record<Addressee, string> = {
    person: whose.name,
    court: `${desk.unit(whose.county)}人民法院（合成）`,
    police: `${desk.unit(whose.county)}公安局（合成）`,
    agency: '邻县社区矫正管理局（合成）',
    station: `${place}安置帮教工作站（合成）`,
  }
  const addressee = said[to]
  const record = { copy: 'original' as const, addressee, at: new Date(at).toISOString(), by }
  if (to !== 'person') {
    const how = chance.weighted<'mail' | 'electronic' | 'direct'>([
      ['mail', 5],
      ['electronic', 4],
      ['direct', 2],
    ])
    return [{ ...record, how, receiver: '收发室' }]
  }
  switch (
    chance.weighted<'self' | 'family' | 'left' | 'phone'>([
      ['self', 90],
      ['family', 6],
      ['left', 2],
      ['phone', 2],
    ])
  ) {
    case 'self':
      return [{ ...record, how: 'direct' as const, receiver: whose.name, place }]
    case 'family':
      return [{ ...record, how: 'direct' as const, receiver: relative, relation: '同住成年家属', place: '住所' }]
    case 'left':
      return [{ ...record, how: 'left' as const, witness: '村（居）委会工作人员（合成）', place: '住所' }]
    case 'phone':
      return [{ ...record, how: 'electronic' as const, receiver: whose.name }]
  }
}

/**
 * Numbers a county's papers as its register did: by kind and year, one after the other in the order of issue. Where the
 * twin's memory of a year begins, the register had begun long before.
 */
export function numbered(
  papers: readonly OldDocument[],
  county: { code: string; zh: string },
  desk: Desk,
): OldDocument[] {
  const mark = `${county.zh.replace(/[县区市旗]$/, '')}社`
  const last = new Map<string, number>()
  const counted = inOrder(papers).filter(({ template }) => desk.wordings.get(template)?.series)
  const wrong = counted.filter((_, i) => i % wrongOnce === 20).map((paper) => wrongBefore(paper, desk))
  return inOrder([...papers, ...wrong]).map((paper) => {
    const series = desk.wordings.get(paper.template)?.series
    if (!series) return paper
    const year = paper.decidedOn.slice(0, 4)
    const key = `${series} ${year}`
    const before = last.get(key) ?? chanceOf(desk.seed, 'register', county.code, key).whole(0, 24)
    last.set(key, before + 1)
    return { ...paper, number: `（${year}）${mark}${series}字第${before + 1}号` }
  })
}

const inOrder = (papers: readonly OldDocument[]): OldDocument[] =>
  [...papers].sort((a, b) => Date.parse(a.issuedAt) - Date.parse(b.issuedAt) || (a.id < b.id ? -1 : 1))

/** The wrong one that was voided when the right one was issued. */
const wrongBefore = (paper: OldDocument, desk: Desk): OldDocument => ({
  ...paper,
  id: idOf(desk.seed, `${paper.id} wrong`),
  issuedAt: new Date(Date.parse(paper.issuedAt) - 10 * MINUTE).toISOString(),
  signers: [],
  deliveries: [],
  voided: {
    at: paper.issuedAt,
    by: paper.issuedBy,
    reason: chanceOf(desk.seed, 'wrong', paper.id).pick(voidReasons),
  },
})
