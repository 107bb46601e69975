import { account, type Me } from '@zhijiao/contract/account'
import { client } from '@zhijiao/contract/client'
import { hashPassword } from '@zhijiao/server/core/auth/password'
import { codeAt } from '@zhijiao/server/core/auth/second-factor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, startCounty } from '../support/county.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
beforeAll(async () => {
  county = await startCounty()
})
afterAll(() => county.stop())

const good = 'Tianqi-Hao-58'

/** An account with a password of its own; what it owes is up to the test. */
async function open(login: string, facts: { role?: string; mustChange?: boolean } = {}) {
  const { databases, chance } = county.house
  const id = chance.id()
  await databases.system
    .insertInto('staff')
    .values({
      id,
      login,
      number: `N${login}`,
      name: '登录人',
      org_code: places.office,
      designations: [],
      active: true,
      password_hash: await hashPassword(good),
      password_changed_at: new Date(chance.now()),
      password_history: [],
      must_change_password: facts.mustChange ?? false,
      failed_count: 0,
      language: 'zh',
      created_at: new Date(chance.now()),
      revision: 1,
    })
    .execute()
  await databases.system
    .insertInto('staff_role')
    .values({ staff_id: id, role: facts.role ?? 'volunteer', granted_by: null, granted_at: new Date(chance.now()) })
    .execute()
  return id
}

/** A browser: keeps the cookie it is given. */
function browser() {
  let cookie = ''
  const fetching: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const set = response.headers.getSetCookie().find((c) => c.startsWith('zj_session='))
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }
  const call = client({ base: county.url, fetch: fetching, headers: () => ({ cookie }) })
  return {
    call: ((kept, brings) =>
      client({ base: county.url, fetch: fetching, headers: () => ({ cookie }) })(kept, brings)) as typeof call,
    cookie: () => cookie,
  }
}
const signIn = (b: ReturnType<typeof browser>, login: string, password = good, code?: string) =>
  b.call(account.signIn, { body: { login, password, ...(code ? { code } : {}) } })

async function enrolled(login: string): Promise<{ b: ReturnType<typeof browser>; secret: string; me: Me }> {
  const b = browser()
  await signIn(b, login)
  const { secret } = await b.call(account.beginSecondFactor, { body: { password: good } })
  const me = await b.call(account.confirmSecondFactor, { body: { code: codeAt(secret, county.house.chance.now()) } })
  county.pass(60_000)
  return { b, secret, me }
}

describe('signing in', () => {
  test('who signs in learns who he is, when he was last here, and owes nothing', async () => {
    await open('plain')
    const b = browser()
    const first = await signIn(b, 'PLAIN')
    expect(first.step).toBe('in')
    expect(first.me).toMatchObject({ login: 'plain', lastLoginAt: null, owes: null, org: { code: places.office } })
    expect(first.me?.session).toMatchObject({ idleMinutes: 15, warnSeconds: 120 })
    const again = await signIn(browser(), 'plain')
    expect(again.me?.lastLoginAt).toBeTruthy()
    expect(again.me?.lastLoginIp).toBe('127.0.0.1')
    // One session an account: the first browser is out.
    expect(await codeOf(b.call(account.me, {}))).toBe('ZJ_NOT_SIGNED_IN')
  })

  test('an unknown account is answered like a wrong password, as slowly, and locks alike', async () => {
    await open('known')
    const time = async (login: string) => {
      const from = performance.now()
      const problem = await refusedWith(signIn(browser(), login, 'Wrong-Guess-99'))
      return { code: problem.code, zh: problem.zh, ms: performance.now() - from }
    }
    const [a, b] = [await time('known'), await time('unknown')]
    expect({ code: a.code, zh: a.zh }).toEqual({ code: b.code, zh: b.zh })
    expect(Math.min(a.ms, b.ms)).toBeGreaterThan(8)
    for (const login of ['known', 'unknown']) {
      for (let i = 0; i < 3; i++) expect((await time(login)).code).toBe('ZJ_SIGN_IN_WRONG')
      expect((await time(login)).code).toBe('ZJ_SIGN_IN_LOCKED')
    }
    // The right password does not help while it is locked, and does afterwards.
    expect(await codeOf(signIn(browser(), 'known'))).toBe('ZJ_SIGN_IN_LOCKED')
    county.pass(31 * 60_000)
    expect((await signIn(browser(), 'known')).step).toBe('in')
  })

  test('guesses sent at once are counted before they are checked', async () => {
    await open('rushed')
    const codes = await Promise.all(
      Array.from({ length: 12 }, () => codeOf(signIn(browser(), 'rushed', 'Wrong-Guess-99'))),
    )
    expect(codes.filter((c) => c === 'ZJ_SIGN_IN_WRONG').length).toBeLessThanOrEqual(4)
  })

  test('a session ends when idle, when signed out, and survives a restart of the process', async () => {
    await open('lasting')
    const b = browser()
    await signIn(b, 'lasting')
    await county.restart()
    expect((await b.call(account.me, {})).login).toBe('lasting')
    county.pass(14 * 60_000)
    expect((await b.call(account.me, {})).login).toBe('lasting')
    county.pass(14 * 60_000)
    expect((await b.call(account.sessions, {})).items).toMatchObject([{ current: true, ip: '127.0.0.1' }])
    county.pass(16 * 60_000)
    expect(await codeOf(b.call(account.me, {}))).toBe('ZJ_NOT_SIGNED_IN')
    await signIn(b, 'lasting')
    await b.call(account.signOut, {})
    expect(await codeOf(b.call(account.me, {}))).toBe('ZJ_NOT_SIGNED_IN')
  })

  test('P15 every sign-in is audited as an attempt and then its result, without what was typed', async () => {
    await open('watched')
    await refusedWith(signIn(browser(), 'watched', 'Secret-Typed-1'))
    await signIn(browser(), 'watched')
    const lines = await county.house.databases.system
      .selectFrom('audit')
      .selectAll()
      .where('promise', '=', 'account.signIn')
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(4)
      .execute()
    expect(lines.map((l) => [l.phase, l.outcome])).toEqual([
      ['result', 'ok'],
      ['attempt', null],
      ['result', 'ZJ_SIGN_IN_WRONG'],
      ['attempt', null],
    ])
    expect(lines.every((l) => l.staff_name === '登录人' && l.org_code === places.office)).toBe(true)
    expect(JSON.stringify(lines)).not.toContain('Secret-Typed')
  })
})

