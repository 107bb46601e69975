import type { Db } from '../core/db.ts'

/** Accounts as sign-in sees them: through the system's eyes, one row at a time, its own columns only. */
export const accountStore = (db: Db) => ({
  byLogin: (login: string) =>
    db.selectFrom('staff').selectAll().where('login', '=', login.toLowerCase()).executeTakeFirst(),
  byId: (id: string) => db.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  rolesOf: async (id: string) =>
    (await db.selectFrom('staff_role').select('role').where('staff_id', '=', id).orderBy('role').execute()).map(
      (r) => r.role,
    ),
  seat: (code: string) =>
    db
      .selectFrom('org')
      .select(['code', 'level', 'name', 'name_en', 'synthetic'])
      .where('code', '=', code)
      .executeTakeFirstOrThrow(),
  /** The name of a partner organ. */
  organ: async (id: string | null): Promise<string | null> =>
    id === null
      ? null
      : ((await db.selectFrom('organ').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null),
  signedIn: (id: string, at: Date, ip: string) =>
    db.updateTable('staff').set({ last_login_at: at, last_login_ip: ip }).where('id', '=', id).execute(),
  /** Uses a step once; false when it or a later one was used already. */
  useStep: async (id: string, step: number) =>
    (
      await db
        .updateTable('staff')
        .set({ totp_last_step: step })
        .where('id', '=', id)
        .where((e) => e.or([e('totp_last_step', 'is', null), e('totp_last_step', '<', step)]))
        .returning('id')
        .execute()
    ).length === 1,
  setPassword: (id: string, hash: string, history: readonly string[], at: Date) =>
    db
      .updateTable('staff')
      .set({
        password_hash: hash,
        password_history: [...history],
        password_changed_at: at,
        must_change_password: false,
      })
      .where('id', '=', id)
      .execute(),
  setPending: (id: string, sealed: Buffer) =>
    db.updateTable('staff').set({ totp_pending: sealed }).where('id', '=', id).execute(),
  confirmPending: (id: string, sealed: Buffer, step: number, at: Date) =>
    db
      .updateTable('staff')
      .set({ totp_secret: sealed, totp_pending: null, totp_confirmed_at: at, totp_last_step: step })
      .where('id', '=', id)
      .execute(),
  setLanguage: (id: string, language: 'zh' | 'en') =>
    db.updateTable('staff').set({ language }).where('id', '=', id).execute(),
  setProfile: (id: string, phone: string | null, phrases: readonly string[]) =>
    db
      .updateTable('staff')
      .set({ phone, phrases: [...phrases] })
      .where('id', '=', id)
      .execute(),
  sessions: (id: string) =>
    db.selectFrom('session').selectAll().where('staff_id', '=', id).orderBy('created_at', 'desc').execute(),
  session: (id: string) => db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  proveSession: (id: string) => db.updateTable('session').set({ second_factor: true }).where('id', '=', id).execute(),
  endSessionOf: async (staffId: string, id: string) =>
    (await db.deleteFrom('session').where('staff_id', '=', staffId).where('id', '=', id).returning('id').execute())
      .length === 1,
})
export type AccountStore = ReturnType<typeof accountStore>
