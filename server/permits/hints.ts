import type { Hint } from '@zhijiao/contract/matters'
import type { Law } from '@zhijiao/law/in-force'
import { hint } from '../procedures/index.ts'

/** A leave as its hints look at it. */
export interface Looked {
  readonly state: 'asked' | 'approved' | 'refused' | 'returned' | 'cancelled'
  readonly proofs: number
  readonly away: boolean
  readonly late: boolean
  readonly recalled: boolean
  /** Whole days since he was last spoken to, or since he left. */
  readonly silentDays: number
}

/** How often somebody on leave is to be spoken to, days (SET-36): IM 28 names the means and leaves the number open. */
export const contactDays = (law: Law) => law.number('SET-36', 7)

/** What the law and the file have to say beside a leave; nothing of it decides. */
export function leaveHints(of: Looked, law: Law): Hint[] {
  const hints: Hint[] = []
  if (of.state === 'asked') {
    if (of.proofs === 0)
      hints.push(
        hint(
          law,
          'must',
          '申请未附证明材料（诊断证明、单位证明、入学证明、法律文书等），请先补充；急需先行批准的须写明理由。',
          'No proof came with the application. Have it added first; if it is approved without, say why.',
          'LVE-01',
        ),
      )
    hints.push(
      hint(
        law,
        'careful',
        '就医、就学、参与诉讼、处理家庭或者工作重要事务等属于正当理由；有正当理由的应当批准，不批准的须写明理由。',
        'Treatment, study, litigation, important family or work matters are proper reasons; who has one shall be given leave, and a refusal says why.',
        'LVE-07',
      ),
    )
  }
  if (of.away && !of.late && of.silentDays >= contactDays(law))
    hints.push(
      hint(
        law,
        'careful',
        `已 ${of.silentDays} 日没有通话或视频联系（本地设置每 ${contactDays(law)} 日一次），请联系本人或目的地社区矫正机构。`,
        `No call for ${of.silentDays} days (set: every ${contactDays(law)}). Call him, or the agency at the destination.`,
        'LVE-10',
      ),
    )
  if (of.late)
    hints.push(
      hint(
        law,
        'must',
        of.recalled
          ? '责令返回的时限已过，未销假。请查明下落，登记违规后按阶梯处理；下落不明的同时组织查找。'
          : '外出期满未销假。请责令立即返回、查明原因，登记违规后按阶梯处理；下落不明的同时组织查找。',
        of.recalled
          ? 'The hour he was ordered back by is past. Find out where he is, record the violation, and search if nobody knows.'
          : 'The leave is over and nobody reported back. Order him back, find out why, record the violation, and search if nobody knows.',
        'LVE-11',
      ),
    )
  return hints
}
