import { type Entrustment, entrustments } from '@zhijiao/contract/entrustments'
import { assessment } from '@zhijiao/contract/procedures/intake/assessment'
import { code } from '@zhijiao/law/codes'
import type { Law } from '@zhijiao/law/in-force'
import { asSeenBy } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { notFound, refuse } from '../core/refusals.ts'
import { type Inside, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { citationOf } from '../core/tasks/shown.ts'
import { mattersIn } from '../procedures/index.ts'
import { CountyUnknown } from './refusals.ts'
import { type Entrusted, intakeStore } from './store.ts'

/** Where an assessment stands, in the words of the code table that courts and counties share. */
function stateOf({ step, end_id: end }: Pick<Entrusted, 'step' | 'end_id'>): string {
  if (end === 'returned') return '03'
  if (end) return '06'
  if (step === 'assign') return '01'
  return step === 'adoption' ? '04' : '05'
}

/** Other ends than an opinion are said by their own name. */
function saidOf(row: Entrusted) {
  const end = assessment.ends.find((e) => e.id === row.end_id)
  const item = code('assessmentState', stateOf(row))
  return { zh: end?.zh ?? item?.zh ?? '—', en: end?.en ?? item?.en ?? '—' }
}

const minutes = (from: Date, to: Date | null) =>
  to === null ? null : Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000))

function shown(row: Entrusted, law: Law): Entrustment {
  const opinion = code('assessmentOpinion', row.opinion?.opinion ?? '')
  return {
    id: row.id,
    county: row.org_code.slice(0, 6),
    countyName: row.county_name,
    who: row.who,
    state: stateOf(row),
    said: saidOf(row),
    form: row.register as Record<string, unknown>,
    dueAt: row.due_at?.toISOString() ?? null,
    citation: citationOf(law, row.register.fast === true ? 'INV-02' : 'INV-01'),
    opinion: opinion
      ? {
          code: opinion.code,
          said: { zh: opinion.zh, en: opinion.en },
          conclusion: String(row.opinion?.conclusion ?? ''),
        }
      : null,
    reason: row.reason || null,
    times: {
      receivedAt: row.opened_at.toISOString(),
      instructedAt: row.instructed_at?.toISOString() ?? null,
      opinionAt: row.signed_at?.toISOString() ?? null,
      minutesToInstruction: minutes(row.opened_at, row.instructed_at),
      minutesToOpinion: minutes(row.opened_at, row.signed_at),
    },
  }
}

async function one({ db }: Pick<Inside, 'db'>, id: string, law: Law): Promise<Entrustment> {
  const { rows } = await intakeStore(db).entrusted({ number: 1, size: 1 }, id)
  if (!rows[0]) throw notFound()
  return shown(rows[0], law)
}

/** What a court, the police or a prison does here itself: entrust, and see what became of it. */
export function entrustmentHandlers(house: House): KeptRoom {
  return keep(entrustments, {
    counties: (asked) => asked.inTransaction(({ db }) => intakeStore(db).counties(signedIn(asked).staff.org)),
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20 } = asked.query
        const { rows, total } = await intakeStore(db).entrusted({ number: page, size })
        asked.note({ rows: rows.length })
        return { items: rows.map((row) => shown(row, asked.circumstances.law)), total, page, size }
      }),
    get: (asked) => asked.inTransaction((inside) => one(inside, asked.params.id, asked.circumstances.law)),
    entrust: async (asked) => {
      const { staff, roles } = signedIn(asked)
      const { id, county, form } = asked.body
      const { now, today, law } = asked.circumstances
      const known = await asked.inTransaction(({ db }) => intakeStore(db).counties(staff.org))
      if (!known.some((c) => c.code === county))
        throw refuse(CountyUnknown, {}, [{ path: 'county', zh: '请从列表中选择县级机构', en: 'choose from the list' }])
      // It is laid on the county's desk through the county's eyes: the organ itself sees no row there, before or after.
      const begun = await asSeenBy(
        house.databases.api,
        { staff: staff.id, unit: county, reach: 'unit', classes: [] },
        async (db) => {
          const ledger = ledgerIn(db, house.chance, { id: staff.id, name: staff.name, lawRevision: law.revision })
          return mattersIn({ db, ledger }, house).begin(
            { kind: assessment.id, org: county, form: { ...form, receivedOn: today }, ...(id ? { id } : {}) },
            { id: staff.id, name: staff.name, roles, unit: county },
          )
        },
      )
      asked.note({ detail: { county, at: now } })
      return asked.inTransaction((inside) => one(inside, begun.id, law))
    },
  })
}
