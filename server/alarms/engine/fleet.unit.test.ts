import { expect, test } from 'vitest'
import { makeBook } from '../../fences/index.ts'
import { Fleet } from './fleet.ts'
import type { Activation } from './slot.ts'

const now = Date.parse('2026-11-20T10:00:00+08:00')
const activation = (no: number, more: Partial<Activation> = {}): Activation => ({
  no,
  id: `a${no}`,
  person: 'p1',
  org: '459001001',
  device: `d${no}`,
  protocol: 'app',
  regime: 'check',
  intervalS: 3600,
  startsAt: now - 1_000,
  endsAt: now + 1_000,
  home: null,
  ...more,
})
const unfenced = makeBook([], [], [])
const add = (fleet: Fleet, one: Activation) =>
  fleet.add(one, { latest: null, kept: null, book: unfenced, day: '2026-11-20', now, containedUntil: now })

test('who moves to another office, or takes another device, is found under the new one alone', () => {
  const fleet = new Fleet()
  const slot = add(fleet, activation(7))
  expect(add(fleet, activation(7, { org: '459001002', device: 'd70', person: 'p2' }))).toBe(slot)
  expect(fleet.size).toBe(1)
  expect([...fleet.ofOrg('459001001')]).toEqual([])
  expect([...fleet.ofOrg('459001002')]).toEqual([slot])
  expect([fleet.ofDevice('d7'), fleet.ofDevice('d70')]).toEqual([[], [slot]])
  expect([fleet.ofPerson('p1'), fleet.ofPerson('p2')]).toEqual([[], [slot]])
  expect(fleet.remove(7)).toBe(slot)
  expect([[...fleet.ofOrg('459001002')], fleet.ofDevice('d70'), fleet.ofPerson('p2'), [...fleet.all()]]).toEqual([
    [],
    [],
    [],
    [],
  ])
})

test('the devices of one person know each other as long as both run', () => {
  const fleet = new Fleet()
  const phone = add(fleet, activation(1))
  const band = add(fleet, activation(2, { regime: 'device' }))
  expect([phone.siblings, band.siblings]).toEqual([[band], [phone]])
  add(fleet, activation(2, { regime: 'device', intervalS: 60 }))
  expect([phone.siblings, band.siblings]).toEqual([[band], [phone]])
  fleet.remove(2)
  expect([phone.siblings, band.siblings]).toEqual([null, null])
  expect([...fleet.numbered(0, 2)]).toEqual([phone])
  expect([...fleet.numbered(2, 256)]).toEqual([])
})
