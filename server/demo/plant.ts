import { drawGeography, type Geography } from '@zhijiao/twin/geography'
import { type StaffMember, staffOf } from '@zhijiao/twin/staff'
import { sql } from 'kysely'
import { hashPassword } from '../core/auth/password.ts'
import type { House } from '../core/house.ts'
import { type DemoAccount, demoAccounts } from '../system/index.ts'
import { NotADemonstration } from './guard.ts'

/** What this database's demonstration was planted with; a second start goes on with the same. */
export interface Planted {
  readonly seed: number
  readonly people: number
  readonly days: number
  /** Legal day of the planting: ages, terms and leaves are laid about it. */
  readonly on: string
}

/** Somebody to be entered as staff. */
interface Post extends Omit<StaffMember, 'certificate' | 'phone'> {
  readonly certificate: string | null
  readonly phone: string | null
}

const key = 'demo.planted'
const dayMs = 86_400_000

/**
 * Plants the invented city's units, staff, roster and demonstration accounts, once. A second call changes nothing but
 * what time has worn out: the roster and the age of the passwords.
 * @throws NotADemonstration when the database holds a unit that no demonstration drew
 */
export async function plantDemo(house: House, wish: Planted): Promise<Planted> {
  const db = house.databases.system
  const real = await db.selectFrom('org').select('name').where('synthetic', '=', false).limit(1).executeTakeFirst()
  if (real) throw new NotADemonstration(real.name)
  const before = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  const planted = (before?.value as Planted | undefined) ?? wish
  const geography = drawGeography(planted.seed)
  if (!before) await plantUnits(house, geography)
  // A newer version may offer an account that was not there when this database was planted.
  const there = new Set((await db.selectFrom('staff').select('login').execute()).map((s) => s.login))
  await plantStaff(
    house,
    [...staffOf(geography), ...ownPosts(geography)].filter((p) => !there.has(p.login)),
  )
  if (!before)
    await sql`insert into setting (key, org_code, value, changed_at) values (${key}, '', ${JSON.stringify(planted)}::jsonb, ${new Date(house.chance.now())})`.execute(
      db,
    )
  await openAccounts(house)
  await fillRoster(house)
  return planted
}

async function plantUnits(house: House, geography: Geography): Promise<void> {
  const unit = (
    code: string,
    level: 'ministry' | 'province' | 'city' | 'county' | 'office',
    parent: string | null,
    zh: string,
    en: string,
    urban = false,
  ) => ({
    code,
    level,
    parent,
    name: zh,
    name_en: en,
    phone: null,
    address: null,
    urban,
    synthetic: true,
    active: true,
    revision: 1,
  })
  const { province, city, counties, offices } = geography
  await house.databases.system
    .insertInto('org')
    .values([
      unit('', 'ministry', null, '司法部（合成演示）', 'Ministry of Justice (synthetic demonstration)'),
      unit(province.code, 'province', '', province.zh, province.en),
      unit(city.code, 'city', province.code, city.zh, city.en),
      ...counties.map((c) => unit(c.code, 'county', city.code, c.zh, c.en, c.urban)),
      ...offices.map((o) => unit(o.code, 'office', o.county, o.zh, o.en)),
    ])
    .onConflict((c) => c.column('code').doNothing())
    .execute()
}

/**
 * Posts above the counties, those who help the office of the demonstration's officer, the three administrators, and the
 * clerks under whose names the twin's history is imported.
 */
function ownPosts(geography: Geography): Post[] {
  const [first] = geography.counties
  const seat = first?.code ?? geography.city.code
  const office = geography.offices.find((o) => o.county === seat)?.code ?? seat
  let order = 100
  // Ends in digits like any staff number: the watermark shows the last four.
  const post = (
    login: string,
    name: string,
    org: string,
    role: string,
    designations: readonly string[] = [],
  ): Post => ({
    login,
    number: `Y${String(++order).padStart(5, '0')}`,
    name,
    org,
    roles: [role],
    designations,
    phone: null,
    certificate: null,
  })
  return [
    post('province', '省级经办', geography.province.code, 'province'),
    post('city', '市级经办', geography.city.code, 'city'),
    post('procurator', '驻点检察', seat, 'procurator'),
    post('court', `${first?.zh ?? ''}人民法院（合成）`, seat, 'partnerOrgan'),
    post('police', '片区民警', office, 'communityPolice'),
    post('village', '居委会主任', office, 'villageCommittee'),
    post('social', '驻所社工', office, 'socialWorker'),
    post('volunteer', '帮教志愿者', office, 'volunteer'),
    post('sysadmin', '系统管理', seat, 'systemAdmin'),
    post('secadmin', '安全管理', seat, 'securityAdmin'),
    post('auditor', '审计管理', seat, 'auditAdmin'),
    post('twin-system', '合成数据（系统）', seat, 'systemAdmin'),
    ...geography.counties.flatMap((county) => [
      post(`twin-${county.code}`, '合成数据录入', county.code, 'county', ['minors', 'sealed']),
      post(`twin-${county.code}-head`, '合成数据审批', county.code, 'bureauHead'),
    ]),
  ]
}

