import { expect, test } from 'vitest'
import { code, correctionCategories } from './codes.ts'
import { politicalRightsNote, releaseCode, releaseWords } from './release-words.ts'

test('each category has its own words, a pardon the same for all', () => {
  const words = correctionCategories.map((c) => releaseWords(c, 'expiry'))
  expect(new Set(words).size).toBe(correctionCategories.length)
  expect(releaseWords('suspendedSentence', 'expiry')).toContain('原判刑罚不再执行')
  expect(releaseWords('control', 'expiry')).toContain('解除管制')
  for (const c of correctionCategories) expect(releaseWords(c, 'pardon')).toContain('赦免')
})

test('political rights are mentioned only where they were taken', () => {
  expect(politicalRightsNote('剥夺政治权利一年')).toContain('剥夺政治权利')
  expect(politicalRightsNote('罚金')).toBeNull()
})

test('the codes are those of the set', () => {
  expect(code('endReason2020', releaseCode.expiry)?.zh).toBe('矫正期满')
  expect(code('endReason2020', releaseCode.pardon)?.zh).toBe('被赦免')
})
