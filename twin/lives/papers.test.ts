import { procedureOf } from '@zhijiao/contract/procedures/all'
import { dayStart } from '@zhijiao/geo/day'
import { shippedTemplates } from '@zhijiao/server/documents/templates/index'
import { describe, expect, test } from 'vitest'
import { drawFormer } from '../former.ts'
import { drawGeography } from '../geography.ts'
import { isOver, livesOf, missingLives, namesOf } from '../lives.ts'
import { drawPeople } from '../people.ts'
import { staffOf } from '../staff.ts'
import { addressees } from './paper-words.ts'
import { type Desk, leavePapersOf, numbered, oldLeaveOf, papersOf } from './papers.ts'

describe('Z8 the papers of the twin’s lives', { timeout: 60_000 }, () => {
  const city = drawGeography(3)
  const staff = staffOf(city)
  const names = namesOf(staff)
  const on = '2026-11-21'
  const [county] = city.counties
  if (!county) throw new Error('a city without counties')
  const own = [
    ...drawPeople(city, staff, { count: 300, bandShare: 0.03, on }),
    ...drawFormer(city, staff, 18, on),
  ].filter((p) => p.county === county.code)
  const idOf = (p: { number: string }) => `id of ${p.number}`
  const told = own.flatMap((p) => livesOf(city, p, idOf(p), names, on))
  const missing = missingLives(city, own, told, { names, on, idOf })
  const lives = [...told, ...missing]
  const desk: Desk = { seed: 3, wordings: shippedTemplates, names, on, unit: (code) => code }
  const whose = new Map(own.map((p) => [idOf(p), { id: idOf(p), name: p.name, office: p.office, county: p.county }]))
  const of = (person: string | undefined) => {
    const one = whose.get(person ?? '')
    if (!one) throw new Error('nobody')
    return one
  }
  const papers = numbered(
    [
      ...lives.flatMap((m) => papersOf(m, of(m.person), desk)),
      ...own.flatMap((p) => {
        const { id, ...rest } = of(idOf(p))
        return p.leaves
          .filter((l) => l.until < on)
          .flatMap((l) => leavePapersOf(l, { id, ...rest }, oldLeaveOf(l, id, { id, ...rest }, desk), desk))
      }),
    ],
    county,
    desk,
  )

  test('every concluded passage that calls for a paper has it, of a matter under way what came before its last passage', () => {
    for (const matter of lives) {
      const procedure = procedureOf(matter.kind)
      const called = new Set([
        ...(procedure?.papers ?? []),
        ...matter.passages.flatMap(
          (p) => procedure?.steps.find((s) => s.id === p.step)?.ways.find((w) => w.id === p.way)?.papers ?? [],
        ),
      ])
      const here = new Set(papers.filter((p) => p.subject === matter.id).map((p) => p.template))
      expect([...here].sort(), matter.kind).toEqual(
        isOver(matter) ? [...called].sort() : [...(matter.issued ?? [])].sort(),
      )
    }
    const running = lives.filter((m) => !isOver(m))
    expect(running.some((m) => (m.issued ?? []).length > 0)).toBe(true)
    for (const template of ['D03', 'D07', 'D09', 'D10', 'D15', 'D18', 'D19', 'D28', 'D29', 'D30', 'D34a'])
      expect(papers.filter((p) => p.template === template).length, template).toBeGreaterThan(0)
  })

  test('numbers run through the year in the order of issue, and no two are alike', () => {
    const numbers = papers.flatMap((p) => p.number ?? [])
    expect(new Set(numbers).size).toBe(numbers.length)
    const last = new Map<string, number>()
    for (const { number, issuedAt } of [...papers].sort((a, b) => (a.issuedAt < b.issuedAt ? -1 : 1))) {
      if (!number) continue
      const [, series = '', serial = ''] = /^(.*字)第(\d+)号$/.exec(number) ?? []
      expect(Number(serial), `${number} ${issuedAt}`).toBe((last.get(series) ?? Number(serial) - 1) + 1)
      last.set(series, Number(serial))
    }
  })

  test('decided, issued and served in that order and before today; blanks are those of the template', () => {
    const ids = papers.map((p) => p.id)
    expect(new Set(ids).size).toBe(ids.length)
    const end = dayStart(on)
    for (const { template, decidedOn, issuedAt, deliveries = [], values = {}, voided } of papers) {
      const issued = Date.parse(issuedAt)
      expect(issued).toBeLessThan(end)
      expect(issued).toBeGreaterThanOrEqual(dayStart(decidedOn))
      for (const { at } of deliveries) {
        expect(Date.parse(at)).toBeGreaterThan(issued)
        expect(Date.parse(at)).toBeLessThan(end)
      }
      if (voided) expect(Date.parse(voided.at)).toBeGreaterThan(issued)
      const blanks = shippedTemplates.get(template)?.blanks.map((b) => b.name) ?? []
      expect(blanks).toEqual(expect.arrayContaining(Object.keys(values)))
    }
  })

  test('some were never served, some voided, and little that is needed is left empty', () => {
    const served = papers.filter((p) => (p.deliveries ?? []).length > 0)
    expect(served.length).toBeGreaterThan(papers.length / 4)
    expect(papers.some((p) => p.template in addressees && p.deliveries?.length === 0 && !p.voided)).toBe(true)
    expect(papers.filter((p) => p.voided).length).toBeGreaterThan(0)
    const empty = papers.filter(({ template, values = {} }) =>
      shippedTemplates.get(template)?.blanks.some((b) => b.needed && b.source !== 'file' && !(b.name in values)),
    )
    expect(empty.length / papers.length).toBeLessThan(0.1)
  })

  test('the county of the demonstration has seen every business: one over, one under way', () => {
    const kinds = (over: boolean) => new Set(lives.filter((m) => isOver(m) === over).map((m) => m.kind))
    const noEnd = ['recommitment', 'revokeParole', 'pursuit']
    const all = [...new Set(lives.map((m) => m.kind))]
    expect(all.filter((k) => !kinds(true).has(k) && !noEnd.includes(k))).toEqual([])
    expect(
      all.filter(
        (k) => (procedureOf(k)?.steps.length ?? 0) > 0 && !kinds(false).has(k) && !['termination', 'death'].includes(k),
      ),
    ).toEqual([])
    expect(new Set(own.map((p) => p.state)).size).toBe(7)
  })
})
