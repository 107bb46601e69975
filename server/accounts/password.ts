import { hashPassword, isPassword, type PasswordFault, passwordFaults, remembered } from '../core/auth/password.ts'
import type { House } from '../core/house.ts'
import { type FieldFault, refuse } from '../core/refusals.ts'
import { signInGuard } from './guard.ts'
import { PasswordReused, PasswordWeak, PasswordWrong } from './refusals.ts'
import { accountStore } from './store.ts'

const faultWords: Readonly<Record<PasswordFault, { zh: string; en: string }>> = {
  short: { zh: '至少 10 位', en: 'needs at least 10 characters' },
  classes: { zh: '大写、小写、数字、符号至少三类', en: 'needs three of upper case, lower case, digits, signs' },
  weak: { zh: '多为常见词或键盘顺序', en: 'is mostly common words or keyboard runs' },
  self: { zh: '含有账号、工号或姓名', en: 'contains your account, number or name' },
}

/** @throws Refusal PasswordWeak naming each fault at `path` */
export function refuseWeak(password: string, own: readonly string[], path: string): void {
  const faults = passwordFaults(password, own)
  const [first] = faults
  if (!first) return
  const field: FieldFault = {
    path,
    zh: faults.map((f) => faultWords[f].zh).join(';'),
    en: faults.map((f) => faultWords[f].en).join('; '),
  }
  throw refuse(PasswordWeak, { faults: [...faults] }, [field])
}

/**
 * Proves once more that it is the owner who sits there. Wrong answers count towards the lockout, so that a terminal left
 * open is no place to guess.
 */
export async function proveOwner(house: House, staffId: string, password: string, ip: string): Promise<void> {
  const staff = await accountStore(house.databases.system).byId(staffId)
  const guard = signInGuard(house)
  await guard.enter(staff.login, ip)
  if (!(await isPassword(staff.password_hash, password)))
    throw (await guard.failed(staff.login, ip)) ?? refuse(PasswordWrong)
  await guard.forget(staff.login)
}

/** Sets a new password: strong, and none of the last five. */
export async function changePassword(
  house: House,
  wish: { staffId: string; current: string; next: string; ip: string },
): Promise<void> {
  const store = accountStore(house.databases.system)
  await proveOwner(house, wish.staffId, wish.current, wish.ip)
  const staff = await store.byId(wish.staffId)
  refuseWeak(wish.next, [staff.login, staff.number, staff.name], 'next')
  const used = [staff.password_hash, ...staff.password_history].slice(0, remembered)
  for (const old of used) if (await isPassword(old, wish.next)) throw refuse(PasswordReused, { count: remembered })
  await store.setPassword(staff.id, await hashPassword(wish.next), used, new Date(house.chance.now()))
}
