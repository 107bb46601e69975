import type { Me } from '@zhijiao/contract/account'
import { levelsOf } from '@zhijiao/law/level-setting'
import type { Session } from '../core/auth/session.ts'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { settingsOf } from '../core/settings.ts'
import { accountStore } from './store.ts'

/** The warning dialog opens this long before an idle session ends, seconds. */
const warnSeconds = 120

/** What the console needs to know of whoever is signed in. `live`: where the live line stood before any of it was read. */
export async function meOf(house: House, session: Session, live: string): Promise<Me> {
  const store = accountStore(house.databases.system)
  const now = house.chance.now()
  const staff = await store.byId(session.staff.id)
  const [seat, row, rules] = [
    await store.seat(staff.org_code),
    await store.session(session.id),
    await settingsOf(house.databases.system, now),
  ]
  const { offered, former } = levelsOf(await lawFor(house, staff.org_code, now))
  return {
    id: staff.id,
    login: staff.login,
    name: staff.name,
    number: staff.number,
    organ: await store.organ(staff.organ_id),
    org: { code: seat.code, level: seat.level, name: seat.name, nameEn: seat.name_en, synthetic: seat.synthetic },
    roles: [...session.roles].sort(),
    permissions: [...session.permissions].sort(),
    reach: session.eyes.reach,
    levels: { offered: [...offered], former: [...former] },
    classes: [...session.eyes.classes],
    designations: staff.designations,
    language: staff.language === 'en' ? 'en' : 'zh',
    phone: staff.phone,
    certificate: staff.certificate,
    phrases: staff.phrases,
    owes: session.owes,
    secondFactor: staff.totp_confirmed_at !== null,
    lastLoginAt: row.previous_at?.toISOString() ?? null,
    lastLoginIp: row.previous_ip,
    passwordExpiresAt: new Date(
      staff.password_changed_at.getTime() + rules.number('password.days') * 86_400_000,
    ).toISOString(),
    session: {
      expiresAt: new Date(session.expiresAt).toISOString(),
      idleMinutes: rules.number('session.idleMinutes'),
      warnSeconds,
    },
    live,
    now: new Date(now).toISOString(),
  }
}
