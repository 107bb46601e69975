import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askedFor } from '@zhijiao/contract/asked'
import { everyPromise } from '@zhijiao/contract/index'
import { procedures } from '@zhijiao/contract/procedures/all'
import { isPermission, permissions } from '@zhijiao/law/permissions'
import { expect, test } from 'vitest'

/** What the screen of posts says of a permission is derived; this holds the derivation to what the code asks. */
const root = fileURLToPath(new URL('../', import.meta.url))
const sources = ['server', 'web', 'contract'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$/.test(path) && !path.includes('node_modules'))
    .map((path) => `${top}/${path}`),
)
/** `permissions.has('…')`, `permissions.includes('…')`, `may('…')`, `may: '…'`, `may: ['…', '…']`. */
const asks = /(?:permissions\??\.(?:has|includes)\(|\bmay\(|\bmay(?:=\{|:) ?)\[?((?:'[\w.]+'(?:, )?)+)/g
const askedIn = (text: string) =>
  [...text.matchAll(asks)].flatMap(([, list = '']) => [...list.matchAll(/'([\w.]+)'/g)].map(([, name = '']) => name))
const open = new Set(['anyone', 'signedIn'])

test('a source that asks for a permission is found', () => {
  expect(askedIn(`who.permissions.has('a.b') || me.permissions.includes('c.d')`)).toEqual(['a.b', 'c.d'])
  expect(askedIn(`may: ['a.b', 'c.d'], may('e.f') ? 1 : 2`)).toEqual(['a.b', 'c.d', 'e.f'])
})

test('nothing asks for a permission that the matrix lacks', () => {
  const promised = everyPromise.flatMap(({ room, name, terms }) =>
    [terms.may, ...(terms.widenedBy ?? [])].map((may) => `${room}.${name}: ${may}`),
  )
  const begun = procedures.map(({ id, may }) => `${id}: ${may}`)
  const written = sources.flatMap((path) =>
    askedIn(readFileSync(join(root, path), 'utf8')).map((may) => `${path}: ${may}`),
  )
  expect(written.length).toBeGreaterThan(200)
  const strange = [...promised, ...begun, ...written].filter((asked) => {
    const may = asked.split(': ')[1] ?? ''
    return !open.has(may) && !isPermission(may)
  })
  expect(strange).toEqual([])
})

test('what is called in use covers everything that the program or a screen asks for', () => {
  const missing = sources.flatMap((path) =>
    askedIn(readFileSync(join(root, path), 'utf8'))
      .filter((may) => isPermission(may) && !askedFor.has(may))
      .map((may) => `${path}: ${may}`),
  )
  expect(missing).toEqual([])
  expect(askedFor.has('task.transfer')).toBe(true)
})

test('some rows of the matrix wait for what is not built yet', () => {
  const waiting = permissions.filter((permission) => !askedFor.has(permission))
  expect(waiting).toContain('device.models')
  expect(waiting.length).toBeLessThan(permissions.length / 2)
})
