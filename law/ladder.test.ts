import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate as d, plusDays } from './civil-date.ts'
import { type CorrectionCategory, correctionCategories } from './codes.ts'
import { lawInForce } from './in-force.ts'
import { type LadderAnswer, propose } from './ladder.ts'
import type { LadderFact, LadderFacts } from './ladder-facts.ts'
import { readLadderFacts } from './ladder-file.ts'
import { settled } from './refusals.ts'

const on = d('2026-06-30')
type Bare = LadderFact extends infer F ? (F extends LadderFact ? Omit<F, 'id'> : never) : never
const given = (facts: readonly Bare[]): LadderFact[] =>
  facts.map((fact, index) => ({ ...fact, id: `F${index + 1}` }) as LadderFact)
const finding = { by: '韦某', on, grounds: '屡教不改' }
const weigh = (category: CorrectionCategory, facts: readonly Bare[], more: Partial<LadderFacts> = {}): LadderAnswer =>
  settled(propose({ category, minor: false, on, facts: given(facts), ...more }))
const steps = (answer: LadderAnswer) => answer.proposals.map(({ step }) => step)
const absent = (days: number, reason: 'none' | 'proper' | 'unknown' = 'none'): Bare => ({
  kind: 'absence',
  from: d('2026-03-01'),
  to: plusDays(d('2026-03-01'), days - 1),
  reason,
})

describe('absence', () => {
  test.each<[CorrectionCategory, number, readonly string[]]>([
    ['suspendedSentence', 1, ['admonition']],
    ['suspendedSentence', 10, ['admonition']],
    ['suspendedSentence', 11, ['warning', 'policePenalty']],
    ['suspendedSentence', 31, ['warning', 'policePenalty']],
    ['suspendedSentence', 32, ['revokeSuspendedSentence']],
    ['parole', 11, ['warning']],
    ['parole', 32, ['revokeParole']],
    ['temporaryServiceOutsidePrison', 32, ['recommit']],
    ['control', 32, ['warning', 'policePenalty']],
  ])('%s, %i days: %j', (category, days, expected) => expect(steps(weigh(category, [absent(days)]))).toEqual(expected))

  test('cites the article and rests on the fact', () => {
    const [proposal] = weigh('suspendedSentence', [absent(11)]).proposals
    expect(proposal).toMatchObject({
      step: 'warning',
      code: 'P2',
      article: '实施办法 35(2)',
      restsOn: ['F1'],
      act: 'sanction',
      document: 'D19',
      public: true,
      guardianPresent: false,
    })
    expect(proposal?.grounds[0]?.citation).toMatchObject({ id: 'MIS-04', article: '35(2)', recalled: false })
  })

  test('a proper reason is no ground, an unknown one is asked before revocation', () => {
    expect(weigh('suspendedSentence', [absent(40, 'proper')])).toMatchObject({ proposals: [], questions: [] })
    const unknown = weigh('suspendedSentence', [absent(40, 'unknown')])
    expect(steps(unknown)).toEqual(['warning', 'policePenalty'])
    expect(unknown.questions).toMatchObject([{ asks: 'properReason', restsOn: ['F1'] }])
  })

  test('someone still absent is so until today', () =>
    expect(steps(weigh('parole', [{ kind: 'absence', from: d('2026-06-25'), reason: 'none' }]))).toEqual([
      'admonition',
    ]))

  test('dates the wrong way round are refused', () =>
    expect(
      propose({
        category: 'parole',
        minor: false,
        on,
        facts: given([{ kind: 'absence', from: d('2026-07-25'), reason: 'none' }]),
      }),
    ).toMatchObject({ refused: 'ZJ_LAW_FACTS_INVALID' }))
})

