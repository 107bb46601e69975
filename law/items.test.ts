import { describe, expect, test } from 'vitest'
import { civilDate } from './civil-date.ts'
import { itemOfGround, itemOn, itemsOfStep } from './items.ts'
import { propose } from './ladder.ts'
import type { LadderFact } from './ladder-facts.ts'
import { recommitmentItem } from './ladder-grounds.ts'
import { ladderSteps } from './ladder-steps.ts'
import { isRefusal } from './refusals.ts'

const today = civilDate('2026-06-01')

describe('items of the articles of sanctions', () => {
  test('every step offers the items of its article, each beginning with its place', () => {
    const counts = Object.keys(ladderSteps).map((step) => itemsOfStep(step as keyof typeof ladderSteps).length)
    expect(counts).toEqual([4, 6, 1, 5, 3, 8])
    expect(itemsOfStep('warning')[1]).toMatchObject({
      id: '35.2',
      zh: expect.stringMatching(/^第三十五条第（二）项：/),
    })
    expect(itemsOfStep('policePenalty')[0]?.zh).toMatch(/^第三十六条：/)
  })

  test('whatever the ladder proposes names an item of its own step', () => {
    const breaches = (['report', 'other'] as const).flatMap((of) =>
      (['minor', 'heavier', 'serious'] as const).map((weight): LadderFact => ({ id: 'F', kind: 'breach', of, weight })),
    )
    const facts: readonly LadderFact[] = [
      ...breaches,
      { id: 'F', kind: 'absence', from: civilDate('2026-05-25'), reason: 'none' },
      { id: 'F', kind: 'absence', from: civilDate('2026-05-01'), to: civilDate('2026-05-20'), reason: 'none' },
      { id: 'F', kind: 'absence', from: civilDate('2026-01-01'), reason: 'none' },
      { id: 'F', kind: 'injunctionBreach' },
      { id: 'F', kind: 'injunctionBreach', graverHarm: true },
      { id: 'F', kind: 'educationRefused', afterReproof: true },
      { id: 'F', kind: 'medicalReviewUnfiled', after: 'reproof' },
      { id: 'F', kind: 'medicalReviewUnfiled', after: 'warning' },
      { id: 'F', kind: 'guarantorLost' },
      { id: 'F', kind: 'policePenalty' },
    ]
    const stillUnreformed = { by: '韦某', on: today, grounds: '又犯' }
    let seen = 0
    for (const category of ['control', 'suspendedSentence', 'parole', 'temporaryServiceOutsidePrison'] as const)
      for (const fact of facts) {
        const answer = propose({ category, minor: false, on: today, facts: [fact], stillUnreformed })
        if (isRefusal(answer)) continue
        for (const { step, grounds } of answer.proposals)
          for (const { article } of grounds) {
            seen += 1
            expect(
              itemsOfStep(step).map(({ id }) => id),
              `${step} ${article}`,
            ).toContain(itemOfGround(article))
          }
      }
    expect(seen).toBeGreaterThan(20)
    expect(itemOfGround('有关规定')).toBeNull()
  })

  test('it is quoted in the law of the day', () => {
    const places = (on: string) => itemOn('46.4', civilDate(on))?.places.map((p) => `${p.source} ${p.article}`)
    expect(places('2026-06-01')).toEqual(['刑法 77[2]', '社区矫正法实施办法 46(4)', '最高法刑诉法解释(2021) 543'])
    // The interpretation of 2021 was not yet there.
    expect(places('2020-12-15')).toEqual(['刑法 77[2]', '社区矫正法实施办法 46(4)'])
    // Nor were the measures of 2020.
    expect(itemOn('46.4', civilDate('2020-06-30'))).toBeNull()
    expect(itemOn('99', today)).toBeNull()
    expect(itemOn('49.6', today)?.places.at(-1)).toMatchObject({ article: '516(6)' })
  })
})

test('a ground of recommitment is its item of article 49; another word is none', () => {
  expect([recommitmentItem('guarantorLost'), recommitmentItem('weather')]).toEqual(['49.7', null])
})
