import type { Hint } from '@zhijiao/contract/matters'
import { detention } from '@zhijiao/contract/procedures/conduct/missing'
import { placesWritten } from '@zhijiao/law/article'
import { civilDate, daysInclusive } from '@zhijiao/law/civil-date'
import type { CorrectionCategory } from '@zhijiao/law/codes'
import { dueOf } from '@zhijiao/law/due'
import type { Law } from '@zhijiao/law/in-force'
import { isRefusal } from '@zhijiao/law/refusals'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declarePractice, hint, type Moment, needed, type Person, runningMatter } from '../procedures/index.ts'
import { categoryOf } from './domain.ts'
import { NoRevocation } from './refusals.ts'
import { conductStore } from './store.ts'

/** States that a matter may give back; whoever was released or terminated meanwhile stays so. */
const states = ['awaiting', 'inCorrection', 'missing', 'detained'] as const

/** Whoever is free goes on with his correction, or is awaited again, unless another matter says that he is held. */
export async function freed(m: Moment): Promise<void> {
  if (m.person?.state !== 'detained') return
  if (!(await conductStore(m.db).heldElsewhere(m.person.id, m.matter.id)))
    await m.changePerson({ state: await backTo(m, m.person.id) })
}

/**
 * Where somebody stands who was lost or held and is so no more: in correction, but for whoever was never taken in. The
 * state before this matter says it; where that was another absence, the reception that still runs does.
 */
export async function backTo({ db, matter }: Moment, person: string): Promise<'awaiting' | 'inCorrection'> {
  const before = await conductStore(db).stateBefore(matter.id)
  if (before === 'awaiting' || before === 'inCorrection') return before
  return (await runningMatter(db, person, 'reception')) ? 'awaiting' : 'inCorrection'
}

/** A matter that was taken back leaves the state as it found it (撤回), unless another matter says that he is held. */
export async function asBefore(m: Moment): Promise<void> {
  if (m.person?.state !== 'detained') return
  const store = conductStore(m.db)
  const before = await store.stateBefore(m.matter.id)
  const state = states.find((s) => s === before)
  if (state && state !== 'detained' && !(await store.heldElsewhere(m.person.id, m.matter.id)))
    await m.changePerson({ state })
}

/** Days of an arrest before the revocation, which count day for day (折抵, REV-12). */
export function creditOf(law: Law, from: string, until: string): number {
  const days = until < from ? 0 : daysInclusive(civilDate(from), civilDate(until))
  const { value } = law.read('REV-12')
  return days * (typeof value === 'number' ? value : 1)
}

/** How the correction ends where the court that tries the new crime revokes; control (管制) knows no revocation. */
const endOf: Readonly<Record<Exclude<CorrectionCategory, 'control'>, 'T1' | 'T2' | 'T3'>> = {
  suspendedSentence: 'T1',
  parole: 'T2',
  temporaryServiceOutsidePrison: 'T3',
}

/** What each answer of the court or the procuratorate must say. */
const asked: Readonly<Record<string, readonly string[]>> = {
  progress: ['progress'],
  revoked: ['number', 'ruledOn'],
  notRevoked: ['number', 'ruledOn', 'freedOn'],
  acquitted: ['number', 'ruledOn', 'freedOn'],
  notProsecuted: ['number', 'ruledOn', 'freedOn'],
}

const running = (law: Law, person: Person | null): readonly Hint[] =>
  person
    ? [
        hint(
          law,
          'careful',
          `羁押不中断矫正期限，矫正止日仍为 ${person.term_end}；未撤销而期限已满的，恢复后依法办理解除。`,
          `Custody does not stop the term: its last day is still ${person.term_end}. If it is over and nothing was revoked, release follows.`,
          'END-02',
        ),
      ]
    : []

/** 被羁押: held by another organ, tried for a new or undiscovered crime, and either free again or revoked (IM 41, Law 46). */
export function declareCustody(devices: Pick<DevicesDoor, 'endAll'>): void {
  declarePractice('detention', {
    weigh: async (w) => {
      const { decidedOn, noticeOn } = w.form
      if (typeof decidedOn !== 'string' || typeof noticeOn !== 'string') return []
      const due = dueOf('REV-11', decidedOn, { law: w.law })
      if (isRefusal(due) || due.due === null || noticeOn <= due.due) return []
      return [
        hint(
          w.law,
          'careful',
          `通知应于 ${due.due} 前到达，实际 ${noticeOn}；可书面提示决定机关。`,
          `The notice was due by ${due.due} and came on ${noticeOn}; remind the organ in writing.`,
          'REV-11',
        ),
      ]
    },
    advise: async (w) => [
      ...(w.matter.step === 'trial'
        ? [
            hint(
              w.law,
              'must',
              '新罪、漏罪由审理法院在判决中撤销并书面通知；请向办案机关、审理法院核实结果。',
              'The court that tries the crime revokes in its judgment and says so in writing; ask it for the outcome.',
              'REV-08',
            ),
          ]
        : []),
      ...running(w.law, w.person),
    ],
    check: async (m, step, way) => {
      if (step !== 'trial') return undefined
      return needed(detention, step, m.form, asked[way] ?? [])
    },
    shuts: (person, step) => {
      const none: Readonly<Record<string, Refusal>> = {}
      if (step !== 'trial' || categoryOf(person.category) !== 'control') return none
      return { revoked: refuse(NoRevocation, { article: placesWritten('社区矫正法 46') }) }
    },
    on: {
      registered: async (m) => {
        await m.changePerson({ state: 'detained' })
        await devices.endAll(m, m.person?.id ?? '', { at: m.now, reason: 'custody', by: m.by.id })
      },
      'end:released': freed,
      'end:goesOn': freed,
      'end:withdrawn': asBefore,
      'end:revoked': async (m) => {
        const category = categoryOf(m.person?.category ?? '')
        if (category === 'control') return
        await m.start('termination', {
          code: endOf[category],
          ruling: String(m.form.number),
          on: String(m.form.ruledOn),
        })
      },
    },
  })
}