describe('injunction', () => {
  const breach: Bare = { kind: 'injunctionBreach' }

  test('a breach is never below a warning', () => {
    const answer = weigh('suspendedSentence', [breach, { kind: 'breach', of: 'report', weight: 'minor' }])
    expect(steps(answer)).toEqual(['warning', 'policePenalty'])
    expect(answer.proposals[0]?.article).toBe('实施办法 35(1)')
  })

  test.each<[string, readonly Bare[]]>([
    ['three breaches', [breach, breach, breach]],
    ['graver harm', [{ ...breach, graverHarm: true }]],
    ['again after a police penalty', [{ ...breach, afterPolicePenalty: true }]],
    ['again after a penalty for breaching it', [breach, { kind: 'policePenalty', for: 'injunctionBreach' }]],
  ])('%s is serious', (_, facts) => {
    expect(steps(weigh('suspendedSentence', facts))).toEqual(['revokeSuspendedSentence'])
    expect(steps(weigh('control', facts))).toEqual(['policePenalty'])
  })

  test.each<[string, readonly Bare[]]>([
    ['a penalty for something else', [breach, { kind: 'policePenalty', for: 'other' }]],
    ['a penalty of which nobody says what for', [breach, { kind: 'policePenalty' }]],
    [
      'a penalty that came after the breach',
      [
        { ...breach, afterPolicePenalty: false },
        { kind: 'policePenalty', for: 'injunctionBreach' },
      ],
    ],
  ])('%s does not make a slight one serious', (_, facts) =>
    expect(steps(weigh('suspendedSentence', facts))[0]).toBe('warning'),
  )

  test('two are not yet three', () => expect(steps(weigh('control', [breach, breach]))[0]).toBe('warning'))

  test('only control and a suspended sentence carry one', () => {
    for (const category of ['parole', 'temporaryServiceOutsidePrison'] as const)
      expect(propose({ category, minor: false, on, facts: given([breach]) })).toMatchObject({
        refused: 'ZJ_LAW_FACTS_INVALID',
      })
  })
})

describe('other breaches', () => {
  test.each<[CorrectionCategory, Bare, readonly string[], string]>([
    ['parole', { kind: 'breach', of: 'leave', weight: 'minor' }, ['admonition'], '实施办法 34(2)'],
    ['parole', { kind: 'breach', of: 'other', weight: 'minor' }, ['admonition'], '实施办法 34(4)'],
    ['control', { kind: 'breach', of: 'contact', weight: 'heavier' }, ['warning', 'policePenalty'], '实施办法 35(3)'],
    ['control', { kind: 'breach', of: 'other', weight: 'heavier' }, ['warning', 'policePenalty'], '实施办法 35(6)'],
    [
      'parole',
      { kind: 'breach', of: 'changeOfPlace', weight: 'heavier' },
      ['warning', 'revokeParole'],
      '实施办法 35(3)',
    ],
    [
      'suspendedSentence',
      { kind: 'breach', of: 'other', weight: 'serious' },
      ['revokeSuspendedSentence'],
      '实施办法 46(5)；刑诉法解释 543',
    ],
    ['parole', { kind: 'breach', of: 'other', weight: 'serious' }, ['revokeParole'], '实施办法 47(3)；刑法 86'],
    [
      'temporaryServiceOutsidePrison',
      { kind: 'breach', of: 'other', weight: 'serious' },
      ['recommit'],
      '实施办法 49(8)；刑诉法解释 516(8)',
    ],
    ['control', { kind: 'breach', of: 'other', weight: 'serious' }, ['policePenalty'], '实施办法 36'],
    ['control', { kind: 'educationRefused', afterReproof: true }, ['admonition'], '实施办法 34(3)'],
    [
      'temporaryServiceOutsidePrison',
      { kind: 'medicalReviewUnfiled', after: 'reproof' },
      ['warning'],
      '实施办法 35(4)',
    ],
    [
      'temporaryServiceOutsidePrison',
      { kind: 'medicalReviewUnfiled', after: 'warning' },
      ['recommit'],
      '实施办法 49(5)；刑诉法解释 516(5)',
    ],
    ['temporaryServiceOutsidePrison', { kind: 'notEligible' }, ['recommit'], '实施办法 49(1)；刑诉法解释 516(1)'],
    [
      'temporaryServiceOutsidePrison',
      { kind: 'leftAndWarnedInVain' },
      ['recommit'],
      '实施办法 49(2)；刑诉法解释 516(2)',
    ],
    ['temporaryServiceOutsidePrison', { kind: 'untraceable' }, ['recommit'], '实施办法 49(2)；刑诉法解释 516(2)'],
    ['temporaryServiceOutsidePrison', { kind: 'causeGoneTermLeft' }, ['recommit'], '实施办法 49(6)；刑诉法解释 516(6)'],
    ['temporaryServiceOutsidePrison', { kind: 'guarantorLost' }, ['recommit'], '实施办法 49(7)；刑诉法解释 516(7)'],
  ])('%s %j: %j by %s', (category, fact, expected, article) => {
    const answer = weigh(category, [fact])
    expect(steps(answer)).toEqual(expected)
    expect(answer.proposals[0]?.article).toBe(article)
  })

  test('reproof comes first and is asked for', () => {
    for (const [category, fact] of [
      ['control', { kind: 'educationRefused', afterReproof: false }],
      ['temporaryServiceOutsidePrison', { kind: 'medicalReviewUnfiled', after: 'nothing' }],
    ] as const)
      expect(weigh(category, [fact])).toMatchObject({ proposals: [], questions: [{ asks: 'reproof' }] })
  })

  test('grounds of recommitment belong to temporary service outside prison', () =>
    expect(propose({ category: 'parole', minor: false, on, facts: given([{ kind: 'guarantorLost' }]) })).toMatchObject({
      refused: 'ZJ_LAW_FACTS_INVALID',
    }))
})

