import { alarmKinds } from '@zhijiao/contract/alarms'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import type { House } from '../../core/house.ts'
import { announce } from '../../core/live.ts'
import { Changed, refuse } from '../../core/refusals.ts'
import { type Asked, type KeptRoom, keep, signedIn } from '../../core/room.ts'
import { isAlarmKind, type KindRow, kindNames, kindsFor } from '../kinds.ts'
import { KindKeepsOn, KindUnknown } from './refusals.ts'

interface Change {
  readonly org_code: string
  readonly kind: string
  readonly note: string
  readonly revision: number
  readonly changed_by: string | null
  readonly changed_by_name: string | null
  readonly changed_at: Date | null
}

async function changes(db: ScopedDb): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select org_code, kind, note, revision, changed_by, zj_staff_name(changed_by) as changed_by_name, changed_at
    from alarm_kind`.execute(db)
  return rows
}

function shown(row: KindRow, change: Change | undefined) {
  return {
    kind: row.kind,
    name: row.name,
    from: row.from,
    level: row.level,
    enabled: row.enabled,
    clockMin: row.clockMin,
    ladderS: row.ladderS,
    toPerson: row.toPerson,
    toOfficer: row.toOfficer,
    parameters: row.parameters,
    keepsOn: row.keepsOn,
    note: change?.note ?? '',
    changedBy: change?.changed_by ? { id: change.changed_by, name: change.changed_by_name ?? '' } : null,
    changedAt: change?.changed_at?.toISOString() ?? null,
    revision: change?.revision ?? 0,
  }
}

/** The alarm kinds table (报警类型表): what ships, and over it what the nearest unit has set. */
export function kindHandlers(house: House): KeptRoom {
  const table = async (db: ScopedDb, org: string) => {
    const [kinds, changed] = [await kindsFor(db, org), await changes(db)]
    return kindNames.map((name) => {
      const row = kinds[name]
      return shown(
        row,
        changed.find((c) => c.kind === name && c.org_code === row.from && row.from !== ''),
      )
    })
  }
  const unit = (asked: Pick<Asked, 'who'>) => signedIn(asked).staff.org

  return keep(alarmKinds, {
    list: (asked) => asked.inTransaction(({ db }) => table(db, unit(asked))),
    edit: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const { kind } = asked.params
        const org = unit(asked)
        if (!isAlarmKind(kind)) throw refuse(KindUnknown)
        // One editor after the other, whether or not the unit has a row yet.
        await sql`select pg_advisory_xact_lock(hashtext(${`alarm_kind ${org} ${kind}`}))`.execute(db)
        const before = (await table(db, org)).find((k) => k.kind === kind)
        if (!before) throw refuse(KindUnknown)
        const { body } = asked
        if (body.revision !== before.revision) throw refuse(Changed, { revision: before.revision })
        if (before.keepsOn && !body.enabled) throw refuse(KindKeepsOn, { name: before.name.zh })
        const own = before.from === org ? before.revision : 0
        await sql`
          insert into alarm_kind (kind, org_code, level, enabled, clock_min, ladder_s, to_person_zh, to_officer_zh,
            to_person_en, to_officer_en, parameters, note, changed_by, changed_at, revision)
          values (${kind}, ${org}, ${body.level}, ${body.enabled}, ${body.clockMin}, ${body.ladderS}, ${body.toPerson.zh},
            ${body.toOfficer.zh}, ${body.toPerson.en}, ${body.toOfficer.en}, ${JSON.stringify(before.parameters)}::jsonb,
            ${body.note}, ${signedIn(asked).staff.id}::uuid, ${new Date(house.chance.now())}, ${own + 1})
          on conflict (kind, org_code) do update set level = excluded.level, enabled = excluded.enabled,
            clock_min = excluded.clock_min, ladder_s = excluded.ladder_s, to_person_zh = excluded.to_person_zh,
            to_officer_zh = excluded.to_officer_zh, to_person_en = excluded.to_person_en,
            to_officer_en = excluded.to_officer_en, note = excluded.note, changed_by = excluded.changed_by,
            changed_at = excluded.changed_at, revision = excluded.revision`.execute(db)
        const after = (await table(db, org)).find((k) => k.kind === kind)
        if (!after) throw refuse(KindUnknown)
        const bare = ({ level, enabled, clockMin, ladderS, toPerson, toOfficer }: typeof after) => ({
          level,
          enabled,
          clockMin,
          ladderS,
          toPerson: { ...toPerson },
          toOfficer: { ...toOfficer },
        })
        await ledger.append({
          kind: 'alarmKind.changed',
          org,
          subject: `alarm kind ${kind}`,
          payload: { kind, why: body.note, from: bare(before), to: bare(after) },
        })
        await announce(db, { topic: 'system', id: signedIn(asked).staff.id, org, what: 'alarmKindChanged' })
        return after
      }),
  })
}
