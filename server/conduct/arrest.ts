import type { Hint } from '@zhijiao/contract/matters'
import { arrest } from '@zhijiao/contract/procedures/conduct/proposals/arrest'
import { placeWritten } from '@zhijiao/law/article'
import type { CorrectionCategory } from '@zhijiao/law/codes'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declarePractice, hint, type Moment, needed, type Weighing } from '../procedures/index.ts'
import { asBefore, creditOf, freed } from './custody.ts'
import { categoryOf } from './domain.ts'
import { fileProposal } from './filed.ts'
import { signedByAnother } from './hands.ts'
import * as says from './refusals.ts'
import { evidenceNames } from './sanctions.ts'
import { conductStore } from './store.ts'

/** Whether it says when he was taken, not before the court decided, or why nobody was. */
function takenRightly(m: Moment, way: string): Refusal | undefined {
  if (way === 'lapsed') return needed(arrest, 'execute', m.form, ['note'])
  const lacking = needed(arrest, 'execute', m.form, ['takenOn'])
  if (lacking) return lacking
  const decided = String(m.forms.court?.decidedOn ?? '')
  return String(m.form.takenOn) < decided ? refuse(says.TakenEarly, { decided }) : undefined
}

/** What holds while the court has decided and nobody is taken yet. */
async function untilTaken(w: Weighing & { readonly forms: Moment['forms'] }): Promise<readonly Hint[]> {
  const proposal = await conductStore(w.db).matter(String(w.forms.register?.proposal ?? ''))
  return [
    hint(
      w.law,
      'careful',
      '决定逮捕不等于已经到案：羁押期限和折抵自执行之日起算；未到案的，对象状态和定位不变，继续查找。',
      'A decision catches nobody: custody and credit run from the day he is taken; until then his state and his positioning stay, and the search goes on.',
      'REV-03',
    ),
    ...(proposal?.end_id
      ? [
          hint(
            w.law,
            'careful',
            '所依据的撤销提请已办结；仍未执行的，核实后选“未执行，逮捕决定已撤销或失效”。',
            'The revocation it belongs to is over; if nobody was taken, ask and enter that it lapsed.',
          ),
        ]
      : []),
  ]
}

/** 提请逮捕 (Law 47): the court decides, the police carry it out, custody runs from the day he was taken. */
export function declareArrest(devices: Pick<DevicesDoor, 'endAll'>): void {
  declarePractice('arrest', {
    files: fileProposal('arrest', 'P7', ['arrested', 'setFree', 'notArrested', 'notExecuted']),
    weigh: async (w) => {
      const category = categoryOf(w.person?.category ?? '')
      const article = placeWritten(w.law.cite('REV-07'))
      const revocable: readonly CorrectionCategory[] = ['suspendedSentence', 'parole']
      if (!revocable.includes(category)) return refuse(says.NoProposal, { article })
      if (typeof w.form.proposal !== 'string') return []
      const proposal = await conductStore(w.db).matter(w.form.proposal)
      const stands =
        proposal?.person_id === w.person?.id &&
        proposal?.end_id === null &&
        ['revokeSuspension', 'revokeParole'].includes(proposal.kind)
      return stands ? [] : refuse(says.NoProposal, { article })
    },
    advise: async (w) => {
      if (w.matter.step === 'execute') return untilTaken(w)
      const from = w.forms.execute?.takenOn ?? w.forms.court?.decidedOn
      if (w.matter.step !== 'custody' || typeof from !== 'string') return []
      const days = creditOf(w.law, from, w.today)
      return [
        hint(
          w.law,
          'careful',
          `逮捕至今 ${days} 日；裁定撤销的，羁押一日折抵刑期一日，日数随终止矫正移交。`,
          `Held ${days} days so far; if it is revoked each counts for a day of the sentence, and the number goes with the termination.`,
          'REV-12',
        ),
      ]
    },
    check: async (m, step, way) => (step === 'execute' ? takenRightly(m, way) : signedByAnother(m, step, way)),
    blanks: async (m) => ({ 证据: evidenceNames(m.forms) }),
    on: {
      // The decision alone holds nobody: whoever is at large stays so, and stays positioned, until he is taken.
      'execute:taken': async (m) => {
        await m.changePerson({ state: 'detained' })
        await devices.endAll(m, m.person?.id ?? '', { at: m.now, reason: 'custody', by: m.by.id })
      },
      'end:setFree': freed,
      'end:withdrawn': asBefore,
    },
  })
}
