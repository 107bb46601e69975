import { sql } from 'kysely'
import type { Db } from '../core/db.ts'

/** What accounts sign in with; written through the program's own eyes, for no caller may read it. */
export const credentialStore = (system: Db) => ({
  async taken(login: string): Promise<boolean> {
    return (await system.selectFrom('staff').select('id').where('login', '=', login).executeTakeFirst()) !== undefined
  },
  async setPassword(id: string, hash: string, at: Date): Promise<void> {
    await system
      .updateTable('staff')
      .set({ password_hash: hash, password_changed_at: at, must_change_password: true })
      .where('id', '=', id)
      .execute()
  },
  async forgetSecondFactor(id: string): Promise<void> {
    await system
      .updateTable('staff')
      .set({ totp_secret: null, totp_pending: null, totp_confirmed_at: null, totp_last_step: null })
      .where('id', '=', id)
      .execute()
  },
  /** Accounts in use with their posts. */
  async active() {
    const { rows } = await sql<{ id: string; login: string; org: string; roles: string[] }>`
      select s.id, s.login, s.org_code as org, coalesce(array_agg(r.role) filter (where r.role is not null), '{}') as roles
      from staff s left join staff_role r on r.staff_id = s.id where s.active group by s.id order by s.org_code, s.login`.execute(
      system,
    )
    return rows
  },
  async endSessions(id: string): Promise<void> {
    await system.deleteFrom('session').where('staff_id', '=', id).execute()
  },
})
