import type { Hint } from '@zhijiao/contract/matters'
import { placeWritten } from '@zhijiao/law/article'
import type { LadderStep } from '@zhijiao/law/ladder-steps'
import { Refusal, refuse } from '../core/refusals.ts'
import { citationOf } from '../core/tasks/shown.ts'
import { declarePractice, hint, type Moment, type Weighing } from '../procedures/index.ts'
import { answerOf, countsHint, fileOf } from './answer.ts'
import { creditOf, freed } from './custody.ts'
import { bears, categoryOf, fits, type PlainGround } from './domain.ts'
import { fileProposal } from './filed.ts'
import { groundsSaid, resting } from './grounds.ts'
import { signedByAnother } from './hands.ts'
import { unfitForMinor } from './minors.ts'
import * as says from './refusals.ts'
import { evidenceNames, unexamined } from './sanctions.ts'
import { conductStore } from './store.ts'
import { uncountedFits, uncountedIn, uncountedSaid } from './uncounted.ts'

interface Proposed {
  readonly kind: 'revokeSuspension' | 'revokeParole' | 'recommitment'
  readonly step: LadderStep
  readonly code: 'T1' | 'T2' | 'T3'
  /** As 考核奖惩 names it. */
  readonly filed: 'P4' | 'P5' | 'P6'
  readonly evidence: '证据目录' | '证据'
  /** Blank that names the articles. */
  readonly clause: '法律条款' | '条款'
  readonly zh: string
  readonly en: string
}
const proposed: readonly Proposed[] = [
  {
    kind: 'revokeSuspension',
    step: 'revokeSuspendedSentence',
    code: 'T1',
    filed: 'P4',
    evidence: '证据目录',
    clause: '法律条款',
    zh: '提请撤销缓刑',
    en: 'A proposal to revoke the suspended sentence',
  },
  {
    kind: 'revokeParole',
    step: 'revokeParole',
    code: 'T2',
    filed: 'P5',
    evidence: '证据',
    clause: '条款',
    zh: '提请撤销假释',
    en: 'A proposal to revoke parole',
  },
  {
    kind: 'recommitment',
    step: 'recommit',
    code: 'T3',
    filed: 'P6',
    evidence: '证据',
    clause: '条款',
    zh: '提请收监执行',
    en: 'A proposal of recommitment',
  },
]

/** The court ended it: the correction is terminated, and whoever is gone is pursued (Law 45, 50). */
const ended =
  ({ code }: Proposed) =>
  async (m: Moment) => {
    const { number, ruledOn, effectiveOn } = m.forms.court ?? {}
    const moved = uncountedIn(m, m.forms.prepare, m.forms.court)
    const arrest = await conductStore(m.db).arrestUnder(m.matter.id)
    const credit = arrest ? creditOf(m.law, arrest.from, arrest.until ?? String(ruledOn)) : 0
    await m.start('termination', {
      code,
      ruling: String(number),
      on: String(ruledOn),
      ...(credit > 0 ? { custodyDays: credit } : {}),
      ...(moved ? { daysNotCounted: moved.days, sentenceEnds: moved.ends } : {}),
    })
    if (m.person?.state === 'missing')
      await m.start('pursuit', {
        ruling: String(number),
        ruledOn: String(effectiveOn ?? ruledOn),
        lastSeen: String(m.forms.register?.facts ?? '').slice(0, 1000),
      })
  }

/** Whether the file bears a proposal that no violation led to: a ground of its own (IM 49). */
async function bornByGround(w: Weighing, p: Proposed): Promise<Refusal | undefined> {
  if (p.kind !== 'recommitment' || w.form.ground === undefined || w.form.ground === 'violations')
    return unexamined(w, p.kind, p.zh, p.en)
  const asked = await answerOf(w, null, { ground: w.form.ground as PlainGround })
  if (asked instanceof Refusal) return asked
  const borne = bears(asked.answer, p.step, asked.file.category)
  return borne instanceof Refusal ? borne : undefined
}