/** Nobody but the demonstration accounts can sign in: what stands in place of a password is no hash of one. */
async function plantStaff(house: House, posts: readonly Post[]): Promise<void> {
  if (posts.length === 0) return
  const { databases, chance } = house
  const now = new Date(chance.now())
  const rows = posts.map((post) => ({ post, id: chance.id() }))
  await databases.system.transaction().execute(async (trx) => {
    // The organ of a court's account bears the account's name.
    const organs = rows.filter(({ post }) => post.roles.includes('partnerOrgan'))
    if (organs.length > 0)
      await trx
        .insertInto('organ')
        .values(
          organs.map(({ post, id }) => ({
            id,
            org_code: post.org,
            name: post.name,
            created_by: null,
            created_at: now,
          })),
        )
        .execute()
    await trx
      .insertInto('staff')
      .values(
        rows.map(({ post, id }) => ({
          id,
          login: post.login,
          number: post.number,
          name: post.name,
          org_code: post.org,
          organ_id: post.roles.includes('partnerOrgan') ? id : null,
          phone: post.phone,
          certificate: post.certificate,
          certificate_until: post.certificate ? new Date(chance.now() + 400 * dayMs).toISOString().slice(0, 10) : null,
          designations: [...post.designations],
          active: true,
          password_hash: 'no password',
          password_changed_at: now,
          password_history: [],
          must_change_password: false,
          totp_confirmed_at: now,
          failed_count: 0,
          language: 'zh',
          created_at: now,
          revision: 1,
        })),
      )
      .execute()
    await trx
      .insertInto('staff_role')
      .values(
        rows.flatMap(({ post, id }) =>
          post.roles.map((role) => ({ staff_id: id, role, granted_by: null, granted_at: now })),
        ),
      )
      .execute()
  })
}

/** Gives the listed accounts their public password and second factor, as good as new at every start. */
async function openAccounts(house: House): Promise<void> {
  const { databases, chance, vault } = house
  const hashes = new Map<string, string>()
  for (const { password } of demoAccounts) if (!hashes.has(password)) hashes.set(password, await hashPassword(password))
  const now = new Date(chance.now())
  const open = (account: DemoAccount) =>
    databases.system
      .updateTable('staff')
      .set({
        password_hash: hashes.get(account.password) ?? 'no password',
        password_changed_at: now,
        must_change_password: false,
        totp_secret: vault.seal('totp', account.secret),
        totp_confirmed_at: now,
        failed_count: 0,
        locked_until: null,
      })
      .where('login', '=', account.login)
      .execute()
  for (const account of demoAccounts) await open(account)
}

/** Every office and county has somebody on duty and a head behind, for the coming month. */
async function fillRoster(house: House): Promise<void> {
  const now = house.chance.now()
  await sql`insert into roster (id, org_code, staff_id, place, from_at, until_at, note, added_at)
    select gen_random_uuid(), s.org_code, s.id, case when r.role in ('officer', 'county') then 'duty' else 'head' end,
      ${new Date(now - dayMs)}, ${new Date(now + 30 * dayMs)}, '演示排班', ${new Date(now)}
    from (select distinct on (s.org_code, r.role) s.id, s.org_code, r.role from staff s join staff_role r on r.staff_id = s.id
      where r.role in ('officer', 'officeHead', 'county', 'countyHead') and s.login not like 'twin-%' order by s.org_code, r.role, s.number) as r
      join staff s on s.id = r.id
    where not exists (select 1 from roster o where o.org_code = s.org_code and o.ended_at is null
      and o.place = case when r.role in ('officer', 'county') then 'duty' else 'head' end and o.until_at > ${new Date(now + dayMs)})`.execute(
    house.databases.system,
  )
}
