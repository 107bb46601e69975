import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Refusal } from './refusals.ts'
import { type Vault, vaultOf } from './vault.ts'

const chance = { bytes: (n: number) => randomBytes(n) }
const [older, newer, third] = [1, 2, 3].map((n) => Buffer.alloc(32, n)) as [Buffer, Buffer, Buffer]
const before = vaultOf(older, chance)
const during = vaultOf(newer, chance, [older])
const after = vaultOf(newer, chance)
/** As it was sealed before keys had names. */
const unnamed = (sealed: Buffer) => Buffer.concat([Buffer.from([1]), sealed.subarray(5)])
const codeOf = (vault: Vault, sealed: Buffer) => {
  try {
    return vault.open('phone', sealed)
  } catch (error) {
    return error instanceof Refusal ? error.kind.code : 'damaged'
  }
}

test('the present key seals, those of before open, and one that is not given is asked for by name', () => {
  const old = before.seal('phone', '13800000001')
  expect(during.open('phone', old)).toBe('13800000001')
  expect(during.open('phone', unnamed(old))).toBe('13800000001')
  const fresh = during.seal('phone', '13800000001')
  expect(fresh.subarray(1, 5).toString('hex')).toBe(after.id)
  expect(after.open('phone', fresh)).toBe('13800000001')
  for (const sealed of [old, unnamed(old)]) expect(codeOf(after, sealed)).toBe('ZJ_KEY_NOT_GIVEN')
  expect(codeOf(vaultOf(third, chance, [older]), fresh)).toBe('ZJ_KEY_NOT_GIVEN')
  expect(codeOf(after, Buffer.concat([fresh.subarray(0, -1), Buffer.from([fresh.at(-1) === 0 ? 1 : 0])]))).toBe(
    'damaged',
  )
  expect(() => during.open('totp', fresh)).toThrow()
})

test('a value is found under every key it may be filed under, the present one first', () => {
  expect(during.blinds('identity', 'a')).toEqual([after.blind('identity', 'a'), before.blind('identity', 'a')])
  expect(after.blinds('identity', 'a')).toHaveLength(1)
})