describe('passwords', () => {
  test('a first password is changed before anything else', async () => {
    await open('fresh', { mustChange: true })
    const b = browser()
    expect((await signIn(b, 'fresh')).me?.owes).toBe('password')
    const weak = await refusedWith(b.call(account.changePassword, { body: { current: good, next: 'Admin@123456' } }))
    expect(weak.code).toBe('ZJ_PASSWORD_WEAK')
    expect(weak.fields?.[0]?.path).toBe('next')
    expect(await codeOf(b.call(account.changePassword, { body: { current: 'no', next: 'Dao-Le-Xin-77x' } }))).toBe(
      'ZJ_PASSWORD_WRONG',
    )
    const me = await b.call(account.changePassword, { body: { current: good, next: 'Dao-Le-Xin-77x' } })
    expect(me.owes).toBeNull()
    expect((await signIn(browser(), 'fresh', 'Dao-Le-Xin-77x')).step).toBe('in')
  })

  test('none of the last five comes back; after 90 days a new one is owed', async () => {
    await open('turning')
    const b = browser()
    await signIn(b, 'turning')
    const passwords = [good, 'Chun-Feng-1x', 'Xia-Yu-Da-2x', 'Qiu-Ye-Hong-3', 'Dong-Xue-Bai-4', 'Nian-Nian-Hao-5']
    for (let i = 1; i < passwords.length; i++)
      await b.call(account.changePassword, { body: { current: passwords[i - 1] ?? '', next: passwords[i] ?? '' } })
    const change = (next: string) => b.call(account.changePassword, { body: { current: passwords[5] ?? '', next } })
    expect(await codeOf(change('Xia-Yu-Da-2x'))).toBe('ZJ_PASSWORD_REUSED')
    expect((await change(good)).owes).toBeNull()
    county.pass(91 * 86_400_000)
    expect((await signIn(b, 'turning')).me?.owes).toBe('password')
  })
})

describe('the second factor', () => {
  test('an officer owes it until a code is confirmed, then cannot sign in without one', async () => {
    await open('officer1', { role: 'officer' })
    const b = browser()
    const first = await signIn(b, 'officer1')
    expect(first.me?.owes).toBe('secondFactor')
    const made = await b.call(account.beginSecondFactor, { body: { password: good } })
    expect(made.uri).toMatch(/^otpauth:\/\/totp\//)
    expect(await codeOf(b.call(account.confirmSecondFactor, { body: { code: '000000' } }))).toBe(
      'ZJ_SECOND_FACTOR_WRONG',
    )
    const now = county.house.chance.now()
    const me = await b.call(account.confirmSecondFactor, { body: { code: codeAt(made.secret, now) } })
    expect(me).toMatchObject({ owes: null, secondFactor: true })
    // The code that enrolled is spent: a replay of its step is refused.
    const other = browser()
    expect((await signIn(other, 'officer1')).step).toBe('secondFactor')
    expect(other.cookie()).toBe('')
    expect(await codeOf(signIn(other, 'officer1', good, codeAt(made.secret, now)))).toBe('ZJ_SECOND_FACTOR_WRONG')
    county.pass(60_000)
    const code = codeAt(made.secret, county.house.chance.now())
    expect((await signIn(other, 'officer1', good, code)).step).toBe('in')
    expect(await codeOf(signIn(browser(), 'officer1', good, code))).toBe('ZJ_SECOND_FACTOR_WRONG')
  })

  test('the secret lies sealed, and a new one needs the old one', async () => {
    const id = await open('officer2', { role: 'officer' })
    const { b, secret } = await enrolled('officer2')
    const row = await county.house.databases.system
      .selectFrom('staff')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row.totp_secret?.toString('latin1')).not.toContain(secret)
    expect(await codeOf(b.call(account.beginSecondFactor, { body: { password: good } }))).toBe('ZJ_SECOND_FACTOR_WRONG')
    const code = codeAt(secret, county.house.chance.now())
    expect((await b.call(account.beginSecondFactor, { body: { password: good, code } })).secret).not.toBe(secret)
  })

  test('wrong codes lock as wrong passwords do', async () => {
    await open('officer3', { role: 'officer' })
    await enrolled('officer3')
    const codes: string[] = []
    for (let i = 0; i < 5; i++) codes.push(await codeOf(signIn(browser(), 'officer3', good, '123456')))
    expect(codes.at(-1)).toBe('ZJ_SIGN_IN_LOCKED')
  })
})
