import { expect, test } from 'vitest'
import { procedures } from './all.ts'
import { contestablePassage } from './describe.ts'

/**
 * Ways that say no, or end in a no, and are no decision against the person that he could object to (IM 32): each with the
 * reason. A new way of this kind is marked `contestable`, or it is written down here.
 */
const notAgainstHim: Readonly<Record<string, string>> = {
  'reception.searching:abandon': 'the deciding organ settled it, not the county',
  'missingPapers.wait:waive': 'papers of another organ',
  'missingPapers.reminded:waive': 'papers of another organ',
  'announcement.notify:cancel': 'a meeting that is called off',
  'announcement.hold:cancel': 'a meeting that is called off',
  'undertaking.seal:drop': 'the person signs no paper after all',
  'undertaking.file:refuse': 'the person signs no paper after all',
  'plan.head:drop': 'a draft of the agency’s own that is not used',
  'plan.county:refuse': 'a draft of the agency’s own that is not used',
  'coordination.sign:drop': 'help that is asked of others; a complaint is open',
  'coordination.reply:unsolved': 'others could not help',
  'coordination.meeting:unsolved': 'others could not help',
  'helpPlan.head:drop': 'help beyond any duty; a complaint is open',
  'injunction.county:drop': 'an entry that was wrong',
  'relocation.reply:decline': 'the other county answers; the decision is made after it',
  'relocation.letterReply:decline': 'the other county answers; the decision is made after it',
  'relocation.county:dispute': 'not decided yet',
  'relocation.settle:stay': 'not decided yet',
  'relocation.tellRefusal:told': 'the refusal before it is the decision',
  'relocation.arrival:noShow': 'a fact',
  'relocation.letterArrival:noShow': 'a fact',
  'relocation.searching:lost': 'a fact',
  'admonition.decide:drop': 'in the person’s favour',
  'warning.decide:drop': 'in the person’s favour',
  'policePenalty.sign:drop': 'in the person’s favour',
  'revokeSuspension.sign:drop': 'in the person’s favour',
  'revokeParole.sign:drop': 'in the person’s favour',
  'recommitment.sign:drop': 'in the person’s favour',
  'arrest.sign:drop': 'in the person’s favour',
}

const ways = procedures
  .filter((p) => p.about === 'person')
  .flatMap((p) =>
    p.steps.flatMap((s) =>
      s.ways.map((w) => ({
        name: `${p.id}.${s.id}:${w.id}`,
        way: w,
        no: w.tone === 'no' || p.ends.find((e) => e.id === w.to)?.tone === 'no',
      })),
    ),
  )

test('every no is open to an objection, or it is said why not', () => {
  const open = ways.filter(({ no, way }) => no && !way.contestable).map(({ name }) => name)
  expect(open.sort()).toEqual(Object.keys(notAgainstHim).sort())
})

test('what is done against a person is open to an objection: sanctions, proposals, devices, a stricter level', () => {
  const contested = ways.flatMap(({ name, way }) => (way.contestable ? [name] : []))
  expect(contested).toEqual(
    expect.arrayContaining([
      'admonition.decide:give',
      'warning.decide:give',
      'violation.county:talk',
      'policePenalty.sign:sign',
      'revokeSuspension.sign:sign',
      'revokeParole.sign:sign',
      'recommitment.sign:sign',
      'arrest.sign:sign',
      'deviceUse.bureau:approve',
      'level.county:decide',
    ]),
  )
})

test('the latest decision counts; a matter that came back has none until it is decided', () => {
  const contact = procedures.find((p) => p.id === 'contact')
  const passed = (step: string, way: string) => ({ step, way })
  expect(contestablePassage(contact, [passed('office', 'doubt'), passed('county', 'return')])).toBeUndefined()
  expect(
    contestablePassage(contact, [passed('county', 'return'), passed('office', 'support'), passed('county', 'refuse')]),
  ).toEqual(passed('county', 'refuse'))
  expect(contestablePassage(undefined, [passed('county', 'refuse')])).toBeUndefined()
})
