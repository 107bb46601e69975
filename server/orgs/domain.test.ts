import { isAdministrator, roleNames } from '@zhijiao/law/roles'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordFaults } from '../core/auth/password.ts'
import { Refusal } from '../core/refusals.ts'
import { firstPassword, irrecoverable, levelOf, parentOf, rolesTogether } from './domain.ts'

test('the length of a code tells its level, its beginning the unit above', () => {
  expect(['', '45', '4590', '459001', '459001001'].map(levelOf)).toEqual([
    'ministry',
    'province',
    'city',
    'county',
    'office',
  ])
  expect(['', '45', '4590', '459001', '459001001'].map(parentOf)).toEqual([null, '', '45', '4590', '459001'])
})

test('an administrator holds nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...roleNames), { minLength: 2, maxLength: 4 }), (names) => {
      if (names.some(isAdministrator))
        expect(rolesTogether(names, '459001')).toMatchObject({ kind: { code: 'ZJ_ROLES_EXCLUDE' } })
    }),
  )
})

test('a post sits at its own level: no files above the county, no county powers in an office', () => {
  expect(rolesTogether(['officer'], '459001001')).toEqual(['officer'])
  expect(rolesTogether(['officer'], '459001')).toEqual(['officer'])
  expect(rolesTogether(['county'], '4590')).toBeInstanceOf(Refusal)
  expect(rolesTogether(['county'], '459001001')).toBeInstanceOf(Refusal)
  expect(rolesTogether(['city'], '4590')).toEqual(['city'])
  expect(rolesTogether(['city'], '459001')).toBeInstanceOf(Refusal)
  for (const code of ['', '45', '4590', '459001', '459001001'])
    expect(rolesTogether(['auditAdmin'], code)).toEqual(['auditAdmin'])
})

test('a first password keeps its own rules', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 14, maxLength: 14 }), (bytes) => {
      const faults = passwordFaults(firstPassword(bytes))
      expect(faults.filter((f) => f === 'short' || f === 'classes')).toEqual([])
    }),
  )
})

test('of three administrators each has the two others; with one fewer somebody is lost', () => {
  const one = (id: string, org: string, ...roles: string[]) => ({ id, org, roles })
  const three = [one('s', '45', 'systemAdmin'), one('k', '45', 'securityAdmin'), one('a', '45', 'auditAdmin')]
  const lost = (accounts: Parameters<typeof irrecoverable>[0]) =>
    irrecoverable(accounts).map((l) => `${l.account.id} ${l.lost}`)
  expect(lost(three)).toEqual([])
  expect(lost([...three, one('c', '45', 'province'), one('o', '459001001', 'officer')])).toEqual([])
  expect(lost(three.slice(0, 2))).toEqual(['s secondFactor', 'k secondFactor', 'k password'])
  // Without a security administrator nobody answers for an ordinary account, nor sets the others' passwords.
  const keyless = [three[0], three[2], one('s2', '45', 'systemAdmin'), one('o', '459001001', 'officer')]
  expect(lost(keyless.filter((a) => a !== undefined))).toEqual([
    's password',
    'a password',
    's2 password',
    'o secondFactor',
    'o password',
  ])
  // Who sits below does not see whoever sits above.
  expect(
    lost([one('top', '45', 'province'), one('k', '459001', 'securityAdmin'), one('h', '459001', 'countyHead')]),
  ).toContain('top secondFactor')
})
