import { account } from '@zhijiao/contract/account'
import { client } from '@zhijiao/contract/client'
import { entrustments } from '@zhijiao/contract/entrustments'
import { orgs, staff } from '@zhijiao/contract/orgs'
import { people } from '@zhijiao/contract/people'
import { codeAt } from '@zhijiao/server/core/auth/second-factor'
import { asSeenBy } from '@zhijiao/server/core/db'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assessmentLetter } from '../support/assessment.ts'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let system: Somebody
let security: Somebody
let logins = 0
beforeAll(async () => {
  county = await startCounty()
  system = await county.signIn('systemAdmin')
  security = await county.signIn('securityAdmin')
})
afterAll(() => county.stop())

const open = (facts: Record<string, unknown> = {}) =>
  system.call(staff.add, {
    body: { login: `new${++logins}`, number: `G${logins}`, name: '新同事', org: places.office, ...facts },
  })
const give = (id: string, roles: string[], by = security, designations: ('minors' | 'sealed')[] = []) =>
  by.call(staff.setRoles, { params: { id }, body: { roles, designations, reason: '岗位调整' } })

function browser() {
  let cookie = ''
  const fetching: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const set = response.headers.getSetCookie().find((c) => c.startsWith('zj_session='))
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }
  return client({ base: county.url, fetch: fetching, headers: () => ({ cookie }) })
}

describe('S2.5 the tree of units', () => {
  test('five levels; an administrator adds, changes and closes within his own unit only', async () => {
    const { items } = await system.call(orgs.tree, { query: {} })
    expect(items.map((o) => [o.code, o.level])).toEqual([
      [places.county, 'county'],
      [places.office, 'office'],
      [places.otherOffice, 'office'],
    ])
    const all = await (await county.signIn('systemAdmin', { of: '' })).call(orgs.tree, { query: { depth: 1 } })
    expect(all.items.map((o) => o.level)).toEqual(['ministry', 'province'])
    const added = await system.call(orgs.add, { body: { code: '459001003', name: '城南司法所' } })
    expect(added).toMatchObject({ level: 'office', parent: places.county, synthetic: true })
    expect(await codeOf(system.call(orgs.add, { body: { code: '459001003', name: '又一个' } }))).toBe(
      'ZJ_ORG_CODE_TAKEN',
    )
    expect(await codeOf(system.call(orgs.add, { body: { code: '459002009', name: '别县' } }))).toBe('ZJ_ORG_OUTSIDE')
    const city = await county.signIn('systemAdmin', { of: places.city })
    expect(await codeOf(city.call(orgs.add, { body: { code: '459003001', name: '无县之所' } }))).toBe(
      'ZJ_ORG_PARENT_MISSING',
    )
    const changed = await system.call(orgs.change, {
      params: { code: '459001003' },
      body: { revision: 1, name: '城南所', urban: true },
    })
    expect(changed).toMatchObject({ name: '城南所', urban: true, revision: 2 })
    expect(
      await codeOf(system.call(orgs.change, { params: { code: '459001003' }, body: { revision: 1, name: 'x' } })),
    ).toBe('ZJ_CHANGED')
    expect(await codeOf(system.call(orgs.close, { params: { code: places.county }, body: { reason: '撤并' } }))).toBe(
      'ZJ_ORG_IN_USE',
    )
    expect((await system.call(orgs.close, { params: { code: '459001003' }, body: { reason: '撤并' } })).active).toBe(
      false,
    )
    expect((await system.call(orgs.reopen, { params: { code: '459001003' } })).active).toBe(true)
    expect(
      await codeOf((await county.signIn('officer')).call(orgs.add, { body: { code: '459001004', name: 'x' } })),
    ).toBe('ZJ_NOT_ALLOWED')
  })

  test('hand-written SQL of a request moves no unit of another county and gives itself no role', async () => {
    const run = (query: ReturnType<typeof sql>) =>
      asSeenBy(
        county.house.databases.api,
        { staff: system.id, unit: places.county, reach: 'none', classes: [] },
        (db) => query.execute(db),
      )
    const changed = await run(sql`update org set name = 'x' where code = ${places.otherCounty}`)
    expect(Number(changed.numAffectedRows)).toBe(0)
    await expect(run(sql`insert into staff_role values (${system.id}, 'officer', null, now())`)).rejects.toThrow(
      /row-level security/,
    )
    const named = await run(sql`update staff set designations = '{minors}' where id = ${system.id}`)
    expect(Number(named.numAffectedRows)).toBe(0)
    const officer = await county.signIn('officer')
    const asOfficer = (query: ReturnType<typeof sql>) =>
      asSeenBy(
        county.house.databases.api,
        { staff: officer.id, unit: places.office, reach: 'own', classes: [] },
        (db) => query.execute(db),
      )
    for (const query of [
      sql`update staff set designations = '{minors}'`,
      sql`update org set name = 'x'`,
      sql`delete from staff_role`,
      sql`update setting set value = '1'`,
    ])
      expect(Number((await asOfficer(query)).numAffectedRows)).toBe(0)
    await expect(
      asOfficer(sql`insert into setting values ('session.idleMinutes', '', '30', null, now())`),
    ).rejects.toThrow(/row-level security/)
    await expect(run(sql`insert into session select * from session`)).rejects.toThrow(/permission denied/)
    await expect(run(sql`update staff set password_hash = 'x'`)).rejects.toThrow(/permission denied/)
  })
})

