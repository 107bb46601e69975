import { validationDefaults } from '@zhijiao/geo/validate'
import { civilDate } from '@zhijiao/law/civil-date'
import { lawInForce, shippedRevision } from '@zhijiao/law/in-force'
import { expect, test } from 'vitest'
import { quoteLaw } from './versions.ts'

const today = civilDate('2026-06-01')
const quoted = (name: string) =>
  quoteLaw([], [name], [], { today, law: lawInForce(today, '') }).versions?.find((v) => v.name === name)

test('positions judged by the first rules are quoted by the numbers that those knew', () => {
  for (const name of ['geo-1', `geo-1+${shippedRevision}`]) {
    expect(quoted(name)).toMatchObject({ held: true, gates: { futureMs: validationDefaults.futureMs } })
    expect(quoted(name)?.gates).not.toHaveProperty('storedMs')
  }
  for (const name of ['geo-2', 'geo-3', 'geo-4', 'geo-5'].flatMap((version) => [
    version,
    `${version}+${shippedRevision}`,
  ]))
    expect(quoted(name)).toMatchObject({ held: true, gates: { storedMs: validationDefaults.storedMs } })
})

test('numbers of rules that never were, or of a publication that is not at hand, are not made up', () => {
  for (const name of ['geo-0', `geo-9+${shippedRevision}`, `geo-2+${shippedRevision}+gone`, 'geo-2+law-1999'])
    expect(quoted(name)).toMatchObject({ held: false, gates: null })
})
