import { expect, test } from 'vitest'
import { permissionWords, wordsOfPermission } from './permission-words.ts'

test('every permission reads in both languages; one that nobody knows stays as it is', () => {
  for (const [id, [zh, en]] of Object.entries(permissionWords))
    expect([wordsOfPermission(id), /\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([
      { zh, en },
      true,
      false,
    ])
  expect(wordsOfPermission('moon.land')).toEqual({ zh: 'moon.land', en: 'moon.land' })
})
