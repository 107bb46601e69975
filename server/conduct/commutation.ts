import type { Hint } from '@zhijiao/contract/matters'
import { commutation } from '@zhijiao/contract/procedures/conduct/proposals/commutation'
import { placeWritten } from '@zhijiao/law/article'
import { type CivilDate, civilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { commutedFloor } from '@zhijiao/law/term'
import { type Refusal, refuse } from '../core/refusals.ts'
import type { DevicesDoor } from '../devices/index.ts'
import { declarePractice, hint, type Moment, needed, type Person, type Weighing } from '../procedures/index.ts'
import { categoryOf } from './domain.ts'
import { fileProposal } from './filed.ts'
import { openedByHimself } from './hands.ts'
import * as says from './refusals.ts'
import { evidenceNames } from './sanctions.ts'
import { conductStore } from './store.ts'

const suspended = (person: Person | null) => categoryOf(person?.category ?? '') === 'suspendedSentence'

/** Whoever serves for life has his commutation ruled on by the high court; of others the intermediate court rules. */
const forLife = (person: Person | null) =>
  /无期徒刑|死刑/.test(`${person?.sentence ?? ''}${person?.sentence_term ?? ''}`)

/** The earliest last day that the law leaves of a suspended sentence; null for others, whose floor the ruling itself gives. */
function floorOf(person: Person | null): CivilDate | null {
  if (!person || !suspended(person)) return null
  const detention = person.sentence.includes('拘役') && !person.sentence.includes('有期徒刑')
  return commutedFloor(civilDate(person.term_start), detention ? 'criminalDetention' : 'imprisonment')
}

function ruled(m: Moment): Refusal | undefined {
  const { person, form } = m
  if (!person) return undefined
  const { termEnd } = form
  const shorter = typeof termEnd === 'string' && termEnd < person.term_end && civilDate(termEnd) >= m.today
  if (!shorter) return refuse(says.TermNotShorter, { end: person.term_end })
  const floor = floorOf(person)
  return floor && termEnd < floor
    ? refuse(says.TermBelowFloor, { floor, article: placeWritten(m.law.cite('TRM-10')) })
    : undefined
}

/** The organ that submits serves what it numbered and sealed. */
async function unsealed(m: Moment): Promise<Refusal | undefined> {
  const paper = await conductStore(m.db).paperOf(m.matter.id, 'D25')
  return paper?.number && paper.sealed ? undefined : refuse(says.ProposalUnsealed)
}

const floorSaid = (w: Weighing): readonly Hint[] => {
  const floor = floorOf(w.person)
  return floor
    ? [
        hint(
          w.law,
          'must',
          `缓刑考验期减刑后不得止于 ${floor} 之前。`,
          `After commutation the probation does not end before ${floor}.`,
          'TRM-10',
        ),
      ]
    : []
}

/**
 * What must have been served before and after a commutation (减刑以后实际执行的刑期, Criminal Law 78, and when and how often
 * the provisions on commutation allow one) is not among the rules: it is said that a person has to look, and nothing is counted.
 */
const servedSaid = (w: Weighing): readonly Hint[] =>
  suspended(w.person)
    ? []
    : [
        hint(
          w.law,
          'careful',
          '减刑以后实际执行的刑期不得少于法定最低期限，减刑的起始、间隔时间也有规定：本平台未收录这些数字，请对照刑法和最高人民法院减刑规定的原文核对。',
          'The law sets how much of a sentence must really be served, and when and how often it may be commuted. Those numbers are not kept here: check them in the text.',
        ),
      ]

/** 减刑: the county proposes, the city submits to the intermediate court or the province to the high court (COM-01 … COM-03). */
export function declareCommutation(devices: Pick<DevicesDoor, 'shorten'>): void {
  declarePractice('commutation', {
    files: fileProposal('commutation', 'R2', ['commuted', 'refused']),
    weigh: async (w) => {
      if (!suspended(w.person) || w.form.merit === undefined) return servedSaid(w)
      return w.form.merit === true ? [] : refuse(says.MeritNeeded, { article: placeWritten(w.law.cite('COM-03')) })
    },
    advise: async (w) => {
      if (w.matter.step === 'court') return [...floorSaid(w), ...servedSaid(w)]
      if (w.matter.step === 'citySend' || w.matter.step === 'provinceSend')
        return [
          hint(
            w.law,
            'must',
            '建议书以本机关名义编号、盖章后送达法院；抄送检察院、公安机关。',
            'The proposal goes under this organ’s own number and seal, with copies to procuratorate and police.',
            'COM-02',
          ),
        ]
      return [
        ...(w.matter.step === 'city' && forLife(w.person)
          ? [
              hint(
                w.law,
                'must',
                '原判无期徒刑以上的，由省级提请高级人民法院，请选“报省级”。',
                'Sentenced for life: the province submits to the high court; pass it on.',
                'COM-02',
              ),
            ]
          : []),
        ...servedSaid(w),
      ]
    },
    check: async (m, step, way) => {
      if (step === 'prepare' && way === 'submit') return openedByHimself(m)
      if (step === 'city' && way === 'submit') {
        if (forLife(m.person)) return refuse(says.HighCourt, { article: placeWritten(m.law.cite('COM-02')) })
        return needed(commutation, step, m.form, ['court'])
      }
      if (step === 'citySend' || step === 'provinceSend') return unsealed(m)
      return step === 'court' && way === 'yes' ? ruled(m) : undefined
    },
    clockFrom: async ({ db, matter }) => {
      const at = await conductStore(db).commutationSent(matter.id)
      return at ? legalDayOf(Date.parse(at)) : undefined
    },
    blanks: async (m) => ({ 证据: evidenceNames(m.forms) }),
    on: {
      registered: async (m) => {
        const article = placeWritten(m.law.cite('COM-03'))
        if (suspended(m.person) && m.form.merit !== true) throw refuse(says.MeritNeeded, { article })
      },
      'end:commuted': async (m) => {
        const lastDay = civilDate(String(m.forms.court?.termEnd))
        // The length of the judgment no longer gives the last day.
        const before = m.person?.correction_term || '原期限'
        await m.changePerson({ term_end: lastDay, correction_term: `${before}，减刑后止于${lastDay}`.slice(0, 60) })
        if (m.person) await devices.shorten(m, m.person.id, lastDay)
      },
    },
  })
}
