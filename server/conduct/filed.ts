import { procedureOf } from '@zhijiao/contract/procedures/all'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { Practice } from '../procedures/index.ts'

/** What conduct leaves in the person's file: 考核奖惩 and 违规情况, each with its own day. */
type Files = NonNullable<Practice['files']>
type Ended = Parameters<Files[string]>[0]

const cut = (text: unknown, most: number) => String(text ?? '').slice(0, most)
const said = (text: unknown, most = 60) => (text ? cut(text, most) : undefined)

/** Given once it was read out, of the day on which the county decided it. */
export const fileGiven = (kind: 'R1' | 'P1' | 'P2'): Files => ({
  given: ({ forms, dayOf, county }) => ({
    part: 'rewards',
    data: {
      kind,
      on: dayOf('decide'),
      reason: cut(forms.register?.facts || '见文书', 500),
      organ: said(county && `${county}社区矫正机构`, 80),
    },
  }),
})

/** A proposal once the organ has answered it, whatever the answer, with the answer. */
export const fileProposal = (
  business: string,
  kind: string,
  ends: readonly string[],
  organ: 'court' | 'police' = 'court',
): Files => Object.fromEntries(ends.map((end) => [end, (ended: Ended) => proposed(business, kind, end, organ, ended)]))

function proposed(business: string, kind: string, end: string, organ: 'court' | 'police', { forms, dayOf, on }: Ended) {
  const { register = {}, prepare = {}, city = {} } = forms
  const answer = forms[organ] ?? {}
  const became = procedureOf(business)?.ends.find((e) => e.id === end)?.zh ?? ''
  const why = cut(register.reason || register.facts || '见文书', 480 - became.length)
  return {
    part: 'rewards' as const,
    data: {
      kind,
      on: forms.sign ? dayOf('sign') : on,
      reason: `${why}（${became}）`,
      document: said(answer.number),
      organ: said(prepare[organ] ?? city[organ] ?? register[organ], 80),
    },
  }
}

/** A breach that the county found, with what it led to. */
export const fileViolation: Files = Object.fromEntries(
  (procedureOf('violation')?.ends ?? [])
    .filter(({ id }) => id !== 'unfounded' && id !== 'excused')
    .map(({ id, zh }) => [
      id,
      ({ forms: { register = {} }, on }: Ended) => ({
        part: 'violations' as const,
        data: {
          kind: cut(register.type || '99', 2),
          on: register.from ? legalDayOf(Date.parse(String(register.from))) : on,
          facts: cut(register.description || '见违规核查', 1000),
          outcome: zh,
        },
      }),
    ]),
)
