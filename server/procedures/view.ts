import type { Hint, Matter, MatterRow as Shown } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { contestablePassage } from '@zhijiao/contract/procedures/describe'
import type { Law } from '@zhijiao/law/in-force'
import { Refusal } from '../core/refusals.ts'
import { citationOf, clockOf } from '../core/tasks/shown.ts'
import { type Hand, inHand, mayWithdraw, pathOf, stepOf, take } from './domain.ts'
import { KindUnknown } from './refusals.ts'
import { standingOf } from './standing.ts'
import type { ListedMatter, PassageRow } from './store.ts'

const asJson = (form: object) => form as Record<string, unknown>

export function rowShown(row: ListedMatter, law: Law, now: number): Shown {
  return {
    id: row.id,
    kind: row.kind,
    org: row.org_code,
    orgName: row.org_name ?? row.org_code,
    otherOrg: row.other_org,
    person:
      row.person_id && row.person_name !== null
        ? { id: row.person_id, name: row.person_name, number: row.person_number ?? '' }
        : null,
    who: row.who,
    step: row.step,
    end: row.end_id,
    holder:
      row.holder_role && row.holder_unit
        ? {
            post: row.holder_role,
            unit: row.holder_unit,
            unitName: row.holder_unit_name ?? row.holder_unit,
            staff: row.holder_id ? { id: row.holder_id, name: row.holder_name ?? '—' } : null,
          }
        : null,
    clock: clockOf(
      {
        state: row.end_id ? 'done' : 'open',
        delivered_at: row.entered_at,
        due_at: row.due_at,
        ended_at: row.ended_at,
        rule: row.rule,
        clock_rule: row.rule,
        clock_from: row.clock_waits ? null : '',
        due_on: null,
      },
      law,
      now,
    ),
    columns: asJson(row.shown),
    openedAt: row.opened_at.toISOString(),
    openedBy: row.opened_name,
    on: row.on_day,
    endedAt: row.ended_at?.toISOString() ?? null,
    imported: row.imported,
    revision: row.revision,
  }
}

export function matterShown(
  row: ListedMatter,
  passages: readonly PassageRow[],
  { related, origin }: Pick<Matter, 'related' | 'origin'>,
  hints: readonly Hint[],
  shut: Readonly<Record<string, Refusal>>,
  hand: Hand,
  law: Law,
  now: number,
): Matter {
  const procedure = procedureOf(row.kind)
  if (!procedure) throw new Refusal(KindUnknown, { kind: row.kind })
  const standing = standingOf(row, passages)
  const mine = !(inHand(procedure, standing, hand) instanceof Refusal)
  return {
    ...rowShown(row, law, now),
    register: asJson(row.register),
    draft: mine ? asJson(row.draft) : {},
    passages: passages.map((p) => ({
      id: p.id,
      step: p.step,
      way: p.way,
      to: p.to_step,
      by: p.by_id ? { id: p.by_id, name: p.by_name } : null,
      byName: p.by_name,
      at: p.at.toISOString(),
      note: p.note,
      form: asJson(p.form),
      citations: p.cites.flatMap((rule) => citationOf(law, rule) ?? []),
    })),
    ways: (stepOf(procedure, row.step)?.ways ?? []).map((way) => {
      // The reason is asked for where it is written; here only who may.
      const taken = shut[way.id] ?? take(procedure, standing, hand, { way: way.id, note: '…' })
      return {
        id: way.id,
        open: !(taken instanceof Refusal),
        why: taken instanceof Refusal ? said(taken, row.holder_unit_name) : null,
      }
    }),
    mayWithdraw: mayWithdraw(procedure, standing, hand, row.opened_name) === true,
    hints: [...hints],
    path: [...pathOf(procedure, standing)],
    related,
    origin,
    contestable:
      contestablePassage(procedure, passages) !== undefined &&
      !related.some((r) => r.kind === 'objection' && r.how === 'led' && r.end !== 'withdrawn'),
    lawRevision: row.law_revision,
  }
}

/** A refusal in words; the unit that has it in hand by its name. */
function said({ kind, data }: Refusal, unit: string | null): { zh: string; en: string } {
  const filling = { ...data, ...(unit && 'unit' in data ? { unit } : {}) } as Readonly<Record<string, unknown>>
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(filling[name] ?? '—'))
  return { zh: fill(kind.zh), en: fill(kind.en) }
}