describe('earlier sanctions in vain', () => {
  test.each<
    [CorrectionCategory, Bare['kind'] & ('admonition' | 'warning' | 'policePenalty'), number, readonly string[]]
  >([
    ['suspendedSentence', 'admonition', 1, []],
    ['suspendedSentence', 'admonition', 2, ['warning']],
    ['suspendedSentence', 'warning', 1, []],
    ['suspendedSentence', 'warning', 2, ['revokeSuspendedSentence']],
    ['parole', 'warning', 2, ['revokeParole']],
    ['temporaryServiceOutsidePrison', 'warning', 2, ['recommit']],
    ['control', 'warning', 2, ['policePenalty']],
    ['suspendedSentence', 'policePenalty', 1, ['revokeSuspendedSentence']],
    ['temporaryServiceOutsidePrison', 'policePenalty', 1, ['recommit']],
    ['control', 'policePenalty', 1, []],
    ['parole', 'policePenalty', 1, []],
  ])('%s, %s × %i with the finding: %j; never without', (category, kind, times, expected) => {
    const facts = Array.from({ length: times }, (): Bare => ({ kind }))
    const found = weigh(category, facts, { stillUnreformed: finding })
    expect(steps(found)).toEqual(expected)
    if (expected.length > 0) expect(found.proposals[0]?.restsOn).toContain('stillUnreformed')
    const unfound = weigh(category, facts)
    expect(unfound.proposals).toEqual([])
    expect(unfound.questions.map(({ asks }) => asks)).toEqual(expected.map(() => 'stillUnreformed'))
  })

  test('any number of warnings proposes nothing by itself', () =>
    expect(
      weigh(
        'suspendedSentence',
        Array.from({ length: 20 }, (): Bare => ({ kind: 'warning' })),
      ).proposals,
    ).toEqual([]))
})

