import type { Post, Procedure, Step, Way } from '@zhijiao/contract/procedures/describe'
import { registerStep, settled, withdrawn } from '@zhijiao/contract/procedures/describe'
import { mayApprove } from '@zhijiao/law/competence'
import { isRole, type Role } from '@zhijiao/law/roles'
import type { RuleId } from '@zhijiao/law/rule'
import { type Refusal, refuse } from '../core/refusals.ts'
import * as says from './refusals.ts'

/** Who acts: the posts he holds and the unit he holds them in. */
export interface Hand {
  readonly id: string
  readonly roles: readonly string[]
  readonly unit: string
  /** The partner organ he acts for, where he is of one. */
  readonly organ?: string
}

/** A matter as far as deciding about its next passage needs it. */
export interface Standing {
  readonly org: string
  readonly otherOrg: string | null
  readonly step: string | null
  readonly end: string | null
  readonly openedBy: string | null
  /** The partner organ from whose desk it came. */
  readonly organ: string | null
  readonly passages: readonly Passed[]
}

export interface Passed {
  readonly step: string
  readonly way: string
  /** The step or the end that it led to. */
  readonly to: string
  readonly by: string | null
}

/** What stands in for a post: a head does what his people do, the county agency's head what the agency does. */
const standIns: Readonly<Record<Post, readonly Role[]>> = {
  officer: ['officer', 'officeHead'],
  officeHead: ['officeHead'],
  county: ['county', 'countyHead'],
  countyHead: ['countyHead'],
  bureauHead: ['bureauHead'],
  city: ['city'],
  province: ['province'],
  procurator: ['procurator'],
}
const lengthOf: Readonly<Record<Post, number>> = {
  officer: 9,
  officeHead: 9,
  county: 6,
  countyHead: 6,
  bureauHead: 6,
  city: 4,
  province: 2,
  procurator: 6,
}

/** Post and unit of a step. A person whom the county holds itself has no office: its county does the office's part. */
export function holderOf(step: Step, org: string, otherOrg: string | null): { post: Post; unit: string } {
  const home = step.elsewhere && otherOrg ? otherOrg : org
  if (lengthOf[step.post] > home.length) return { post: 'county', unit: home.slice(0, 6) }
  return { post: step.post, unit: home.slice(0, lengthOf[step.post]) }
}

/**
 * Whether somebody holds the post of a step in its unit, or may help with it (a helper sees only what was handed to him); of
 * a decision also that the matrix lets the post decide.
 */
export function holds(step: Step, standing: Pick<Standing, 'org' | 'otherOrg' | 'organ'>, hand: Hand): boolean {
  if (step.organ && hand.organ) return standing.organ === hand.organ
  const { post, unit } = holderOf(step, standing.org, standing.otherOrg)
  return hand.roles
    .filter(isRole)
    .some(
      (role) =>
        (standIns[post].includes(role) || (step.kind !== 'decision' && step.helpers?.includes(role))) &&
        hand.unit === unit &&
        (step.kind !== 'decision' || !step.act || mayApprove(role, step.act)),
    )
}

/** The rule that counts a step's clock, given what the earlier forms say. */
export function clockRuleOf(step: Step, forms: FormsSoFar): RuleId | undefined {
  const { instead, rule } = step.clock ?? {}
  return instead && valueAt(instead.where, forms) === true ? instead.rule : rule
}

type FormsSoFar = Readonly<Record<string, { readonly [field: string]: unknown }>>

/** What `form.field` holds. */
export function valueAt(path: string, forms: FormsSoFar): unknown {
  const [form = '', field = ''] = path.split('.')
  return forms[form]?.[field]
}

export const stepOf = (procedure: Procedure, id: string | null): Step | undefined =>
  procedure.steps.find((step) => step.id === id)

/** Where a way leads: as its room says, among what the description names; else as usual. */
export function led(way: Way, said: string | undefined): string {
  if (said === undefined || said === way.to) return way.to
  if (way.or?.includes(said)) return said
  throw new Error(`${way.id} leads to ${way.to} and not to ${said}`)
}

export const postWords: Readonly<Record<Post, { zh: string; en: string }>> = {
  officer: { zh: '工作人员', en: 'an officer' },
  officeHead: { zh: '司法所负责人', en: 'the head of the judicial office' },
  county: { zh: '县级社区矫正机构工作人员', en: 'the staff of the county agency' },
  countyHead: { zh: '县级社区矫正机构负责人', en: 'the head of the county agency' },
  bureauHead: { zh: '县级司法行政部门负责人', en: 'the head of the county judicial administration' },
  city: { zh: '市级社区矫正机构工作人员', en: 'the staff of the city agency' },
  procurator: { zh: '检察监督人员', en: 'the supervising procurator' },
  province: { zh: '省级社区矫正机构工作人员', en: 'the staff of the provincial agency' },
}

/** The words of an end of this procedure. */
export function endWords(procedure: Procedure, id: string | null): { zh: string; en: string } {
  return [...procedure.ends, withdrawn, settled].find((end) => end.id === id) ?? { zh: '—', en: '—' }
}

/** Whether the present step is this caller's to work on. */
export function inHand(procedure: Procedure, standing: Standing, hand: Hand): Step | Refusal {
  const step = stepOf(procedure, standing.step)
  if (!step) {
    const { zh, en } = endWords(procedure, standing.end)
    return refuse(says.Over, { end: zh, endEn: en })
  }
  if (holds(step, standing, hand)) return step
  const { post, unit } = holderOf(step, standing.org, standing.otherOrg)
  return refuse(says.NotYours, { unit, post: postWords[post].zh, postEn: postWords[post].en })
}

