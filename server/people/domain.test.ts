import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../core/refusals.ts'
import { ageOn, changesOf, identityOf, likenessOf, mayMerge, minorAtEntry, plainPhone, termOf } from './domain.ts'

test('the vectors of GB 11643 are read, their faults named', () => {
  expect(identityOf('11010519491231002x')).toMatchObject({
    number: '11010519491231002X',
    birth: '1949-12-31',
    sex: 'female',
  })
  expect(identityOf('440524188001010014')).toMatchObject({ birth: '1880-01-01', sex: 'male' })
  const fault = (given: string) => {
    const answer = identityOf(given)
    return answer instanceof Refusal ? answer.data.which : null
  }
  expect(fault('1101051949123100')).toBe('form')
  expect(fault('110105194913310021')).toBe('birthDate')
  expect(fault('110105194912310021')).toBe('checkCharacter')
})

test('eighteen is reached on the day after the birthday (周岁), and counts on the first day of the term', () => {
  expect(ageOn('2008-05-06', '2026-05-05')).toBe(17)
  expect(ageOn('2008-05-06', '2026-05-06')).toBe(18)
  expect(minorAtEntry('2008-05-06', '2026-05-05')).toBe(true)
  expect(minorAtEntry('2008-05-06', '2026-05-06')).toBe(true)
  expect(minorAtEntry('2008-05-06', '2026-05-07')).toBe(false)
})

const day = fc
  .date({ min: new Date('1940-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10))
test('a later term never makes an adult at entry a minor', () => {
  fc.assert(
    fc.property(day, day, day, (birth, a, b) => {
      const [early, late] = a < b ? [a, b] : [b, a]
      if (!minorAtEntry(birth, early)) expect(minorAtEntry(birth, late)).toBe(false)
    }),
  )
})

test('a phone is the same however it is typed', () => {
  expect(plainPhone('+86 138-0013-8000')).toBe('13800138000')
  expect(plainPhone('0772 123 4567')).toBe('07721234567')
  expect(plainPhone(' ')).toBeNull()
})

test('a term ends on or after the day it begins', () => {
  expect(termOf('2026-01-01', '2026-01-01')).not.toBeInstanceOf(Refusal)
  expect(termOf('2026-01-02', '2026-01-01')).toBeInstanceOf(Refusal)
})

const one = {
  id: 'a',
  name: '王',
  birthDate: '1980-01-01',
  identityBlind: Buffer.from('1'),
  phoneBlind: Buffer.from('p'),
}
test('likeness is the same from both sides', () => {
  const other = { ...one, id: 'b', identityBlind: Buffer.from('2'), phoneBlind: null }
  expect(likenessOf(one, other)).toEqual(['nameAndBirth'])
  expect(likenessOf(other, one)).toEqual(['nameAndBirth'])
  expect(likenessOf(one, { ...one, id: 'b', name: '李' })).toEqual(['identity', 'phone'])
  // Two who have no phone do not share one.
  expect(likenessOf({ ...other, name: 'x' }, { ...one, phoneBlind: null })).toEqual([])
})

test('files merge only when something tells them to be of one person', () => {
  expect(mayMerge(one, one)).toMatchObject({ kind: { code: 'ZJ_MERGE_SELF' } })
  const stranger = { ...one, id: 'b', name: '李', birthDate: '1990-01-01', identityBlind: Buffer.from('2') }
  expect(mayMerge(one, stranger)).toMatchObject({ kind: { code: 'ZJ_MERGE_DIFFERENT' } })
  expect(mayMerge(one, { ...stranger, name: '王' })).toBe(true)
})

test('only what was given and differs is a change', () => {
  expect(changesOf({ a: 1, b: 2, c: 3 }, { a: 1, b: 5, c: undefined })).toEqual({ b: { from: 2, to: 5 } })
})
