import { procedureOf } from '@zhijiao/contract/procedures/all'
import { verdicts } from '@zhijiao/contract/procedures/permits/objection'
import { endOfLegalDay, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { refuse } from '../../core/refusals.ts'
import { tasksIn } from '../../core/tasks.ts'
import type { DevicesDoor } from '../../devices/index.ts'
import { markSetAside } from '../../people/index.ts'
import {
  answered,
  decisionOf,
  declarePractice,
  type Moment,
  mattersIn,
  objectionTo,
  type Weighing,
} from '../../procedures/index.ts'
import {
  CauseMissing,
  Contested,
  DecidedAbove,
  DecidedHere,
  DeciderHimself,
  NotContestable,
  WayOnUntold,
} from '../refusals.ts'
import { removeDevice } from './device-use.ts'
import { decideLeaveAnew, nextForLeave } from './leave-anew.ts'
import { hint, noticeBlanks, textOf } from './words.ts'

/** Who decided where the county did not: only they change or revoke it. */
const aboveWords = {
  bureauHead: { zh: '县级司法行政部门负责人', en: 'the head of the county judicial administration' },
  city: { zh: '市级社区矫正机构', en: 'the city agency' },
  province: { zh: '省级社区矫正机构', en: 'the provincial agency' },
} as const
type Above = keyof typeof aboveWords
const isAbove = (post: string | undefined): post is Above => post !== undefined && post in aboveWords

async function decidedAbove({ cause, origin, db }: Weighing): Promise<Above | null> {
  if (!cause) return origin?.above ?? null
  const { decided } = await decisionOf(db, cause)
  const post = procedureOf(cause.kind)?.steps.find((step) => step.id === decided?.step)?.post
  return isAbove(post) ? post : null
}

type Verdict = (typeof verdicts)[number]['id']
const isVerdict = (said: string): said is Verdict => verdicts.some(({ id }) => id === said)

/** What is answered: the way itself, or what the level above decided. */
function verdictOf({ forms }: Pick<Moment, 'forms'>, way: string | undefined): Verdict | null {
  const said = way !== undefined && isVerdict(way) ? way : textOf(forms.province ?? forms.city, 'verdict')
  return isVerdict(said) ? said : null
}
const toldAt = { uphold: 'tellUpheld', change: 'tellChanged', revoke: 'tellRevoked' } as const

/** What is contested: the decision of a matter, or one that a room made by itself. */
interface ContestedDecision {
  readonly id: string
  readonly person: string | null
  readonly name: { readonly zh: string; readonly en: string }
  /** As the answer names it. */
  readonly about: string
  /** Staff who had a hand in it. */
  readonly hands: readonly string[]
  /** It is made, and against the person. */
  readonly open: boolean
}

async function contestedBy({ cause, origin, db }: Weighing): Promise<ContestedDecision | null> {
  if (cause) {
    const { zh = '', en = '' } = procedureOf(cause.kind) ?? {}
    const { decided, hands } = await decisionOf(db, cause)
    return {
      id: cause.id,
      person: cause.person_id,
      name: { zh, en },
      about: `${zh}（${cause.on_day}）`,
      hands,
      open: decided !== undefined,
    }
  }
  if (!origin) return null
  const { id, person, name, said, hands, contestable } = origin
  return { id, person, name, about: `${said.zh}（${origin.on}）`, hands, open: contestable }
}

/** What follows from an answer that sets the decision aside, for the form, the answer and whoever reads them. */
async function nextOf(w: Weighing): Promise<{ readonly zh: string; readonly en: string }> {
  if (w.origin?.kind === 'leave') return nextForLeave(w, w.origin.id)
  if (w.origin?.kind === 'term' || w.cause?.kind === 'deviceUse')
    return {
      zh: '撤销的，电子定位装置的使用随即终止；变更的，按答复另行办理审批。',
      en: 'Revoked, the device is removed at once; changed, a new approval is asked for as the answer says.',
    }
  if (w.origin?.kind === 'alarm')
    return {
      zh: '撤销或变更的，原认定自答复之日起不再作为违规依据，统计不再计为违规，记录保留；据此已作出的其他决定，另行提出异议。',
      en: 'Set aside, the finding is no ground for anything from today and counts as no breach; it stays on record. Other decisions that rest on it are contested by themselves.',
    }
  if (w.cause && takenBackAs(w) !== null)
    return {
      zh: '撤销的，原事项随即以“不予决定、不予提请”办结；已送交其他机关的，函告撤回。变更的，按答复另行登记新的决定。',
      en: 'Revoked, the matter ends as not decided or not proposed; what lies with another organ is taken back by letter. Changed, a new decision is registered.',
    }
  return {
    zh: '撤销或变更的，原决定自答复之日起不再执行；需要新的决定的，按答复另行登记。',
    en: 'Revoked or changed, the decision is no longer carried out; a new one, where needed, is registered as the answer says.',
  }
}

/**
 * What a contested matter that is still under way ends as when its decision is revoked: a sanction not served yet, a proposal
 * not answered yet. Null: it ended, or another organ has decided already, or it does not end that way.
 */
function takenBackAs({ cause }: Weighing): 'dropped' | null {
  const underWay = cause?.step === 'serve' || cause?.step === 'police' || cause?.step === 'court'
  return underWay && procedureOf(cause.kind)?.ends.some((end) => end.id === 'dropped') ? 'dropped' : null
}

const aboveHint = (w: Pick<Weighing, 'law'>, above: Above) =>
  hint(
    w.law,
    'must',
    'PEN-10',
    `原决定由${aboveWords[above].zh}作出：县级审查后可以维持；拟变更或者撤销的，报其决定。`,
    `The decision was made by ${aboveWords[above].en}: the county may uphold it; to change or revoke it is passed to them.`,
  )

/** Told to whoever an objection was passed up to when it was taken back. */
export const withdrawnTask = 'matter.objection.withdrawn'

/** It was taken back before whoever it was passed up to decided: he need not look for it any more, and learns why. */
async function takenBack(m: Moment): Promise<void> {
  const { step, holder_id, holder_role, holder_unit, id, org_code, person_id, who } = m.matter
  if (!step || !isAbove(step)) return
  await tasksIn(m.db, m.house, m.ledger).open({
    kind: withdrawnTask,
    org: org_code,
    person: person_id,
    subject: id,
    title: {
      zh: `${who}：异议已由登记人撤回，不需再作决定。理由：${m.note.slice(0, 80)}`,
      en: `${who}: the objection was taken back by whoever registered it; nothing is to be decided. Reason: ${m.note.slice(0, 80)}`,
    },
    rule: 'PEN-10',
    ...(holder_id ? { owner: holder_id } : {}),
    ownerRole: holder_role ?? step,
    unit: holder_unit ?? org_code,
  })
}

/** 异议: against a decision about the same person; nothing rests unless the county says so. */
export function practiseObjection(devices: DevicesDoor): void {
  /** The answer is given: what it says happens, in its transaction. */
  const answer = async (m: Moment, verdict: Verdict): Promise<void> => {
    await answered(m, verdict)
    if (verdict === 'uphold') return
    if (m.cause) await markSetAside(m, m.cause.id, m.matter.id, m.now)
    if (verdict === 'revoke') await undo(m, devices)
    else if (m.origin?.kind === 'leave') await decideLeaveAnew(m, m.origin.id, 'changed')
  }

  declarePractice('objection', {
    weigh: async (w) => {
      const contested = await contestedBy(w)
      if (!contested || contested.person !== w.person?.id) return refuse(CauseMissing)
      const { zh: name, en: nameEn } = contested.name
      if (!contested.open) return refuse(NotContestable, { name, nameEn })
      if (await objectionTo(w.db, contested.person ?? '', contested.id)) return refuse(Contested, { name, nameEn })
      const by = plusDays(w.today, w.law.number('SET-31', 10))
      const next = await nextOf(w)
      const above = await decidedAbove(w)
      return [
        ...(above ? [aboveHint(w, above)] : []),
        hint(
          w.law,
          'must',
          'PEN-10',
          `由县级另行指定人员审查，${by} 前书面答复；作出或参与原决定的人不得审查。`,
          `Somebody of the county who had no hand in the decision reviews it and answers in writing by ${by}.`,
        ),
        hint(
          w.law,
          'careful',
          'PEN-10',
          '异议不当然停止原决定的执行；暂缓执行须由县级决定并写入答复。',
          'An objection does not stop the decision by itself; only the county may let it rest, and says so in the answer.',
        ),
        hint(w.law, 'careful', 'PEN-10', next.zh, next.en),
        hint(
          w.law,
          'good',
          'SUP-01',
          '对答复仍不服的，本人可向人民检察院提出。',
          'Who is not satisfied with the answer may turn to the procuratorate.',
        ),
      ]
    },
    advise: async (w) => {
      const { step } = w.matter
      const above = step === 'review' ? await decidedAbove(w) : null
      const next = step === 'review' || (step && isAbove(step)) ? await nextOf(w) : null
      const said = step === 'carry' ? verdictOf(w, undefined) : null
      const words = verdicts.find(({ id }) => id === said)
      return [
        ...(above ? [aboveHint(w, above)] : []),
        ...(words ? [hint(w.law, 'must', 'PEN-10', `上级决定：${words.zh}。`, `The level above: ${words.en}.`)] : []),
        hint(
          w.law,
          'careful',
          'PEN-10',
          `最迟 ${legalDayOf(endOfLegalDay(plusDays(legalDayOf(w.matter.opened_at.getTime()), w.law.number('SET-31', 10))) - 1)} 答复；审查期间原决定继续执行，除非另行决定暂缓。`,
          'The decision goes on during the review unless it is decided otherwise.',
        ),
        ...(next ? [hint(w.law, 'must', 'PEN-10', next.zh, next.en)] : []),
      ]
    },
    route: (m, step, way) => {
      const said = step === 'carry' ? verdictOf(m, way) : null
      return said ? toldAt[said] : undefined
    },
    leads: async (m, step, way) =>
      step === 'review' && way === 'passUp' ? ((await decidedAbove(m)) ?? undefined) : undefined,
    check: async (m, step, way) => {
      if (step === 'review') {
        if ((await contestedBy(m))?.hands.includes(m.by.id)) return refuse(DeciderHimself)
        const above = await decidedAbove(m)
        if (above && (way === 'change' || way === 'revoke'))
          return refuse(DecidedAbove, { who: aboveWords[above].zh, whoEn: aboveWords[above].en })
        if (!above && way === 'passUp') return refuse(DecidedHere)
      }
      if (step.startsWith('tell') && m.form.wayOn !== true) return refuse(WayOnUntold)
      return undefined
    },
    on: {
      ...Object.fromEntries(
        verdicts.flatMap(({ id }) =>
          ['review', 'bureauHead'].map((step) => [`${step}:${id}`, (m: Moment) => answer(m, id)]),
        ),
      ),
      'carry:answer': async (m) => {
        const said = verdictOf(m, undefined)
        if (said) await answer(m, said)
      },
      'end:withdrawn': takenBack,
    },
    blanks: async (m, _paper, way) => {
      const contested = await contestedBy(m)
      const verdict = verdictOf(m, way)
      const setAside = verdict === 'change' || verdict === 'revoke'
      const { review, bureauHead, carry } = m.forms
      const result = verdicts.find(({ id }) => id === verdict)
      return {
        ...(result ? { 审批结果: result.zh } : {}),
        ...noticeBlanks(m, {
          about: `对${contested?.about ?? ''}的异议`,
          why: textOf(carry ?? bureauHead ?? review, 'answer'),
          must: [
            m.forms.review?.meanwhile === 'rested'
              ? '审查期间原决定暂缓执行，自本答复之日起按答复办理'
              : '审查期间原决定继续执行，自本答复之日起按答复办理',
            ...(setAside && m.origin?.kind === 'leave'
              ? [(await nextForLeave(m, m.origin.id, verdict ?? undefined)).zh]
              : []),
            '对本答复不服的，可以向人民检察院提出',
          ],
          basis: ['PEN-10', 'SUP-01'],
        }),
      }
    },
  })
}

/** What a revoked decision takes with it: the term of a device ends, a leave is decided anew, a proposal is taken back. */
async function undo(m: Moment, devices: DevicesDoor): Promise<void> {
  const answer = textOf(m.form, 'answer')
  if (m.origin?.kind === 'leave') await decideLeaveAnew(m, m.origin.id, 'revoked')
  else if (m.origin?.kind === 'term' || m.cause?.kind === 'deviceUse') {
    const term = m.origin ? await devices.term(m.db, m.origin.id) : await devices.termOf(m.db, m.cause?.id ?? '')
    if (term?.state === 'running') await removeDevice(devices, m, answer)
  } else {
    const end = takenBackAs(m)
    if (m.cause && end) await mattersIn(m, m.house).settle(m.cause.id, end, answer, m.by)
  }
}