describe('stories', () => {
  const gap: Bare = { kind: 'breach', of: 'report', weight: 'minor' }
  const again: Bare = { kind: 'breach', of: 'report', weight: 'heavier' }

  test.each<[string, readonly Bare[], boolean, readonly string[]]>([
    ['the first gap in the data, 02-21', [gap], false, ['admonition']],
    ['the second gap after reproof, 03-16: first warning', [gap, again], false, ['warning', 'policePenalty']],
    ['the phone off again, 04-07: second warning', [again, { kind: 'warning' }], false, ['warning', 'policePenalty']],
    [
      'assault and refused drill, 12-10: no finding yet',
      [again, { kind: 'warning' }, { kind: 'warning' }],
      false,
      ['warning', 'policePenalty'],
    ],
    [
      'found still unreformed, 12-15: revocation',
      [again, { kind: 'warning' }, { kind: 'warning' }],
      true,
      ['revokeSuspendedSentence'],
    ],
  ])('闭某某： %s', (_, facts, found, expected) => {
    const answer = weigh('suspendedSentence', facts, {
      on: d('2020-12-15'),
      ...(found ? { stillUnreformed: finding } : {}),
    })
    expect(steps(answer)).toEqual(expected)
  })

  test('of a sealed record nothing is public, and a grown man needs no guardian', () => {
    const answer = weigh('suspendedSentence', [{ kind: 'injunctionBreach' }], { sealed: true })
    expect(answer.proposals[0]).toMatchObject({ step: 'warning', public: false, guardianPresent: false })
  })

  test('李某, a minor, breaks an injunction: a warning, not an admonition, and not in public', () => {
    const answer = weigh('suspendedSentence', [{ kind: 'injunctionBreach' }], { minor: true })
    expect(answer.proposals[0]).toMatchObject({ step: 'warning', public: false, guardianPresent: true })
  })

  test('周某, on parole, absconds for a year: revocation and no police penalty', () => {
    const answer = weigh('parole', [{ kind: 'absence', from: d('2015-10-01'), to: d('2016-09-26'), reason: 'none' }], {
      on: d('2016-09-27'),
    })
    expect(steps(answer)).toEqual(['revokeParole'])
    expect(answer.proposals[0]).toMatchObject({
      act: 'courtProposal',
      document: 'D22',
      article: '实施办法 47(1)；刑诉法解释 543',
    })
  })
})

const aFactOf = (category: CorrectionCategory): fc.Arbitrary<Bare> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('absence' as const),
      from: fc.constant(d('2026-01-01')),
      to: fc.integer({ min: 0, max: 60 }).map((n) => plusDays(d('2026-01-01'), n)),
      reason: fc.constantFrom('none' as const, 'unknown' as const, 'proper' as const),
    }),
    fc.record({
      kind: fc.constant('breach' as const),
      of: fc.constantFrom('report' as const, 'other' as const),
      weight: fc.constantFrom('minor' as const, 'heavier' as const, 'serious' as const),
    }),
    fc.constantFrom<Bare>(
      { kind: 'admonition' },
      { kind: 'warning' },
      { kind: 'policePenalty' },
      { kind: 'educationRefused', afterReproof: true },
    ),
    fc.constantFrom<Bare>(
      ...(category === 'temporaryServiceOutsidePrison'
        ? ([{ kind: 'untraceable' }, { kind: 'medicalReviewUnfiled', after: 'reproof' }] as const)
        : []),
      ...(category === 'control' || category === 'suspendedSentence' ? ([{ kind: 'injunctionBreach' }] as const) : []),
      { kind: 'admonition' },
    ),
  )
const aCase = fc.constantFrom(...correctionCategories).chain((category) =>
  fc.record({
    category: fc.constant(category),
    facts: fc.array(aFactOf(category), { maxLength: 6 }),
    extra: aFactOf(category),
    found: fc.boolean(),
    minor: fc.boolean(),
  }),
)
const mildest = (answer: LadderAnswer) => answer.proposals[0]?.severity ?? 0

describe('in every case', () => {
  test('another fact never makes the mildest proposal milder', () =>
    fc.assert(
      fc.property(aCase, ({ category, facts, extra, found, minor }) => {
        const more = { minor, ...(found ? { stillUnreformed: finding } : {}) }
        expect(mildest(weigh(category, [...facts, extra], more))).toBeGreaterThanOrEqual(
          mildest(weigh(category, facts, more)),
        )
      }),
      { numRuns: 500 },
    ))

  test('longer absence never makes it milder', () =>
    fc.assert(
      fc.property(
        aCase,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom('none' as const, 'unknown' as const, 'proper' as const),
        ({ category, facts }, days, more, reason) => {
          const after = (n: number) => mildest(weigh(category, [...facts, absent(n, reason)]))
          expect(after(days + more)).toBeGreaterThanOrEqual(after(days))
        },
      ),
      { numRuns: 500 },
    ))

  test('proposals rise, rest on given facts, and keep to the category', () =>
    fc.assert(
      fc.property(aCase, ({ category, facts, found, minor }) => {
        const { proposals } = weigh(category, facts, { minor, ...(found ? { stillUnreformed: finding } : {}) })
        const severities = proposals.map(({ severity }) => severity)
        expect(severities).toEqual([...severities].sort())
        const ids = [...facts.map((_, index) => `F${index + 1}`), 'stillUnreformed']
        for (const { step, restsOn, public: isPublic, article } of proposals) {
          expect(restsOn.length).toBeGreaterThan(0)
          expect(restsOn.every((id) => ids.includes(id))).toBe(true)
          expect(article).not.toBe('')
          expect(isPublic).toBe(!minor)
          if (step === 'policePenalty') expect(category).not.toBe('parole')
          if (step.startsWith('revoke') || step === 'recommit') expect(category).not.toBe('control')
        }
      }),
      { numRuns: 500 },
    ))

  test('the answer names the law it used', () =>
    expect(
      propose(
        { category: 'parole', minor: false, on, facts: [] },
        lawInForce(on, '45', [{ id: 'r9', org: '', state: 'published', from: on, values: {} }]),
      ),
    ).toMatchObject({ revision: expect.stringContaining('r9') }))
})

