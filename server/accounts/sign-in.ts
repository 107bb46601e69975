import { writeAudit } from '../core/audit.ts'
import { isNobodysPassword, isPassword } from '../core/auth/password.ts'
import { stepOf } from '../core/auth/second-factor.ts'
import { startSession } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { Refusal, refuse } from '../core/refusals.ts'
import { signInGuard } from './guard.ts'
import { SecondFactorWrong, SignInWrong } from './refusals.ts'
import { accountStore } from './store.ts'

interface Attempt {
  readonly login: string
  readonly password: string
  readonly code?: string
  readonly ip: string
  readonly agent: string | null
  readonly request: string
}

/**
 * Signs in. An unknown account, a closed one and a wrong password give one answer after the same work, and lock alike.
 * @returns the token of the new session, or null when the password was right and a code is asked for
 * @throws Refusal SignInWrong, SignInLocked, SecondFactorWrong, TooMany
 */
export async function signIn(house: House, attempt: Attempt): Promise<string | null> {
  const { login, ip } = attempt
  const store = accountStore(house.databases.system)
  const guard = signInGuard(house)
  const staff = await store.byLogin(login)
  const audit = (phase: 'attempt' | 'result', outcome?: string) =>
    writeAudit(house.databases.system, house.chance, {
      request: attempt.request,
      phase,
      act: 'security',
      promise: 'account.signIn',
      staff: staff ? { id: staff.id, name: staff.name, org: staff.org_code } : null,
      // Whoever types a password into the wrong field must not find it in the audit: no text of unknown accounts.
      detail: { known: Boolean(staff), code: Boolean(attempt.code) },
      outcome,
      ip,
    })
  await audit('attempt')
  try {
    await guard.enter(login, ip)
    const right = staff
      ? await isPassword(staff.password_hash, attempt.password)
      : await isNobodysPassword(attempt.password)
    if (!staff?.active || !right) throw (await guard.failed(login, ip)) ?? refuse(SignInWrong)
    if (staff.totp_confirmed_at && staff.totp_secret) {
      if (!attempt.code) {
        await guard.halfway(login)
        await audit('result', 'secondFactor')
        return null
      }
      const step = stepOf(house.vault.open('totp', staff.totp_secret), attempt.code, house.chance.now())
      if (step === null || !(await store.useStep(staff.id, step)))
        throw (await guard.failed(login, ip)) ?? refuse(SecondFactorWrong)
    }
    await guard.forget(login)
    const token = await startSession(house.databases.system, house.chance, staff.id, {
      secondFactor: staff.totp_confirmed_at !== null,
      ip,
      agent: attempt.agent,
      previousAt: staff.last_login_at,
      previousIp: staff.last_login_ip,
    })
    await store.signedIn(staff.id, new Date(house.chance.now()), ip)
    await audit('result', 'ok')
    return token
  } catch (error) {
    await audit('result', error instanceof Refusal ? error.kind.code : 'ZJ_UNEXPECTED')
    throw error
  }
}
