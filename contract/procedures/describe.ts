import type { CodeSetName, CorrectionCategory } from '@zhijiao/law/codes'
import type { Act } from '@zhijiao/law/competence'
import type { Permission } from '@zhijiao/law/permissions'
import type { Role } from '@zhijiao/law/roles'
import type { RuleId } from '@zhijiao/law/rule'

/**
 * How a business (业务) of the county is described: what is registered, through whose hands it goes, by when, with which
 * papers. The server runs any description, the console draws any; a new business is a description and, where it changes
 * something outside itself, a practice in its room.
 */

export interface Words {
  readonly zh: string
  readonly en: string
}

interface FieldBase extends Words {
  readonly id: string
  readonly required?: boolean
  /** One line under the field. */
  readonly help?: Words
  /** Asked only when another field of the same form has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly (string | boolean)[] }
  /** Shown as a column of the list. */
  readonly column?: boolean
  /** Blank of the documents it fills, by its official Chinese label; default the field's own `zh`. */
  readonly blank?: string
}

/** What is asked for on a form. Values are plain JSON: strings, numbers, booleans, arrays of them, rows as objects. */
export type Field = FieldBase &
  (
    | { readonly kind: 'text' | 'long'; readonly max?: number }
    /**
     * Civil date of Asia/Shanghai, or an instant; `past` takes now and earlier, `future` now and later. `after` names an
     * earlier field of the form that it does not come before.
     */
    | { readonly kind: 'day' | 'moment'; readonly limit?: 'past' | 'future'; readonly after?: string }
    | { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly unit?: Words }
    | { readonly kind: 'flag' }
    | {
        readonly kind: 'code'
        readonly set: CodeSetName
        readonly many?: boolean
        /** Codes that go with one category (矫正类别) each: those of the person's are offered, and no others of the set. */
        readonly byCategory?: Readonly<Record<string, CorrectionCategory>>
      }
    | {
        readonly kind: 'choice'
        readonly choices: readonly (Words & { readonly id: string })[]
        readonly many?: boolean
      }
    /** Ids of files kept under the matter. */
    | { readonly kind: 'files'; readonly least?: number }
    /** A table filled row by row. */
    | { readonly kind: 'rows'; readonly fields: readonly Field[]; readonly least?: number; readonly most?: number }
    /** A unit, by its code. */
    | { readonly kind: 'unit'; readonly level?: 'county' | 'office' }
    /** A colleague, by id. */
    | { readonly kind: 'staff' }
    /** Facts of this person's ledger or episodes that it rests on, by id. */
    | { readonly kind: 'facts' }
    /** An earlier matter of the same person, by id. */
    | { readonly kind: 'matter'; readonly of: readonly string[] }
    /** A point on the ground: a `Place`. */
    | { readonly kind: 'place' }
  )

/** How a point was found: picked on a map, by the phone or browser on the spot, typed, the residence of the file. */
export const placeSources = ['map', 'phone', 'typed', 'residence'] as const

/** A point on the ground, always WGS-84, with how it was found and how sure that is. */
export interface Place {
  readonly lat: number
  readonly lon: number
  /** Radius in metres as the receiver gave it; absent: nobody knows. */
  readonly accuracyM?: number
  readonly source: (typeof placeSources)[number]
  /** When a receiver measured it. */
  readonly at?: string
}

/** Which post has it in hand. The unit is the person's own office, its county, city or province. */
export type Post = Extract<
  Role,
  'officer' | 'officeHead' | 'county' | 'countyHead' | 'bureauHead' | 'city' | 'province' | 'procurator'
>

/** A way out of a step. */
export interface Way extends Words {
  readonly id: string
  /** The next step, or the end it comes to. */
  readonly to: string
  /** Where it leads instead when the room says so, by competence or by what was filled in. */
  readonly or?: readonly string[]
  /** `back` returns for correction, `no` declines; both ask for a reason. */
  readonly tone: 'on' | 'back' | 'no'
  /** Documents drafted when this way is taken, D01–D37. */
  readonly papers?: readonly string[]
  /** Rules it rests on. */
  readonly cites?: readonly RuleId[]
  /** Asked in words before it is done: it cannot be undone. */
  readonly confirm?: Words
  /** Against what it decides for the person, the person may object (异议, IM 32): a refusal, a sanction, a proposal that was signed. */
  readonly contestable?: true
  /** Of a decision: brings it before whoever decides and decides nothing itself, so that it may still be taken back. */
  readonly passesOn?: true
}

export interface Step extends Words {
  readonly id: string
  /** `work` is done, an `opinion` is given, a `decision` binds, `outside` waits for another organ's answer. */
  readonly kind: 'work' | 'opinion' | 'decision' | 'outside'
  readonly post: Post
  /** Who may carry it out besides its post, when it is handed to him; never of a decision. */
  readonly helpers?: readonly Role[]
  /** The other county's hands (change of place): the unit that the practice put into `otherOrg`. */
  readonly elsewhere?: boolean
  /** Another organ that began the matter from its own desk answers here itself; the post enters what comes on paper. */
  readonly organ?: true
  /** Row of the permission matrix that makes the post competent; a decision names one. */
  readonly act?: Act
  readonly form?: readonly Field[]
  /**
   * Legal clock; counted from the step's beginning or from a day that a form gives (`register.receivedOn`), of several
   * the first that gives one.
   */
  readonly clock?: {
    readonly rule: RuleId
    readonly from?: string | readonly string[]
    /** Another rule where a flag of an earlier form is set (`register.fast`): the fast-track procedure. */
    readonly instead?: { readonly where: string; readonly rule: RuleId }
  }
  /** Days that the operator sets where no law names a number: a setting, and the rule that asks for an answer if one does. */
  readonly within?: {
    readonly setting: string
    readonly days: number
    readonly rule?: RuleId
    /** A day of an earlier form (`register.replyBy`) that goes before the days set, where it was given. */
    readonly until?: string
    /** Counted from the day the matter began, so that a later step has no time of its own; from the day its room says, where it was asked once more. */
    readonly opening?: true
  }
  /** Its papers are the holder's own: his unit's letterhead, number and seal, not the county's. */
  readonly issues?: true
  readonly ways: readonly Way[]
}

