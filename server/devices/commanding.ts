import type { DeviceCommand } from '@zhijiao/contract/devices'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { Refusal } from '../core/refusals.ts'
import { mayCommand } from './domain.ts'
import { deviceStore } from './store.ts'

/** A room's wish that a device do something, on behalf of a term. */
export interface Wish {
  readonly deviceId: string
  readonly personId: string | null
  readonly org: string
  readonly command: DeviceCommand
  /** One plain sentence for the register. */
  readonly why: string
  /** The episode or task behind it. */
  readonly subjectId?: string | null
  readonly askedBy: string
  /** Not sent after this; default ten minutes. */
  readonly expiresInMs?: number
}

/**
 * Puts a command on its way: the gateway sends it as soon as the transaction commits and the device is connected.
 * Returns its id, or the refusal when the term that runs on the device does not allow it.
 */
export function commander(house: Pick<House, 'chance'>) {
  return async (db: ScopedDb, wish: Wish): Promise<string | Refusal> => {
    const term = await db
      .selectFrom('activation')
      .select(['regime', 'ceiling_s'])
      .where('device_id', '=', wish.deviceId)
      .where('state', '=', 'running')
      .where('starts_at', '<=', new Date(house.chance.now()))
      .where('ends_at', '>', new Date(house.chance.now()))
      .executeTakeFirst()
    const lawful = mayCommand(wish.command, term ? { regime: term.regime, ceilingS: term.ceiling_s } : null)
    if (lawful instanceof Refusal) return lawful
    const id = house.chance.id()
    const now = house.chance.now()
    await deviceStore(db).send({
      id,
      device_id: wish.deviceId,
      person_id: wish.personId,
      org_code: wish.org,
      command: wish.command,
      why: wish.why,
      subject_id: wish.subjectId ?? null,
      asked_by: wish.askedBy,
      asked_at: new Date(now),
      expires_at: new Date(now + (wish.expiresInMs ?? 600_000)),
    })
    return id
  }
}
