import type { Hint } from '@zhijiao/contract/matters'
import { placeWritten } from '@zhijiao/law/article'
import { civilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { code, correctionCategoryOf } from '@zhijiao/law/codes'
import { politicalRightsNote, type ReleaseReason, releaseCode, releaseWords } from '@zhijiao/law/release-words'
import { unfitForMinor } from '../conduct/index.ts'
import { refuse } from '../core/refusals.ts'
import { citationOf } from '../core/tasks/shown.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declarePractice, hint, type Moment, runningMatter, type Weighing } from '../procedures/index.ts'
import { causeWords } from './certificate.ts'
import { handedOver, handoverHints } from './handover.ts'
import * as says from './refusals.ts'
import { settleFile } from './settle.ts'
import { endingStore } from './store.ts'
import { releaseDay } from './term.ts'

const temporary = (m: Pick<Moment, 'person'>) =>
  correctionCategoryOf(m.person?.category ?? '') === 'temporaryServiceOutsidePrison'
const reasonOf = (m: Pick<Moment, 'forms'>): ReleaseReason => (m.forms.register?.why === 'pardon' ? 'pardon' : 'expiry')
const articleOf = (m: Pick<Moment, 'law'>, rule: 'END-02' | 'REV-10') => {
  const article = placeWritten(m.law.cite(rule))
  return { article }
}

const absentWords = {
  missing: { state: '脱管', stateEn: 'missing' },
  detained: { state: '被羁押', stateEn: 'detained' },
} as const

/** Whether nobody can find the person, or another organ holds him. */
function absentAs({ person }: Pick<Moment, 'person'>): keyof typeof absentWords | undefined {
  return person?.state === 'missing' || person?.state === 'detained' ? person.state : undefined
}

/** What the law says to a term that runs out meanwhile: nothing follows by itself, a named person decides. */
function absence(w: Pick<Weighing, 'person' | 'law'>): readonly Hint[] {
  const state = absentAs(w)
  if (!state) return []
  const end = w.person?.term_end ?? ''
  const rule = state === 'detained' ? 'REV-08' : temporary(w) ? 'TRM-09' : 'MIS-05'
  const asks = {
    detained: ['涉嫌新罪、漏罪的，由审理法院处理', 'a new or undiscovered crime is for the trial court'],
    missing: temporary(w)
      ? ['脱逃期间不计入刑期', 'time at large does not count as served']
      : ['脱管超过一个月的，应提请撤销', 'beyond a month a revocation is proposed'],
  }[state]
  const { state: zh, stateEn } = absentWords[state]
  return [
    hint(
      w.law,
      'must',
      `对象现${zh}，矫正止日 ${end}：${asks[0]}。是否按期解除由县级决定，系统不自动解除。`,
      `The person is ${stateEn}, the term ends on ${end}: ${asks[1]}. The county decides whether to release; nothing follows by itself.`,
      rule,
    ),
  ]
}

/** Release on expiry or pardon (Law 44, IM 53–54). */
export function declareRelease(devices: Pick<DevicesDoor, 'endAll'>): void {
  declarePractice('ending', {
    weigh: async (w) => absence(w),
    dueDay: (at) => releaseDay(reasonOf(at), at),
    // The term as the file has it now: a commutation may have moved its end since the matter was begun.
    clockFrom: async ({ db, matter }) =>
      matter.register.why === 'expiry' && matter.person_id ? endingStore(db).termEnd(matter.person_id) : undefined,
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
      ...absence(w),
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
      ...(w.person?.sealed
        ? [
            hint(
              w.law,
              'must',
              '犯罪记录已封存：不公开宣告。',
              'The record is sealed: the announcement is not public.',
              'MIN-04',
            ),
          ]
        : []),
      ...(await handoverHints(w)),
    ],
    check: async (m, step, way) => {
      if (step === 'summary' && way === 'recommit')
        return temporary(m) && m.form.sentence === 'left'
          ? undefined
          : refuse(says.OnlyTemporary, articleOf(m, 'REV-10'))
      const state = absentAs(m)
      // Nobody is asked who is not there: the county decides first, the summary and what it says come after it.
      if (way === 'absent') return state ? undefined : refuse(says.NotAbsent)
      if (step === 'summary' && temporary(m) && reasonOf(m) === 'expiry' && m.form.sentence !== 'served')
        return refuse(says.SentenceUnknown, articleOf(m, 'REV-10'))
      if (step === 'hold' && way === 'back' && state)
        return refuse(says.StillAbsent, {
          name: m.person?.name ?? '',
          ...absentWords[state],
          ...articleOf(m, 'END-02'),
        })
      if (step === 'hold' && way === 'otherwise' && m.person && !(await endingStore(m.db).proposed(m.person.id)))
        return refuse(says.NothingProposed)
      if (step !== 'release') return undefined
      if (state && (await endingStore(m.db).decidedOn(m.matter.id)) !== 'goOn')
        return refuse(says.StandingOpen, {
          name: m.person?.name ?? '',
          ...absentWords[state],
          ...articleOf(m, 'END-02'),
        })
      const end = civilDate(m.person?.term_end ?? m.today)
      if (reasonOf(m) === 'expiry' && m.today < end) return refuse(says.TooEarly, { end, ...articleOf(m, 'END-02') })
      return unfitForMinor(m, m.form)
    },
    route: (m, step, way) => {
      // Nobody asks a summary of who is not there: the county decides first.
      if (step === 'register') return absentAs(m) && reasonOf(m) === 'expiry' ? 'standing' : undefined
      // What was prepared before stays prepared.
      const prepared = m.forms.county !== undefined
      return (way === 'goOn' || way === 'back') && prepared ? 'release' : undefined
    },
    blanks: async (m) => {
      const category = correctionCategoryOf(m.person?.category ?? '')
      const note = politicalRightsNote(m.person?.additional_penalty ?? '')
      return {
        鉴定意见: String(m.forms.appraisal?.appraisal ?? ''),
        解除事由: causeWords[reasonOf(m)],
        ...(category ? { 类别宣告语: releaseWords(category, reasonOf(m)) } : {}),
        ...(note ? { 附加剥夺政治权利提示: note } : {}),
      }
    },
    on: {
      'end:recommitment': async (m) => {
        // One that was proposed meanwhile goes on: it is what this release gives way to.
        if (m.person && (await runningMatter(m.db, m.person.id, 'recommitment'))) return
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
        // A hand-over that was begun ahead goes on, and one that is done is not done again; the release never waits for it.
        if ((m.person && (await runningMatter(m.db, m.person.id, 'handover'))) || (await handedOver(m))) return
        await m.start('handover', {
          releasedOn: m.today,
          address: String(m.form.address ?? ''),
          advice: String(m.forms.appraisal?.resettlement ?? '见期满鉴定表').slice(0, 1000),
        })
      },
    },
  })
}
