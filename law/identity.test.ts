import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCharacter, checkIdentity, maskIdentity, maskName, maskPhone } from './identity.ts'

describe('identity numbers', () => {
  test.each([
    ['11010519491231002X', '1949-12-31', 'female', '110105'],
    ['440524188001010014', '1880-01-01', 'male', '440524'],
    [' 11010519491231002x ', '1949-12-31', 'female', '110105'],
  ])('%s is valid', (number, birth, sex, place) =>
    expect(checkIdentity(number)).toMatchObject({
      valid: true,
      birth,
      sex,
      place,
      number: number.trim().toUpperCase(),
    }),
  )

  test.each([
    ['110105194912310021', 'checkCharacter'],
    ['11010519491331002X', 'birthDate'],
    ['11010519490229002X', 'birthDate'],
    ['11010519491231002', 'form'],
    ['11010519491231002Y', 'form'],
    ['X1010519491231002X', 'form'],
    ['', 'form'],
  ])('%s fails its %s', (number, fault) => expect(checkIdentity(number)).toEqual({ valid: false, fault }))

  test('a place whose code was abolished is not refused', () => {
    const digits = '51022519800101001'
    expect(checkIdentity(digits + checkCharacter(digits))).toMatchObject({ valid: true, place: '510225' })
  })

  test('any single wrong digit is noticed', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const right = '440524188001010014'
        const wrong = right.slice(0, at) + ((Number(right.charAt(at)) + by) % 10) + right.slice(at + 1)
        expect(checkIdentity(wrong).valid).toBe(false)
      }),
    ))
})

test('what is shown of a number or name', () => {
  expect(maskIdentity('45010019800101012X')).toBe('450************12X')
  expect(maskIdentity('12345678')).toBe('********')
  expect(maskPhone('13812345678')).toBe('138****5678')
  expect(maskPhone('110')).toBe('***')
  expect(maskName('李某')).toBe('李*')
  expect(maskName('𠮷田某')).toBe('𠮷**')
})
