import { procedureOf, procedures } from '@zhijiao/contract/procedures/all'
import { addDays } from '@zhijiao/geo/day'
import { describe, expect, test } from 'vitest'
import { drawFormer } from './former.ts'
import { drawGeography } from './geography.ts'
import { wayTo } from './lives/walk.ts'
import { enquiriesOf, livesOf, namesOf } from './lives.ts'
import { drawPeople } from './people.ts'
import { staffOf } from './staff.ts'

describe('Z8 the lives of the twin’s people', { timeout: 60_000 }, () => {
  const city = drawGeography(3)
  const staff = staffOf(city)
  const names = namesOf(staff)
  const on = '2026-11-21'
  const people = drawPeople(city, staff, { count: 2_700, bandShare: 0.03, on })
  const former = drawFormer(city, staff, 160, on)
  const lives = [...people, ...former].flatMap((p) =>
    livesOf(city, p, '00000000-0000-7000-8000-000000000000', names, on),
  )
  const enquiries = enquiriesOf(city, [...new Set(people.map((p) => p.office))], names, on)

  test('the same seed tells the same life; every id is told once', () => {
    const [first] = people
    if (!first) throw new Error('nobody')
    expect(livesOf(city, first, 'x', names, on)).toEqual(livesOf(city, first, 'x', names, on))
    const ids = [...lives, ...enquiries].map((m) => m.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('every business of the county has life in it', () => {
    const told = [...lives, ...enquiries]
    const of = (kind: string) => told.filter((m) => m.kind === kind)
    const without = procedures.filter((p) => of(p.id).length === 0).map((p) => p.id)
    expect(without).toEqual([])
  })

  test('nothing happens after today or without a description; each passage follows from the one before', () => {
    for (const matter of [...lives, ...enquiries]) {
      expect(matter.on <= on).toBe(true)
      const procedure = procedureOf(matter.kind)
      if (!procedure) throw new Error(matter.kind)
      let at: readonly (string | undefined)[] = [procedure.steps[0]?.id]
      for (const passage of matter.passages) {
        expect(at).toContain(passage.step)
        const way = procedure.steps.find((s) => s.id === passage.step)?.ways.find((w) => w.id === passage.way)
        at = way ? [way.to, ...(way.or ?? [])] : []
      }
    }
  })

  test('who is under an injunction reports on keeping it, mostly within the month; nobody else does, nor of an illness', () => {
    const reports = (p: (typeof people)[number], what: string) =>
      livesOf(city, p, 'x', names, on).filter((m) => m.kind === 'report' && m.register.what === what)
    const bound = people.filter((p) => p.injunction && p.state === 'inCorrection' && p.termStart < addDays(on, -60))
    expect(bound.length).toBeGreaterThan(50)
    const kept = bound.filter((p) => reports(p, 'injunction').some((m) => m.on > addDays(on, -28)))
    expect(kept.length / bound.length).toBeGreaterThan(0.8)
    expect(kept.length).toBeLessThan(bound.length)
    for (const p of people.slice(0, 400)) {
      if (!p.injunction) expect(reports(p, 'injunction')).toEqual([])
      else expect(['01', '02']).toContain(p.category)
      if (p.category !== '04') expect([...reports(p, 'body'), ...reports(p, 'review')]).toEqual([])
    }
  })

  test('the shortest way to an end is found in every description that has one', () => {
    for (const procedure of procedures)
      if (procedure.steps.length > 0) expect(wayTo(procedure, { tone: 'good' }) ?? procedure.id).not.toBe(procedure.id)
  })
})