describe('a facts file', () => {
  const file = {
    category: '02',
    minor: false,
    on: '2020-12-15',
    facts: [
      { id: 'F1', kind: 'absence', from: '2020-11-01', to: '2020-11-09', reason: 'none' },
      { kind: 'absence', from: '2020-12-10', to: null },
      { kind: 'injunctionBreach', graverHarm: false },
      { kind: 'breach', of: 'report', weight: 'heavier' },
      { kind: 'educationRefused', afterReproof: true },
      { kind: 'warning' },
      { kind: 'warning' },
    ],
    stillUnreformed: { by: '韦某', on: '2020-12-14', grounds: '两次警告后仍酗酒伤人' },
  }

  test('as documented is read', () => {
    const facts = settled(readLadderFacts(file))
    expect(facts).toMatchObject({
      category: 'suspendedSentence',
      facts: [{ id: 'F1' }, { id: '#2', reason: 'unknown', to: undefined }, { id: '#3' }, {}, {}, { id: '#6' }, {}],
    })
    expect(settled(propose(facts)).proposals.map(({ step }) => step)).toEqual(['revokeSuspendedSentence'])
    const medical = settled(
      readLadderFacts({
        category: '暂予监外执行',
        minor: true,
        on: '2026-01-01',
        facts: [{ kind: 'medicalReviewUnfiled', after: 'warning' }],
      }),
    )
    expect(settled(propose(medical)).proposals[0]).toMatchObject({ step: 'recommit', public: false })
  })

  test('a police penalty says what it was for; one of an old file does not, and is none for the injunction', () => {
    const mildest = (penalty: object) => {
      const facts = settled(readLadderFacts({ ...file, facts: [{ kind: 'injunctionBreach' }, penalty] }))
      return settled(propose({ ...facts, stillUnreformed: undefined })).proposals[0]?.step
    }
    expect(mildest({ kind: 'policePenalty' })).toBe('warning')
    expect(mildest({ kind: 'policePenalty', for: 'other' })).toBe('warning')
    expect(mildest({ kind: 'policePenalty', for: 'injunctionBreach' })).toBe('revokeSuspendedSentence')
  })

  test.each([
    ['no object', 3, /facts/],
    ['unknown category', { ...file, category: '99' }, /category/],
    ['silent on minority', { ...file, minor: undefined }, /minor/],
    ['no day', { ...file, on: undefined }, /on/],
    ['no list', { ...file, facts: {} }, /facts/],
    ['unknown kind', { ...file, facts: [{ kind: 'mood' }] }, /facts\[0\]\.kind/],
    ['unknown penalty', { ...file, facts: [{ kind: 'policePenalty', for: 'theft' }] }, /facts\[0\]\.for/],
    ['unknown weight', { ...file, facts: [{ kind: 'breach', of: 'report', weight: 'huge' }] }, /weight/],
    [
      'a finding nobody signed',
      { ...file, stillUnreformed: { on: '2020-12-14', grounds: 'x' } },
      /stillUnreformed\.by/,
    ],
  ])('%s is refused by its place', (_, broken, place) =>
    expect(readLadderFacts(broken)).toMatchObject({
      refused: 'ZJ_LAW_FACTS_INVALID',
      en: expect.stringMatching(place),
    }),
  )
})
