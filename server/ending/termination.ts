import { placeWritten } from '@zhijiao/law/article'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { code } from '@zhijiao/law/codes'
import { groundsFor, terminationGrounds } from '@zhijiao/law/termination'
import { refuse } from '../core/refusals.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declarePractice, type Moment } from '../procedures/index.ts'
import { NoGround, NoReason, OtherCategory } from './refusals.ts'
import { settleFile } from './settle.ts'

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
      const article = placeWritten(w.law.cite('END-03'))
      const category = w.person?.category ?? ''
      const [of, fits] = [code('correctionCategory', category), groundsFor(category)]
      const named = { category: of?.zh ?? category, categoryEn: of?.en ?? category, article }
      // Whoever has no ground at all is told before anything is filled in.
      if (w.form.code === undefined) return fits.length > 0 ? [] : refuse(NoGround, named)
      const ground = String(w.form.code)
      if (!terminationGrounds[ground]) return refuse(NoReason, { article })
      if (fits.includes(ground)) return []
      const said = code('endReason2020', ground)
      return refuse(OtherCategory, { ground: said?.zh, groundEn: said?.en, ...named })
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