/** Whether the ruling says that the person was heard, or somebody noted why he was not (REV-04). */
const said = ({ form }: Moment) => form.heardThere === true || String(form.note ?? '').trim() !== ''
const unheard = ({ law }: Moment) => refuse(says.Unheard, { article: placeWritten(law.cite('REV-04')) })

/** Whoever depends on the person is placed before he is taken in (先行安置): said how, or that there is nobody. */
function unplaced({ forms, form }: Moment): Refusal | undefined {
  if (String(form.placed ?? '').trim() !== '') return undefined
  const { dependants } = forms.register ?? {}
  if (dependants) return refuse(says.NotPlaced, { who: String(dependants) })
  return form.nobody === true ? undefined : refuse(says.PlacingUnsaid)
}

const counted = async (w: Weighing): Promise<readonly Hint[]> => {
  const counts = countsHint(await fileOf(w))
  return counts ? [counts] : []
}

export function declareProposals(): void {
  for (const p of proposed)
    declarePractice(p.kind, {
      files: fileProposal(p.kind, p.filed, ['ended', 'goesOn']),
      weigh: async (w) => {
        const fit = fits(p.step, categoryOf(w.person?.category ?? ''))
        if (fit !== true) return fit
        return (await bornByGround(w, p)) ?? counted(w)
      },
      advise: async (w) => {
        const { dependants } = w.forms.register ?? {}
        const moved = uncountedIn(w, w.forms.prepare, w.form)
        return [
          ...(moved ? [uncountedSaid(w.law, moved)] : []),
          ...(await counted(w)),
          ...(dependants
            ? [
                {
                  tone: 'careful' as const,
                  said: {
                    zh: `收监前先落实安置：${String(dependants)}。可发协调函请民政等部门协助。`,
                    en: `Place them first: ${String(dependants)}. A letter of coordination asks the civil affairs office.`,
                  },
                  citation: null,
                },
              ]
            : []),
          ...(p.kind !== 'recommitment' && (w.matter.step === 'prepare' || w.matter.step === 'court')
            ? [
                hint(
                  w.law,
                  'must',
                  w.matter.step === 'court'
                    ? '法院裁定前应当听取本人申辩及其律师的意见；裁定书未写明的，核实后如实登记。'
                    : '提请前听取本人申辩；有律师的，记下律师意见，随建议书移送。',
                  w.matter.step === 'court'
                    ? 'Before it rules the court hears the person and the lawyer; where the ruling does not say so, ask and enter what is true.'
                    : 'Hear the person before it is proposed; where there is a lawyer, his opinion goes with it.',
                  'REV-04',
                ),
              ]
            : []),
          {
            tone: 'must',
            said: {
              zh: '建议书附证据，抄送检察院。',
              en: 'The proposal goes with its evidence, a copy to the procuratorate.',
            },
            citation: citationOf(w.law, 'REV-06'),
          },
        ]
      },
      check: async (m, step, way) => {
        if (step === 'prepare')
          return (
            uncountedFits(m, m.form) ??
            resting(m.forms.register, m.form.article) ??
            (m.person?.minor ? unfitForMinor(m, m.form) : undefined)
          )
        if (p.kind === 'recommitment' && step === 'court' && way === 'yes')
          return unplaced(m) ?? uncountedFits(m, m.forms.prepare, m.form)
        if (p.kind !== 'recommitment' && step === 'court' && way === 'yes' && !said(m)) return unheard(m)
        return signedByAnother(m, step, way)
      },
      blanks: async (m) => ({
        [p.evidence]: evidenceNames(m.forms),
        // What somebody wrote goes before the items that were chosen.
        ...(m.forms.prepare?.article ? {} : { [p.clause]: groundsSaid('quoted', m.forms.register) }),
        ...(m.forms.register?.ground === 'violations' && m.forms.register.grounds
          ? { '原因(八项)': groundsSaid('words', m.forms.register) }
          : {}),
        ...(p.kind === 'revokeSuspension' && !m.forms.prepare?.commuted ? { 减刑情况: '无' } : {}),
      }),
      // Somebody arrested while it was proposed is not held on once nothing is proposed any more.
      on: { 'end:ended': ended(p), 'end:goesOn': freed, 'end:dropped': freed, 'end:withdrawn': freed },
    })
}
