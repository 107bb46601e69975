import { placeWritten } from '@zhijiao/law/article'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { type CorrectionCategory, code, correctionCategoryOf } from '@zhijiao/law/codes'
import { refuse } from '../core/refusals.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declarePractice, type Moment } from '../procedures/index.ts'
import { NoReason, OtherCategory } from './refusals.ts'
import { settleFile } from './settle.ts'

/**
 * Grounds of termination that have their ruling, each with the one category it ends (Law 45); control (管制) knows none.
 * Death is a business of its own, the others are no termination.
 */
const byRuling: Readonly<Record<string, CorrectionCategory>> = {
  T1: 'suspendedSentence',
  T2: 'parole',
  T3: 'temporaryServiceOutsidePrison',
}

/** Termination and death (Law 45, 51). */
export function declareTermination(devices: Pick<DevicesDoor, 'endAll'>): void {
  const end = async (m: Moment, reason: string, how: 'removal' | 'death', zh: string) => {
    await m.changePerson({ state: 'terminated' })
    await m.ledger.append({
      kind: 'correction.ended',
      org: m.matter.org_code,
      person: m.matter.person_id,
      subject: m.matter.id,
      cites: how === 'death' ? ['END-03', 'END-04'] : ['END-03'],
      payload: { reason, words: code('endReason2020', reason)?.zh ?? '' },
    })
    await settleFile(m, devices, { reason: how, zh })
  }

  declarePractice('termination', {
    files: {
      terminated: ({ forms: { register = {}, confirm }, on }) => ({
        part: 'end',
        data: {
          reason: String(register.code),
          on: String(confirm?.effectiveOn ?? register.on ?? on),
          document: register.ruling ? String(register.ruling).slice(0, 60) : undefined,
        },
      }),
    },
    weigh: async (w) => {
      if (w.form.code === undefined) return []
      const ground = String(w.form.code)
      const ends = byRuling[ground]
      const article = placeWritten(w.law.cite('END-03'))
      if (!ends) return refuse(NoReason, { article })
      const category = w.person?.category ?? ''
      if (correctionCategoryOf(category) === ends) return []
      const [said, of] = [code('endReason2020', ground), code('correctionCategory', category)]
      return refuse(OtherCategory, {
        ground: said?.zh,
        groundEn: said?.en,
        category: of?.zh ?? category,
        categoryEn: of?.en ?? category,
        article,
      })
    },
    on: { 'end:terminated': (m) => end(m, String(m.forms.register?.code), 'removal', '矫正已终止') },
  })

  declarePractice('death', {
    files: {
      terminated: ({ forms: { register = {} }, on }) => ({
        part: 'end',
        data: { reason: 'T4', on: register.at ? legalDayOf(Date.parse(String(register.at))) : on },
      }),
    },
    route: (m, step) => {
      if (step !== 'register') return undefined
      return m.form.cause === 'abnormal' ? 'alarm' : 'verify'
    },
    on: { 'end:terminated': (m) => end(m, 'T4', 'death', '对象死亡，矫正终止') },
  })
}
