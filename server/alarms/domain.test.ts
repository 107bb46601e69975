import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Circumstance,
  type Cleared,
  concerns,
  type Episode,
  endTerm,
  type Sign,
  type Signal,
  say,
  step,
  take,
  tells,
} from './domain.ts'
import { type AlarmKindName, type KindRow, kindNames, kindsWith } from './kinds.ts'
import { shippedKinds } from './shipped-kinds.ts'

const start = Date.UTC(2026, 10, 20, 2)
const kinds = kindsWith([], '459001001')
let serial = 0
const circumstance = (now: number): Circumstance => ({ now, id: () => `e${++serial}`, person: 'p', org: '459001001' })
const sign = (over: Partial<Sign> = {}): Sign => ({
  what: 'suspected',
  kind: 'boundaryOut',
  activationNo: 1,
  fence: { id: 'f', name: '示例一县' },
  at: start,
  sureness: 0.7,
  place: null,
  where: { zh: '距边界外 1.2 公里', en: '1.2 km outside the line' },
  evidence: [tells(start, 'fix', 'for', { zh: '界外', en: 'outside' })],
  expectedS: 60,
  ...over,
})
const one = (open: readonly Episode[], signal: Signal, now = start, kind: KindRow = kinds[signal.kind]) =>
  take(open, signal, kind, circumstance(now))
const only = (decisions: ReturnType<typeof take>) => {
  expect(decisions).toHaveLength(1)
  const [decision] = decisions
  if (!decision) throw new Error('none')
  return decision
}
const gathering = (over: Partial<Sign> = {}) => only(one([], sign(over))).episode
const cleared = (over: Partial<Sign> = {}): Cleared => {
  const { kind, activationNo, fence, at } = sign(over)
  return { what: 'cleared', as: 'cleared', kind, activationNo, fence, at, evidence: [] }
}

describe('how an episode begins', () => {
  test('a suspicion gathers, asks the device and disturbs nobody', () => {
    const decision = only(one([], sign()))
    expect(decision).toMatchObject({ fact: 'opened', ask: true, episode: { state: 'gathering', raisedAt: null } })
    expect(decision.episode.nextStepAt).toBe(start + 60_000)
  })
  test('a call for help and a cut strap skip the ladder', () => {
    for (const kind of ['sos', 'strapOpen'] as const)
      expect(only(one([], sign({ kind, fence: null, what: 'confirmed' })))).toMatchObject({
        fact: 'raised',
        episode: { state: 'raised', level: 1 },
      })
  })
  test('a kind switched off begins nothing; evidence alone begins nothing', () => {
    expect(one([], sign(), start, { ...kinds.boundaryOut, enabled: false })).toEqual([])
    expect(one([], sign({ what: 'grew' }))).toEqual([])
    expect(one([], cleared())).toEqual([])
    expect(one([], { ...cleared(), what: 'annotated', evidence: [] })).toEqual([])
  })
  test('an excuse makes one visible, settled entry', () => {
    expect(only(one([], { ...cleared(), what: 'excused', by: 'leave', evidence: [] }))).toMatchObject({
      fact: 'settled',
      ask: false,
      episode: { settledAs: 'leave' },
    })
  })
})

describe('the ladder', () => {
  const due = (episode: Episode, heardAt: number, now = episode.nextStepAt ?? 0) =>
    step(episode, kinds[episode.kind], { now, heardAt })

  test('not before its time', () =>
    expect(step(gathering(), kinds.boundaryOut, { now: start + 59_999, heardAt: 0 })).toBeNull())
  test('agreement raises only after the wait', () => {
    const firm = only(one([gathering()], sign({ what: 'confirmed', sureness: 0.95 }), start + 30_000)).episode
    expect(firm.state).toBe('gathering')
    expect(due(firm, start + 30_000)).toMatchObject({ fact: 'raised' })
  })
  test('agreement after the wait raises at once', () => {
    const waited = due(gathering(), start + 50_000)?.episode
    if (!waited) throw new Error('none')
    expect(waited.state).toBe('gathering')
    expect(only(one([waited], sign({ what: 'confirmed', sureness: 0.9 }), start + 90_000)).fact).toBe('raised')
  })
  test('coming back settles it', () =>
    expect(only(one([gathering()], cleared(), start + 30_000))).toMatchObject({
      fact: 'settled',
      episode: { settledAs: 'cleared' },
    }))
  test('a device that answers with nothing decisive is given time, then let be', () => {
    let episode = gathering({ sureness: 0.5 })
    for (let i = 0; i < 60 && episode.state === 'gathering'; i++) {
      const now = episode.nextStepAt ?? 0
      episode = due(episode, now - 1_000, now)?.episode ?? episode
    }
    expect(episode).toMatchObject({ state: 'settled', settledAs: 'cleared' })
  })
  test('silence after the question ends with an officer, never with a clearing', () => {
    let episode = gathering({ sureness: 0.3 })
    for (let i = 0; i < 60 && episode.state === 'gathering'; i++)
      episode = due(episode, start - 1_000)?.episode ?? episode
    expect(episode.state).toBe('raised')
    expect(episode.evidence.filter((e) => e.kind === 'silence')).toHaveLength(1)
  })
})

