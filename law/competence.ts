/**
 * Who does what (职权): for every act of the permission matrix who proposes, who decides, who carries it out and who is
 * told. Cells that decide are statutory; the others are recommended (handbook §6).
 */
import data from './data/permission-matrix.json' with { type: 'json' }
import { type Role, roles } from './roles.ts'

export type Act = keyof typeof data

/** Roles of the matrix: staff and partners, the supervised person, the guardian or guarantor. */
export type Party = Role | 'subject' | 'guardian'

export interface Competence {
  readonly act: Act
  readonly zh: string
  readonly en: string
  readonly proposes: readonly Party[]
  /** Decides, or approves. Where an organ outside decides, that is `partnerOrgan`. */
  readonly approves: readonly Party[]
  readonly carriesOut: readonly Party[]
  readonly told: readonly Party[]
  readonly views: readonly Party[]
  /** Settles a dispute between two agencies of the level below. */
  readonly settlesDisputes: readonly Party[]
  /** Conditions on a cell, in the matrix's words: 受委托, 本所, 名下, 专人 … */
  readonly remarks: Readonly<Partial<Record<Party, string>>>
  readonly source: string
}

interface Cell {
  readonly acts: string
  readonly remark: string | null
}

const rows: Readonly<Record<Act, { zh: string; en: string; cells: Partial<Record<Party, Cell>>; source: string }>> =
  data

export const acts = Object.keys(data) as readonly Act[]

/** What the matrix says of one act. The head of the county agency acts wherever the county agency does. */
export function competenceFor(act: Act): Competence {
  const { zh, en, cells, source } = rows[act]
  const parties = (Object.entries(cells) as [Party, Cell][]).flatMap(([party, cell]): [Party, Cell][] =>
    party === 'county'
      ? [
          ['county', cell],
          ['countyHead', cell],
        ]
      : [[party, cell]],
  )
  const whose = (letter: string) =>
    parties.filter(([, { acts: letters }]) => letters.includes(letter)).map(([party]) => party)
  return {
    act,
    zh,
    en,
    proposes: whose('P'),
    approves: whose('A'),
    carriesOut: whose('X'),
    told: whose('N'),
    views: whose('V'),
    settlesDisputes: whose('D'),
    remarks: Object.fromEntries(parties.flatMap(([party, { remark }]) => (remark === null ? [] : [[party, remark]]))),
    source,
  }
}

export function mayPropose(role: Role, act: Act): boolean {
  return competenceFor(act).proposes.includes(role)
}

export function mayApprove(role: Role, act: Act): boolean {
  return competenceFor(act).approves.includes(role)
}

/**
 * Whether one account may hold a post for every unit below its seat, up from the office to the county: a post that reaches
 * only what is handed to it, and to which the matrix gives no act to decide, propose or carry out. Every other post acts in
 * its own unit alone.
 */
export function holdsBelow(role: Role): boolean {
  return (
    roles[role].reach === 'handed' &&
    acts.every((act) => {
      const { approves, proposes, carriesOut } = competenceFor(act)
      return ![...approves, ...proposes, ...carriesOut].includes(role)
    })
  )
}
