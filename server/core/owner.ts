import type pg from 'pg'
import { DatabaseRights, refuse } from './refusals.ts'

interface Rights {
  readonly account: string
  readonly superuser: boolean
  readonly roles: boolean
  readonly creates: boolean
}

/**
 * Whether the account of DATABASE_URL may make the schema: a superuser, or as a managed server gives it, somebody who makes
 * roles and owns the database.
 * @throws Refusal `ZJ_DATABASE_RIGHTS`
 */
export async function checkRights(client: pg.Client): Promise<void> {
  const { account, superuser, roles, creates } = await rightsOf(client)
  if (!superuser && !(roles && creates)) throw refuse(DatabaseRights, { account })
}

/**
 * Works on the schema as its owner. Functions that see more than who calls them belong to the program's own roles; whoever is
 * no superuser must be a member of those to hand one over, and they must be allowed, for as long as that takes, to have
 * something in the schema.
 * @throws Refusal `ZJ_DATABASE_RIGHTS` where the roles are another's
 */
export async function asOwner<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  const { account, superuser } = await rightsOf(client)
  if (superuser) return work()
  try {
    await client.query('grant zj_system, zj_tracks to current_user')
    await client.query('grant create on schema public to zj_system, zj_tracks')
  } catch (error) {
    if ((error as { code?: string }).code === '42501') throw refuse(DatabaseRights, { account })
    throw error
  }
  try {
    return await work()
  } finally {
    await client.query('revoke create on schema public from zj_system, zj_tracks')
  }
}

async function rightsOf(client: pg.Client): Promise<Rights> {
  const { rows } = await client.query<Rights>(
    `select rolname as account, rolsuper as superuser, rolcreaterole as roles,
      has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create') as creates
     from pg_roles where rolname = current_user`,
  )
  const [found] = rows
  if (!found) throw new Error('the account that asks is not among the roles')
  return found
}