describe('S4.4 staff, posts, certificates', () => {
  test('an account opens without a role, its first password is shown once and changed at once', async () => {
    const made = await open({ certificate: '执法-001', certificateUntil: '2026-12-31' })
    expect(made.staff).toMatchObject({ roles: [], mustChangePassword: true, certificate: '执法-001' })
    const b = browser()
    const signed = await b(account.signIn, { body: { login: made.staff.login, password: made.password } })
    expect(signed.me).toMatchObject({ owes: 'password', permissions: [] })
    expect(await codeOf(b(orgs.tree, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
    await b(account.changePassword, { body: { current: made.password, next: 'Shan-Gao-Shui-9' } })
    expect((await b(orgs.tree, { query: {} })).items).toHaveLength(1)
    expect(await codeOf(open({ login: made.staff.login }))).toBe('ZJ_LOGIN_TAKEN')
    expect(await codeOf(open({ org: places.officeElsewhere }))).toBe('ZJ_ORG_OUTSIDE')
    const found = await system.call(staff.list, { query: { q: '新同', certificate: 'held', active: true } })
    expect(found.items.map((s) => s.id)).toContain(made.staff.id)
    const officer = await county.signIn('officer')
    expect(await codeOf(officer.call(staff.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
    expect((await officer.call(staff.colleagues, { query: {} })).items.length).toBeGreaterThan(0)
  })

  test('whom duties are handed to, and another organ, are not told who works in the unit', async () => {
    const names = async (who: Somebody, query: object = {}) =>
      (await who.call(staff.colleagues, { query })).items.map((one) => one.id)
    for (const role of ['volunteer', 'villageCommittee', 'communityPolice'] as const) {
      const hand = await county.signIn(role)
      for (const query of [{}, { org: places.county }, { role: 'securityAdmin' }, { q: '测试' }])
        expect((await names(hand, query)).filter((id) => id !== hand.id)).toEqual([])
      expect(await names(hand)).toEqual([hand.id])
    }
    const court = { organ: '示例一县检察院' }
    const [judge, clerk] = [await county.signIn('partnerOrgan', court), await county.signIn('partnerOrgan', court)]
    const police = await county.signIn('partnerOrgan', { organ: '示例一县交警大队' })
    expect(await names(judge)).toEqual(expect.arrayContaining([judge.id, clerk.id]))
    expect(await names(judge)).not.toContain(police.id)
    expect(await names(judge, { role: 'systemAdmin' })).toEqual([])
    const helper = await county.signIn('socialWorker')
    expect(await names(helper)).toContain(helper.id)
    expect((await names(helper)).length).toBeGreaterThan(1)
  })

  test('only the security administrator gives roles, never to himself, and never two that exclude each other', async () => {
    const { staff: member } = await open()
    expect(await codeOf(give(member.id, ['officer'], system))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(give(security.id, ['officer']))).toBe('ZJ_STAFF_SELF')
    expect(await codeOf(give(member.id, ['systemAdmin', 'auditAdmin']))).toBe('ZJ_ROLES_EXCLUDE')
    expect(await codeOf(give(member.id, ['auditAdmin', 'officer']))).toBe('ZJ_ROLES_EXCLUDE')
    expect(await codeOf(give(member.id, ['king']))).toBe('ZJ_ROLE_UNKNOWN')
    expect(await codeOf(give(member.id, ['county']))).toBe('ZJ_ROLE_TOO_HIGH')
    const given = await give(member.id, ['officer'], security, ['minors'])
    expect(given).toMatchObject({ roles: ['officer'], designations: ['minors'] })
    const away = await county.signIn('securityAdmin', { of: places.otherCounty })
    expect(await codeOf(give(member.id, ['officer'], away))).toBe('ZJ_NOT_FOUND')
    const entries = await county.house.databases.system
      .selectFrom('ledger_entry')
      .select(['kind', 'actor'])
      .where('subject', '=', member.id)
      .orderBy('id')
      .execute()
    expect(entries.map((e) => e.kind)).toEqual(['staff.added', 'staff.rolesSet'])
  })

  test('a closed account is out at once, but not while people hang on it', async () => {
    const officer = await county.signIn('officer')
    const person = await officer.call(people.create, {
      body: {
        name: '归人',
        identity: identityNumber(5),
        category: '02',
        termStart: '2026-01-01',
        termEnd: '2027-01-01',
      },
    })
    const close = () => system.call(staff.deactivate, { params: { id: officer.id }, body: { reason: '调离' } })
    expect(await codeOf(close())).toBe('ZJ_STAFF_HAS_CASELOAD')
    const head = await county.signIn('officeHead')
    await head.call(people.assign, { params: { personId: person.id }, body: { officer: null, revision: 1 } })
    expect((await close()).active).toBe(false)
    expect(await codeOf(officer.call(account.me, {}))).toBe('ZJ_NOT_SIGNED_IN')
    expect(await codeOf(system.call(staff.deactivate, { params: { id: system.id }, body: { reason: '自己' } }))).toBe(
      'ZJ_STAFF_SELF',
    )
    const again = await system.call(staff.reactivate, { params: { id: officer.id } })
    expect(
      (await browser()(account.signIn, { body: { login: officer.login, password: again.password } })).me?.owes,
    ).toBe('password')
  })

  test('a lost second factor comes back only when two different people agree', async () => {
    const made = await open()
    await give(made.staff.id, ['officer'])
    const b = browser()
    await b(account.signIn, { body: { login: made.staff.login, password: made.password } })
    await b(account.changePassword, { body: { current: made.password, next: 'Shan-Gao-Shui-9' } })
    const secret = (await b(account.beginSecondFactor, { body: { password: 'Shan-Gao-Shui-9' } })).secret
    await b(account.confirmSecondFactor, { body: { code: codeAt(secret, county.house.chance.now()) } })
    const ask = (by: Somebody) =>
      by.call(staff.askRecovery, { params: { id: made.staff.id }, body: { reason: '手机丢失' } })
    const decide = (by: Somebody, id: string, approve = true) =>
      by.call(staff.decideRecovery, { params: { id }, body: { approve } })
    expect(await codeOf(ask(await county.signIn('auditAdmin')))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(ask(await county.signIn('officer')))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(ask(await county.signIn('countyHead', { of: places.otherCounty })))).toBe('ZJ_NOT_FOUND')
    const wish = await ask(security)
    expect(await codeOf(ask(security))).toBe('ZJ_RECOVERY_OPEN')
    expect(await codeOf(decide(security, wish.id))).toBe('ZJ_RECOVERY_SAME_PERSON')
    const signIn = () => browser()(account.signIn, { body: { login: made.staff.login, password: 'Shan-Gao-Shui-9' } })
    expect((await signIn()).step).toBe('secondFactor')
    const head = await county.signIn('countyHead')
    expect(await decide(head, wish.id)).toMatchObject({
      recovery: { state: 'approved', decidedBy: head.name },
      password: null,
    })
    expect(await codeOf(decide(head, wish.id))).toBe('ZJ_RECOVERY_SETTLED')
    expect(await codeOf(b(account.me, {}))).toBe('ZJ_NOT_SIGNED_IN')
    expect((await signIn()).me?.owes).toBe('secondFactor')
    expect((await security.call(staff.recoveries, { query: { state: 'approved' } })).total).toBe(1)
  })

  test('of the three administrators of a province two are the two people for the third', async () => {
    const of = places.province
    const [sys, sec, aud] = await Promise.all([
      county.signIn('systemAdmin', { of }),
      county.signIn('securityAdmin', { of }),
      county.signIn('auditAdmin', { of }),
    ])
    const ask = (by: Somebody, id: string, about?: 'password') =>
      by.call(staff.askRecovery, { params: { id }, body: { reason: '手机丢失', ...(about ? { about } : {}) } })
    const decide = (by: Somebody, id: string) =>
      by.call(staff.decideRecovery, { params: { id }, body: { approve: true } })
    for (const [post, asks, agrees] of [
      ['securityAdmin', sys, aud],
      ['systemAdmin', sec, aud],
      ['auditAdmin', sec, sys],
    ] as const) {
      const lost = await county.signIn(post, { of })
      const wish = await ask(asks, lost.id)
      expect(await codeOf(decide(asks, wish.id))).toBe('ZJ_RECOVERY_SAME_PERSON')
      expect(await codeOf(decide(lost, wish.id))).toBe('ZJ_RECOVERY_SAME_PERSON')
      expect((await decide(agrees, wish.id)).recovery.state).toBe('approved')
      expect(await codeOf(lost.call(account.me, {}))).toBe('ZJ_NOT_SIGNED_IN')
    }
    // A security administrator's password: nobody else sets it, so it takes the same two, and is shown once.
    expect(await codeOf(ask(sys, aud.id, 'password'))).toBe('ZJ_RECOVERY_PASSWORD')
    const forgotten = await ask(sys, sec.id, 'password')
    const { password } = await decide(aud, forgotten.id)
    expect((await browser()(account.signIn, { body: { login: sec.login, password: String(password) } })).me?.owes).toBe(
      'password',
    )
    // Of somebody who is no administrator one of the two answers for accounts.
    const officer = await county.signIn('officer')
    const wish = await ask(sys, officer.id)
    expect(await codeOf(decide(aud, wish.id))).toBe('ZJ_RECOVERY_KEEPER')
    // Another county's three reach nobody here.
    const elsewhere = await county.signIn('systemAdmin', { of: places.otherCounty })
    expect(await codeOf(ask(elsewhere, sec.id))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(decide(await county.signIn('auditAdmin', { of: places.otherCounty }), wish.id))).toBe(
      'ZJ_NOT_FOUND',
    )
    expect((await decide(await county.signIn('countyHead'), wish.id)).recovery.state).toBe('approved')
  })

  test('a reset password is shown once and ends the sessions; a lockout is lifted', async () => {
    const made = await open()
    const reset = await security.call(staff.resetPassword, {
      params: { id: made.staff.id },
      body: { reason: '忘记口令' },
    })
    const signIn = (password: string) => browser()(account.signIn, { body: { login: made.staff.login, password } })
    expect(await codeOf(signIn(made.password))).toBe('ZJ_SIGN_IN_WRONG')
    expect((await signIn(reset.password)).step).toBe('in')
    for (let i = 0; i < 5; i++) await codeOf(signIn('Wrong-Guess-99'))
    expect(await codeOf(signIn(reset.password))).toBe('ZJ_SIGN_IN_LOCKED')
    expect((await system.call(staff.get, { params: { id: made.staff.id } })).locked).toBe(true)
    await security.call(staff.unlock, { params: { id: made.staff.id } })
    expect((await signIn(reset.password)).step).toBe('in')
  })
})

describe('S1.15 accounts of partner organs', () => {
  test('each names its organ before it gets the post; one of the name within the unit is the same organ', async () => {
    const { staff: nameless } = await open({ org: places.county })
    expect(nameless.organ).toBeNull()
    expect(await codeOf(give(nameless.id, ['partnerOrgan']))).toBe('ZJ_STAFF_ORGAN')
    const { staff: first } = await open({ org: places.county, organ: ' 示例一县人民法院 ' })
    const { staff: second } = await open({ org: places.county, organ: '示例一县人民法院' })
    expect(second.organ).toEqual(first.organ)
    expect((await give(first.id, ['partnerOrgan'])).roles).toEqual(['partnerOrgan'])
    const { name, number, org, revision } = await system.call(staff.get, { params: { id: first.id } })
    const change = (organ?: string | null) =>
      system.call(staff.change, {
        params: { id: first.id },
        body: { name, number, org: org.code, revision, ...(organ === undefined ? {} : { organ }) },
      })
    expect(await codeOf(change(null))).toBe('ZJ_STAFF_ORGAN')
    expect((await change()).organ).toEqual(first.organ)
    const { items } = await system.call(staff.organs, { query: {} })
    expect(items).toContainEqual({ id: first.organ?.id, org: places.county, name: '示例一县人民法院', accounts: 2 })
    const elsewhere = await county.signIn('systemAdmin', { of: places.otherCounty })
    expect((await elsewhere.call(staff.organs, { query: { org: places.county } })).items).toEqual([])
  })

  test('two entries of one organ are joined, requests and all; by an administrator of both', async () => {
    const [stays, goes] = [
      await county.signIn('partnerOrgan', { of: places.county, name: '王书记员', organ: '一县法院' }),
      await county.signIn('partnerOrgan', { of: places.county, name: '陈书记员', organ: '一县法院（刑庭）' }),
    ]
    const { id } = await goes.call(entrustments.entrust, {
      body: { county: places.county, form: assessmentLetter() },
    })
    const see = (by: Somebody) => by.call(entrustments.get, { params: { id } })
    expect(await codeOf(see(stays))).toBe('ZJ_NOT_FOUND')
    const { items } = await system.call(staff.organs, { query: {} })
    const [to, from] = ['一县法院', '一县法院（刑庭）'].map((name) => items.find((o) => o.name === name)?.id ?? '')
    const join = (by: Somebody, a = from, b = to) =>
      by.call(staff.joinOrgans, { params: { id: a ?? '' }, body: { into: b ?? '', reason: '同一法院，重复登记' } })
    expect(await codeOf(join(security))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(join(await county.signIn('systemAdmin', { of: places.otherCounty })))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(join(system, from, from))).toBe('ZJ_ORGAN_ITSELF')
    expect(await join(system)).toEqual({ accounts: 1, requests: 1 })
    expect((await see(stays)).id).toBe(id)
    expect((await see(goes)).id).toBe(id)
    expect((await system.call(staff.organs, { query: {} })).items.map((o) => o.name)).not.toContain('一县法院（刑庭）')
    const { rows } = await sql<{ kind: string }>`select kind from ledger_entry where subject = ${to}`.execute(
      county.house.databases.system,
    )
    expect(rows.map((r) => r.kind)).toEqual(['organ.joined'])
  })
})
