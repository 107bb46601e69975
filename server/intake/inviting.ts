import { halfNamed } from '../core/apart.ts'
import { tasksIn } from '../core/tasks.ts'
import type { Moment, Weighing } from '../procedures/index.ts'

/** Who is invited through an account of his own: the community's police officer and the village or residents' committee. */
export const invitees = {
  police: { kind: 'announcement.police', role: 'communityPolice' },
  village: { kind: 'announcement.village', role: 'villageCommittee' },
} as const
export type Invitee = keyof typeof invitees
const each = Object.entries(invitees) as [Invitee, (typeof invitees)[Invitee]][]

/** The name of a minor, or of whoever has a sealed record, goes no further than it must (Law 54, CPL 286). */
const nameFor = ({ person }: Pick<Moment, 'person'>) =>
  person?.minor || person?.sealed ? halfNamed(person.name) : (person?.name ?? '—')

const local = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** The invitation stands on the desk of whoever has the post at the office; taking it up is the receipt. */
export async function invite(m: Moment, at: string): Promise<void> {
  const tasks = tasksIn(m.db, m.house, m.ledger)
  const where = String(m.forms.register?.where ?? '')
  for (const [, { kind, role }] of each)
    await tasks.open({
      kind,
      org: m.matter.org_code,
      // They are told of the meeting; the file stays closed to them.
      person: null,
      subject: m.matter.id,
      title: {
        zh: `参加入矫宣告：${nameFor(m)}，${local(at)}，${where}`,
        en: `Attend the announcement of ${nameFor(m)}, ${local(at)}, ${where}`,
      },
      dueAt: Date.parse(at),
      rule: 'INT-01',
      ownerRole: role,
      unit: m.matter.org_code,
    })
}

const running = (w: Pick<Weighing, 'db'>, matter: string) =>
  w.db
    .selectFrom('task')
    .select(['id', 'kind', 'owner_id', 'claimed_at', 'state'])
    .where('subject_id', '=', matter)
    .where(
      'kind',
      'in',
      each.map(([, i]) => i.kind),
    )
    .where('state', 'in', ['open', 'claimed'])
    .execute()

const whoOf = (kind: string) => each.find(([, i]) => i.kind === kind)?.[0]

/** Those whom the platform reached: somebody holds the post and has the invitation. */
export async function reachedByPlatform(m: Moment): Promise<readonly Invitee[]> {
  const rows = await running(m, m.matter.id)
  return rows.flatMap((r) => (r.owner_id ? (whoOf(r.kind) ?? []) : []))
}

/** What became of the invitations: confirmed by whoever took his up. */
export async function answers(
  w: Pick<Weighing, 'db'> & { readonly matter: { readonly id: string } },
): Promise<readonly { readonly who: Invitee; readonly confirmed: boolean }[]> {
  const rows = await running(w, w.matter.id)
  return rows.flatMap((r) => {
    const who = whoOf(r.kind)
    return who && r.owner_id ? [{ who, confirmed: r.claimed_at !== null }] : []
  })
}

/** The meeting is over, put off or called off: nobody is expected any more. */
export async function settle(m: Moment, outcome: 'held' | 'postponed' | 'changed' | 'cancelled'): Promise<void> {
  const tasks = tasksIn(m.db, m.house, m.ledger)
  for (const [, { kind }] of each) {
    const task = await tasks.of(kind, m.matter.id)
    if (!task) continue
    await (outcome === 'held' ? tasks.finish(task, outcome) : tasks.cancel(task, outcome))
  }
}