export interface End extends Words {
  readonly id: string
  readonly tone: 'good' | 'no' | 'plain'
}

export type ProcedureRoom = 'intake' | 'care' | 'permits' | 'conduct' | 'ending' | 'oversight'

export interface Procedure extends Words {
  readonly id: string
  readonly room: ProcedureRoom
  /** One sentence: what it is for. */
  readonly says: Words
  /** A file of a supervised person, somebody who is not supervised (yet), or one or nobody. */
  readonly about: 'person' | 'outsider' | 'either'
  /** States of the person in which it may begin; default awaiting, inCorrection, missing, detained. */
  readonly whileIn?: readonly string[]
  /** At most one running at a time for one person. */
  readonly once?: boolean
  /** Permission to register it. */
  readonly may: Permission
  readonly cites: readonly RuleId[]
  /** The form that begins it. */
  readonly form: readonly Field[]
  /** Registering it is all there is to it: it ends at once as `recorded`. */
  readonly steps: readonly Step[]
  readonly ends: readonly End[]
  /** Papers drafted when it is registered. */
  readonly papers?: readonly string[]
  /** It is against a decision about the person, which the form asks for: a way of another business that is contestable, or a decision of a room's own. */
  readonly against?: true
  /** Its end when another organ, from whose desk it came, takes it back; not once the step `before` is reached. */
  readonly takenBack?: { readonly before: string; readonly to: string }
  /** Kind of data kept apart from the ordinary file. */
  readonly class?: 'psychology' | 'complaints'
}

/** A description as its room writes it; a slip in it stops the program at its start, not at a desk. */
export function procedure(is: Procedure): Procedure {
  const at = (what: string) => new Error(`procedure ${is.id}: ${what}`)
  const steps = new Set(is.steps.map((s) => s.id))
  const ends = new Set(is.ends.map((e) => e.id))
  if (steps.size !== is.steps.length || ends.size !== is.ends.length) throw at('two of one name')
  for (const step of is.steps) {
    if (step.kind === 'decision' && !step.act) throw at(`${step.id} decides under no row of the matrix`)
    if (step.organ && step.kind !== 'outside') throw at(`${step.id} is no answer of another organ`)
    if (step.ways.length === 0) throw at(`${step.id} leads nowhere`)
    if (step.issues && step.ways.some((w) => w.papers && ends.has(w.to)))
      throw at(`${step.id} ends before its papers are issued`)
    for (const way of step.ways) {
      for (const to of [way.to, ...(way.or ?? [])])
        if (!steps.has(to) && !ends.has(to)) throw at(`${way.id} leads to ${to}`)
      if (way.contestable && is.about !== 'person') throw at(`${way.id} decides for nobody on file`)
    }
  }
  if (is.takenBack && !(steps.has(is.takenBack.before) && ends.has(is.takenBack.to)))
    throw at('nobody can take it back so')
  for (const form of [is.form, ...is.steps.map((s) => s.form ?? [])]) checkForm(form, at)
  return is
}

function checkForm(form: readonly Field[], at: (what: string) => Error): void {
  const ids = new Set<string>()
  for (const field of form) {
    if (ids.has(field.id)) throw at(`field ${field.id} twice`)
    ids.add(field.id)
    if (field.when && !ids.has(field.when.field)) throw at(`${field.id} depends on a later field`)
    if ((field.kind === 'day' || field.kind === 'moment') && field.after) {
      const before = form.find((f) => f.id === field.after)
      if (before?.kind !== field.kind || !ids.has(before.id))
        throw at(`${field.id} comes after no earlier ${field.kind}`)
    }
    if (field.kind === 'rows') checkForm(field.fields, at)
  }
}

/** Of what was passed, the latest that decided something the person may object to. */
export function contestablePassage<P extends { readonly step: string; readonly way: string }>(
  procedure: Procedure | undefined,
  passages: readonly P[],
): P | undefined {
  return passages.findLast(
    (p) => procedure?.steps.find((s) => s.id === p.step)?.ways.find((w) => w.id === p.way)?.contestable,
  )
}

/** Ends that most businesses share. */
export const approved: End = { id: 'approved', zh: '已批准', en: 'Approved', tone: 'good' }
export const refused: End = { id: 'refused', zh: '未批准', en: 'Refused', tone: 'no' }
export const done: End = { id: 'done', zh: '已办结', en: 'Done', tone: 'good' }
/** Taken back by whoever began it; every business has it. */
export const withdrawn: End = { id: 'withdrawn', zh: '已撤回', en: 'Withdrawn', tone: 'plain' }
/** Settled because the correction itself ended; every business has it. */
export const settled: End = {
  id: 'settled',
  zh: '因矫正结束而了结',
  en: 'Settled as the correction ended',
  tone: 'plain',
}
/** A plain record: registered, and that is all. */
export const recorded: End = { id: 'recorded', zh: '已登记', en: 'Recorded', tone: 'good' }

/** The step of the register form in a matter's forms. */
export const registerStep = 'register'
