import { placeWritten } from '@zhijiao/law/article'
import { civilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { code, correctionCategoryOf } from '@zhijiao/law/codes'
import { politicalRightsNote, type ReleaseReason, releaseCode, releaseWords } from '@zhijiao/law/release-words'
import { unfitForMinor } from '../conduct/index.ts'
import { refuse } from '../core/refusals.ts'
import { citationOf } from '../core/tasks/shown.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declarePractice, type Moment } from '../procedures/index.ts'
import * as says from './refusals.ts'
import { settleFile } from './settle.ts'

const temporary = (m: Pick<Moment, 'person'>) =>
  correctionCategoryOf(m.person?.category ?? '') === 'temporaryServiceOutsidePrison'
const reasonOf = (m: Pick<Moment, 'forms'>): ReleaseReason => (m.forms.register?.why === 'pardon' ? 'pardon' : 'expiry')
const articleOf = (m: Pick<Moment, 'law'>, rule: 'END-02' | 'REV-10') => {
  const article = placeWritten(m.law.cite(rule))
  return { article }
}

/** Release on expiry or pardon (Law 44, IM 53–54). */
export function declareRelease(devices: Pick<DevicesDoor, 'endAll'>): void {
  declarePractice('ending', {
    files: {
      released: ({ forms, on }) => {
        const { conduct } = forms.appraisal ?? {}
        return {
          part: 'end',
          data: {
            reason: releaseCode[reasonOf({ forms })],
            on: forms.release?.at ? legalDayOf(Date.parse(String(forms.release.at))) : on,
            conduct: conduct ? String(conduct) : undefined,
          },
        }
      },
    },
    advise: async (w) => [
      ...(temporary(w)
        ? [
            {
              tone: 'must' as const,
              said: {
                zh: '暂予监外执行期限将届满：刑期未满而情形消失的，应提请收监执行。',
                en: 'Temporary service is about to end: with sentence left and the cause gone, recommitment is proposed.',
              },
              citation: citationOf(w.law, 'REV-10'),
            },
          ]
        : []),
      ...(w.person?.minor
        ? [
            {
              tone: 'must' as const,
              said: {
                zh: '未成年人：不公开宣告，通知监护人到场。',
                en: 'A minor: not in public, the guardian present.',
              },
              citation: citationOf(w.law, 'MIN-05'),
            },
          ]
        : []),
    ],
    check: async (m, step, way) => {
      if (step === 'summary' && way === 'recommit')
        return temporary(m) && m.form.sentence === 'left'
          ? undefined
          : refuse(says.OnlyTemporary, articleOf(m, 'REV-10'))
      if (step === 'summary' && temporary(m) && reasonOf(m) === 'expiry' && m.form.sentence !== 'served')
        return refuse(says.SentenceUnknown, articleOf(m, 'REV-10'))
      if (step !== 'release') return undefined
      const end = civilDate(m.person?.term_end ?? m.today)
      if (reasonOf(m) === 'expiry' && m.today < end) return refuse(says.TooEarly, { end, ...articleOf(m, 'END-02') })
      return unfitForMinor(m, m.form)
    },
    blanks: async (m) => {
      const category = correctionCategoryOf(m.person?.category ?? '')
      const note = politicalRightsNote(m.person?.additional_penalty ?? '')
      return {
        鉴定意见: String(m.forms.appraisal?.appraisal ?? ''),
        解除事由: reasonOf(m) === 'pardon' ? '被赦免' : '矫正期限届满',
        ...(category ? { 类别宣告语: releaseWords(category, reasonOf(m)) } : {}),
        ...(note ? { 附加剥夺政治权利提示: note } : {}),
      }
    },
    on: {
      'end:recommitment': async (m) => {
        await m.start('recommitment', {
          ground: 'causeGoneTermLeft',
          facts: `暂予监外执行期限至 ${m.person?.term_end ?? ''} 届满，情形消失，刑期未满。`,
          ...(m.forms.summary?.dependants ? { dependants: m.forms.summary.dependants } : {}),
        })
      },
      'end:released': async (m) => {
        const reason = reasonOf(m)
        await m.changePerson({ state: 'released' })
        await m.ledger.append({
          kind: 'correction.ended',
          org: m.matter.org_code,
          person: m.matter.person_id,
          subject: m.matter.id,
          cites: ['END-02', 'END-07'],
          payload: { reason: releaseCode[reason], words: code('endReason2020', releaseCode[reason])?.zh ?? '' },
        })
        await settleFile(m, devices, { reason: 'release', zh: '矫正已解除' })
        await m.start('handover', {
          releasedOn: m.today,
          address: String(m.form.address ?? ''),
          advice: String(m.forms.appraisal?.resettlement ?? '见期满鉴定表').slice(0, 1000),
        })
      },
    },
  })
}