describe('what an officer has stays with the officer', () => {
  const raised = only(one([gathering()], sign({ what: 'confirmed' }), start + 61_000)).episode
  test('coming back is evidence against, not an end', () => {
    expect(raised.state).toBe('raised')
    expect(only(one([raised], cleared(), start + 99_000))).toMatchObject({ fact: 'grew', episode: { state: 'raised' } })
  })
  test('another device that disagrees lowers the sureness and settles nothing', () => {
    const doubted = only(one([gathering()], cleared({ activationNo: 2 }))).episode
    expect(doubted.state).toBe('gathering')
    expect(doubted.sureness).toBeLessThan(0.7)
  })
  test('a battery that charges settles itself', () => {
    const low = only(one([], sign({ kind: 'lowBattery', fence: null, what: 'confirmed' }))).episode
    const told = step(low, kinds.lowBattery, { now: start + 1_800_000, heardAt: start })?.episode
    expect(told?.state).toBe('raised')
    if (told) expect(only(one([told], cleared({ kind: 'lowBattery', fence: null }))).fact).toBe('settled')
  })
  test('leave and outage settle it all the same', () =>
    expect(only(one([raised], { ...cleared(), what: 'excused', by: 'outage', evidence: [] })).episode.settledAs).toBe(
      'outage',
    ))
  test('under review it only collects', () => {
    const submitted: Episode = { ...raised, state: 'submitted' }
    expect(only(one([submitted], sign({ what: 'confirmed' }))).episode.state).toBe('submitted')
    expect(one([submitted], cleared())).toEqual([])
    expect(endTerm(submitted, { zh: 'x', en: 'x' }, start)).toBeNull()
  })
  test('the end of the term settles it', () =>
    expect(endTerm(raised, { zh: '期满', en: 'over' }, start + 1)).toMatchObject({
      episode: { settledAs: 'termEnded', nextStepAt: null },
    }))
})

describe('P20 one matter, one episode', () => {
  test('what was said before is not counted again', () => {
    const episode = gathering()
    const again = only(one([episode], sign({ what: 'confirmed', sureness: 0.9 }), start + 30_000)).episode
    expect(again.evidence).toHaveLength(1)
    const later = tells(start + 1, 'fix', 'for', { zh: '界外', en: 'outside' })
    expect(only(one([episode], sign({ what: 'confirmed', evidence: [later] }))).episode.evidence).toHaveLength(2)
  })
  test('two fences are two matters; two devices over one fence are one', () => {
    expect(concerns(gathering(), sign({ fence: { id: 'g', name: 'g' } }))).toBe(false)
    expect(concerns(gathering(), sign({ activationNo: 2 }))).toBe(true)
    const low = { kind: 'lowBattery', fence: null } as const
    expect(concerns(gathering(low), sign({ ...low, activationNo: 2 }))).toBe(false)
  })
  test('silence by a graver name takes the milder one in', () => {
    const mild = gathering({ kind: 'noPosition', fence: null })
    const off = [tells(start + 9, 'event', 'for', { zh: '终端关机', en: 'switched off' })]
    const made = one([mild], sign({ kind: 'powerOff', fence: null, at: start + 9, evidence: off }), start + 10)
    expect(made.map((d) => [d.episode.kind, d.episode.state, d.episode.settledAs])).toEqual([
      ['noPosition', 'settled', 'merged'],
      ['powerOff', 'gathering', null],
    ])
    expect(made[1]?.episode).toMatchObject({ beganAt: start })
    expect(made[1]?.episode.evidence.length).toBe(2)
  })
  test('a milder name never replaces a graver one', () => {
    const grave = gathering({ kind: 'powerOff', fence: null })
    expect(only(one([grave], sign({ kind: 'noPosition', fence: null }))).episode.kind).toBe('powerOff')
  })
})

describe('P19 the table', () => {
  test('the nearest unit wins, and some kinds stay on', () => {
    const row = {
      kind: 'sos',
      level: 3,
      enabled: false,
      clock_min: 5,
      ladder_s: 0,
      to_person_zh: '',
      to_person_en: '',
      to_officer_zh: '',
      to_officer_en: '',
      parameters: {},
    }
    const table = kindsWith(
      [
        { ...row, org_code: '459001', level: 2 },
        { ...row, org_code: '45', level: 4 },
        { ...row, org_code: '459002', level: 1 },
      ],
      '459001001',
    )
    expect(table.sos).toMatchObject({ level: 2, enabled: true, from: '459001' })
    expect(table.sos.toOfficer).toEqual(shippedKinds.sos.toOfficer)
    expect(kindsWith([], '').boundaryOut.from).toBe('')
  })
  test('every kind says a whole sentence in both languages in every state', () => {
    for (const kind of kindNames)
      for (const state of ['gathering', 'raised', 'settled'] as const) {
        const episode: Episode = { ...gathering(), kind, state, settledAs: state === 'settled' ? 'cleared' : null }
        const said = say(episode, kinds[kind], '李某')
        expect(said.zh).toMatch(/^李某.+。$/)
        expect(said.en).toMatch(/李某/)
        expect(`${said.zh}${said.en}`).not.toMatch(/[{}]|\(\)/)
      }
  })
})

