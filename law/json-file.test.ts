import { expect, test } from 'vitest'
import { reading } from './json-file.ts'

test('only a refusal is an answer; anything else that goes wrong is not hidden', () => {
  expect(reading(() => 5)).toBe(5)
  expect(() =>
    reading(() => {
      throw new TypeError('broken')
    }),
  ).toThrow(TypeError)
})