/** Whether somebody could take a way on: the step is his post's, and of a decision he neither registered nor spoke for it. */
export function mayActIn(procedure: Procedure, standing: Standing, hand: Hand): boolean {
  const step = stepOf(procedure, standing.step)
  if (!step) return true
  return holds(step, standing, hand) && !(step.kind === 'decision' && spokeFor(procedure, standing, hand.id))
}

/**
 * Whether a way may be taken. A decision is made by somebody who neither registered the matter nor spoke for it since
 * it last came back: two pairs of eyes. A way back, a refusal and whatever declines asks for a reason.
 */
export function take(
  procedure: Procedure,
  standing: Standing,
  hand: Hand,
  wish: { readonly way: string; readonly note: string },
): { readonly step: Step; readonly way: Way } | Refusal {
  const step = inHand(procedure, standing, hand)
  if (!('ways' in step)) return step
  const way = step.ways.find((w) => w.id === wish.way)
  if (!way) return refuse(says.WayUnknown, { step: step.zh, stepEn: step.en })
  if (step.kind === 'decision' && way.tone !== 'back' && spokeFor(procedure, standing, hand.id))
    return refuse(says.OwnProposal)
  if (way.tone !== 'on' && wish.note.trim() === '') return refuse(says.ReasonNeeded, { way: way.zh, wayEn: way.en })
  return { step, way }
}

function spokeFor(procedure: Procedure, { openedBy, passages }: Standing, id: string): boolean {
  return openedBy === id || spoken(procedure, passages).some((passage) => passage.by === id)
}

/**
 * The passages that speak for a matter as it stands, since it last came back: one that leads to an earlier step, or to its
 * own once more, undoes what was said from there on. Whoever sends it back speaks for nothing by that.
 */
export function spoken(procedure: Procedure, passages: readonly Passed[]): readonly Passed[] {
  const placeOf = (id: string) => procedure.steps.findIndex((step) => step.id === id)
  let said: Passed[] = []
  for (const passage of passages) {
    const [from, to] = [placeOf(passage.step), placeOf(passage.to)]
    const way = procedure.steps[from]?.ways.find(({ id }) => id === passage.way)
    if (to >= 0 && to <= from) said = said.filter(({ step }) => placeOf(step) < to)
    else if (way?.tone !== 'back') said.push(passage)
  }
  return said
}

/** Whoever began it may take it back while no decision was made; what was only passed on to whoever decides is none. */
export function mayWithdraw(procedure: Procedure, standing: Standing, hand: Hand, opener: string): true | Refusal {
  if (!standing.step) {
    const { zh, en } = endWords(procedure, standing.end)
    return refuse(says.Over, { end: zh, endEn: en })
  }
  if (standing.openedBy !== hand.id) return refuse(says.Stood, { name: opener })
  const decided = standing.passages.some(({ step, way }) => {
    const taken = stepOf(procedure, step)
    const { tone, passesOn } = taken?.ways.find((w) => w.id === way) ?? {}
    return taken?.kind === 'decision' && tone !== 'back' && !passesOn
  })
  return decided ? refuse(says.Decided) : true
}

/**
 * Whether the partner organ from whose desk it came may take it back: while it runs and has not reached the step that the
 * description names. `same`: it has done just that before.
 */
export function mayTakeBack(procedure: Procedure, standing: Standing, hand: Hand): 'now' | 'same' | Refusal {
  const { takenBack } = procedure
  if (!takenBack || !hand.organ || standing.organ !== hand.organ) return refuse(says.NotItsOrgan)
  if (standing.end === takenBack.to) return 'same'
  const reached = standing.step === takenBack.before || standing.passages.some((p) => p.step === takenBack.before)
  if (standing.step && !reached) return 'now'
  if (standing.step) return refuse(says.Decided)
  const { zh, en } = endWords(procedure, standing.end)
  return refuse(says.Over, { end: zh, endEn: en })
}

export interface PathStep {
  readonly step: string
  readonly state: 'done' | 'now' | 'ahead' | 'passedOver'
}

/**
 * The picture of the process: what was passed, where it stands, and the way ahead if everybody says yes. A step that
 * was come back from is ahead again.
 */
export function pathOf(procedure: Procedure, standing: Standing): readonly PathStep[] {
  const passed: string[] = []
  for (const { step, way } of standing.passages) {
    if (step === registerStep) continue
    const tone = stepOf(procedure, step)?.ways.find((w) => w.id === way)?.tone
    const before = passed.indexOf(step)
    if (before >= 0) passed.length = before
    // Taken back, or settled by something else: it was left there, not passed.
    if (tone && tone !== 'back') passed.push(step)
  }
  const at = standing.step === null ? -1 : passed.indexOf(standing.step)
  if (at >= 0) passed.length = at
  const path: PathStep[] = passed.map((step) => ({ step, state: 'done' }))
  const seen = new Set(passed)
  if (standing.step) {
    path.push({ step: standing.step, state: 'now' })
    seen.add(standing.step)
    for (let next = onward(procedure, standing.step); next && !seen.has(next); next = onward(procedure, next)) {
      path.push({ step: next, state: 'ahead' })
      seen.add(next)
    }
  } else for (const { id } of procedure.steps) if (!seen.has(id)) path.push({ step: id, state: 'passedOver' })
  return path
}

/** The step after this one if nobody objects; undefined at an end. */
function onward(procedure: Procedure, id: string): string | undefined {
  const to = stepOf(procedure, id)?.ways.find((w) => w.tone === 'on')?.to
  return stepOf(procedure, to ?? null)?.id
}

/** The fields that a list shows as columns. */
export function columnsOf(procedure: Procedure, register: { readonly [id: string]: unknown }): Record<string, unknown> {
  return Object.fromEntries(
    procedure.form.flatMap((f) => (f.column && register[f.id] !== undefined ? [[f.id, register[f.id]]] : [])),
  )
}