describe('laws of episodes', () => {
  const aKind = fc.constantFrom<AlarmKindName>(
    'boundaryOut',
    'lostContact',
    'noPosition',
    'powerOff',
    'strapOpen',
    'lowBattery',
  )
  const aSignal: fc.Arbitrary<Signal> = fc.oneof(
    fc
      .record({
        what: fc.constantFrom('suspected' as const, 'confirmed' as const, 'grew' as const),
        kind: aKind,
        sureness: fc.double({ min: -1, max: 2, noNaN: true }),
      })
      .map(({ what, kind, sureness }) => sign({ what, kind, sureness, fence: null })),
    aKind.map((kind) => cleared({ kind, fence: null })),
    aKind.map((kind): Signal => ({ ...cleared({ kind, fence: null }), what: 'annotated', evidence: sign().evidence })),
    fc
      .tuple(aKind, fc.constantFrom('leave' as const, 'outage' as const))
      .map(([kind, by]): Signal => ({ ...cleared({ kind, fence: null }), what: 'excused', by, evidence: [] })),
  )
  const aDeed = fc.oneof(
    aSignal.map((signal) => ({ signal })),
    fc.record({ heardAgo: fc.integer({ min: 0, max: 7_200_000 }) }),
  )
  const aLife = fc.array(fc.tuple(aDeed, fc.integer({ min: 0, max: 900_000 })), { maxLength: 40 })

  test('one open episode a matter, sureness within 0–1, settled is over, times in order, raised only with evidence', () => {
    fc.assert(
      fc.property(aLife, (life) => {
        let now = start
        const all = new Map<string, Episode>()
        for (const [deed, later] of life) {
          now += later
          const open = [...all.values()].filter((e) => e.state !== 'settled')
          const made =
            'signal' in deed
              ? take(open, deed.signal, kinds[deed.signal.kind], circumstance(now))
              : open.flatMap((e) => step(e, kinds[e.kind], { now, heardAt: now - deed.heardAgo }) ?? [])
          for (const { episode } of made) {
            expect(all.get(episode.id)?.state).not.toBe('settled')
            all.set(episode.id, episode)
          }
          const still = [...all.values()].filter((e) => e.state !== 'settled')
          for (const e of still) for (const f of still) if (e !== f) expect(concerns(e, f)).toBe(false)
          for (const e of all.values()) {
            expect(e.sureness).toBeGreaterThanOrEqual(0)
            expect(e.sureness).toBeLessThanOrEqual(0.99)
            expect(e.evidence.length).toBeLessThanOrEqual(40)
            expect((e.state === 'settled') === (e.settledAs !== null)).toBe(true)
            expect((e.state === 'gathering') === (e.nextStepAt !== null)).toBe(true)
            if (e.raisedAt !== null) {
              expect(e.raisedAt).toBeGreaterThanOrEqual(e.detectedAt)
              expect(e.evidence.length).toBeGreaterThan(0)
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('what came late never raises, opens or settles', () => {
    fc.assert(
      fc.property(aLife, (life) => {
        let now = start
        let open: Episode[] = []
        for (const [deed, later] of life) {
          now += later
          if (!('signal' in deed)) continue
          const made = take(open, deed.signal, kinds[deed.signal.kind], circumstance(now))
          if (deed.signal.what === 'annotated')
            for (const { episode } of made) expect(episode.state).toBe(open.find((e) => e.id === episode.id)?.state)
          for (const { episode } of made) open = [...open.filter((e) => e.id !== episode.id), episode]
          open = open.filter((e) => e.state !== 'settled')
        }
      }),
      { numRuns: 200 },
    )
  })

  test('more sureness never reaches an officer later', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const raisedAfter = (sureness: number) => {
          let e = gathering({ sureness })
          while (e.state === 'gathering')
            e = step(e, kinds.boundaryOut, { now: e.nextStepAt ?? 0, heardAt: start - 1 })?.episode ?? e
          return (e.raisedAt ?? Number.POSITIVE_INFINITY) - e.detectedAt
        }
        expect(raisedAfter(Math.max(a, b))).toBeLessThanOrEqual(raisedAfter(Math.min(a, b)))
      }),
    )
  })
})
