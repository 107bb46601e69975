import type { Static } from '@zhijiao/contract/kernel'
import type { Recovery } from '@zhijiao/contract/orgs'
import { isAdministrator, isRole } from '@zhijiao/law/roles'
import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import type { ScopedDb } from '../core/db.ts'
import { notFound, refuse } from '../core/refusals.ts'
import type { Circumstances } from '../core/room.ts'
import { keepsAccounts } from './domain.ts'
import { RecoveryKeeper, RecoveryOpen, RecoverySame, RecoverySettled } from './refusals.ts'

declare module '../core/tables.ts' {
  interface Tables {
    recovery: {
      id: string
      staff_id: string
      reason: string
      about: Shown['about']
      /** Asked by a security administrator or head. */
      by_keeper: boolean
      requested_by: string
      requested_at: Date
      approved_by: string | null
      approved_at: Date | null
      refused_at: Date | null
      used_at: Date | null
      decided_by: string | null
    }
  }
}

type Shown = Static<typeof Recovery>
type State = Shown['state']

/**
 * What somebody signs in with comes back when one person asks and another agrees; neither is whoever lost it. So the three
 * administrators, of whom there may be one each, are the two people for the third.
 */
export const recoveryStore = (db: ScopedDb) => {
  const where = (state?: State) => {
    const all = db
      .selectFrom('recovery')
      .innerJoin('staff', 'staff.id', 'recovery.staff_id')
      .leftJoin('staff as asker', 'asker.id', 'recovery.requested_by')
      .leftJoin('staff as decider', 'decider.id', 'recovery.decided_by')
    if (state === 'approved') return all.where('approved_at', 'is not', null)
    if (state === 'refused') return all.where('refused_at', 'is not', null)
    if (state === 'asked') return all.where('approved_at', 'is', null).where('refused_at', 'is', null)
    return all
  }
  const select = (state?: State) =>
    where(state).select([
      'recovery.id',
      'recovery.about',
      'recovery.reason',
      'recovery.requested_by',
      'recovery.requested_at',
      'recovery.approved_at',
      'recovery.refused_at',
      'staff.id as staff_id',
      'staff.name',
      'staff.login',
      'staff.org_code',
      'asker.name as asker_name',
      'decider.name as decider_name',
    ])
  const shown = (r: Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>): Shown => ({
    id: r.id,
    about: r.about,
    staff: { id: r.staff_id, name: r.name, login: r.login, org: r.org_code },
    reason: r.reason,
    state: r.approved_at ? 'approved' : r.refused_at ? 'refused' : 'asked',
    requestedBy: r.asker_name ?? '—',
    requestedById: r.requested_by,
    requestedAt: r.requested_at.toISOString(),
    decidedBy: r.decider_name,
    decidedAt: (r.approved_at ?? r.refused_at)?.toISOString() ?? null,
  })
  const get = async (id: string) =>
    shown(await select().where('recovery.id', '=', id).executeTakeFirstOrThrow(notFound))
  const rolesOf = async (staff: string) =>
    (await db.selectFrom('staff_role').select('role').where('staff_id', '=', staff).execute()).map((r) => r.role)
  return {
    get,
    async page(state: State | undefined, page: number, size: number) {
      const { n } = await where(state).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
      const rows = await select(state)
        .orderBy('recovery.requested_at', 'desc')
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return { items: rows.map(shown), total: Number(n), page, size }
    },
    async ask(
      staffId: string,
      { about, reason }: { readonly about: Shown['about']; readonly reason: string },
      who: Session,
      circumstances: Circumstances,
    ): Promise<string> {
      const open = await db
        .selectFrom('recovery')
        .select('id')
        .where('staff_id', '=', staffId)
        .where('about', '=', about)
        .where('approved_at', 'is', null)
        .where('refused_at', 'is', null)
        .executeTakeFirst()
      if (open) throw refuse(RecoveryOpen)
      const id = circumstances.id()
      await db
        .insertInto('recovery')
        .values({
          id,
          staff_id: staffId,
          about,
          by_keeper: keepsAccounts(who.roles),
          reason,
          requested_by: who.staff.id,
          requested_at: new Date(circumstances.now),
        })
        .execute()
      return id
    },
    async decide(id: string, approve: boolean, who: Session, circumstances: Circumstances): Promise<void> {
      const row = await db
        .selectFrom('recovery')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirstOrThrow(notFound)
      if (row.approved_at || row.refused_at) throw refuse(RecoverySettled)
      if (row.requested_by === who.staff.id || row.staff_id === who.staff.id) throw refuse(RecoverySame)
      if (
        !row.by_keeper &&
        !keepsAccounts(who.roles) &&
        !(await rolesOf(row.staff_id)).some((role) => isRole(role) && isAdministrator(role))
      )
        throw refuse(RecoveryKeeper)
      const at = new Date(circumstances.now)
      await db
        .updateTable('recovery')
        .set(
          approve
            ? { approved_by: who.staff.id, approved_at: at, decided_by: who.staff.id }
            : { refused_at: at, decided_by: who.staff.id },
        )
        .where('id', '=', id)
        .execute()
    },
  }
}
