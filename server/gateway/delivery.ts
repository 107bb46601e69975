import type { DeviceCommand } from '@zhijiao/contract/devices'
import type { AppAnswer } from '@zhijiao/wire/app/answers'
import type { Command } from '@zhijiao/wire/message'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'

export interface Claimed {
  readonly id: string
  readonly command: DeviceCommand
}

/**
 * What may be said twice without harm, and must be heard: it is sent again when nobody answered, because bytes on a line
 * that is dying go nowhere and nobody says so (DESIGN 2.2: at the end the server also commands the device to stop).
 */
const saidAgain: readonly DeviceCommand['kind'][] = ['stop', 'interval']
/** Unanswered for so long it is sent again, then after twice that, and so on, milliseconds; so often in all. */
const unansweredMs = 2 * 60_000
const mostSends = 8

/** Waits to be sent, for the first time or again. */
const due = (now: Date) => sql`result is null and expires_at > ${now}
  and ((sent_at is null and (not_before is null or not_before <= ${now})) or again_at <= ${now})`

/**
 * Takes the commands that wait for a device, so that nobody else sends them. Whoever takes one sends it at once. What is no
 * longer for its wearer or his term is withdrawn first: a device that was away for a week may be somebody else's by now.
 * Of "stop" and intervals the last word sent holds: what was sent before it is not said again.
 */
export async function claim(house: House, deviceId: string): Promise<readonly Claimed[]> {
  const now = new Date(house.chance.now())
  await sql`select zj_withdraw_stale(${deviceId}, ${now})`.execute(house.databases.system)
  const { rows } = await sql<Claimed>`
    with waiting as (select id, asked_at, command ->> 'kind' = any(${saidAgain}::text[]) as again from device_command
        where device_id = ${deviceId} and ${due(now)} order by asked_at, id limit 20 for update skip locked),
    newest as (select id from waiting where again order by asked_at desc, id desc limit 1),
    taken as (update device_command c set sent_at = ${now}, sends = c.sends + 1, again_at = case
        when c.id = (select id from newest) and c.sends + 1 < ${mostSends}
          then ${now}::timestamptz + make_interval(secs => ${unansweredMs / 1000}::float8 * 2 ^ c.sends) end
      from waiting w where c.id = w.id
      returning c.id, c.command, c.asked_at),
    overtaken as (update device_command set again_at = null
      where device_id = ${deviceId} and again_at is not null and id <> all(select id from waiting) and exists (select 1 from newest))
    select id, command from taken order by asked_at, id`.execute(house.databases.system)
  return rows
}

/** Which of these devices have a command waiting. */
export async function expecting(house: House, deviceIds: readonly string[]): Promise<readonly string[]> {
  const now = new Date(house.chance.now())
  const { rows } = await sql<{ device_id: string }>`
    select distinct device_id from device_command where device_id = any(${deviceIds}::uuid[]) and ${due(now)}`.execute(
    house.databases.system,
  )
  return rows.map((r) => r.device_id)
}

/** Devices looked through in one go. */
const dueAtOnce = 500

/**
 * Devices for which something kept for later has fallen due, or something unanswered is to be sent again: some at a time,
 * those after `after`, so that many that are away do not hide the one that is here. Fewer than there is room for: the last.
 */
export async function fallenDue(house: House, after: string): Promise<{ ids: readonly string[]; next: string }> {
  const now = new Date(house.chance.now())
  const { rows } = await sql<{ device_id: string }>`
    select device_id from (
      select device_id from device_command where not_before <= ${now} and sent_at is null and result is null and expires_at > ${now}
      union
      select device_id from device_command where again_at <= ${now} and result is null and expires_at > ${now}) x
    where device_id > ${after} order by device_id limit ${dueAtOnce}`.execute(house.databases.system)
  const ids = rows.map((r) => r.device_id)
  return { ids, next: ids.length < dueAtOnce ? firstDevice : (ids.at(-1) ?? firstDevice) }
}
/** Before any. */
export const firstDevice = '00000000-0000-0000-0000-000000000000'

/** Who sets the interval back, as commands name it. */
const afterBurst = 'gateway: burst over'
/** A device that was away when its burst ended hears of it for so long, milliseconds. */
const restoreWithinMs = 7 * 86_400_000

/**
 * Keeps, durably, the order that ends a burst set by the interval: a protocol without words for a burst that ends by
 * itself must be told when it is over, even by another gateway after a crash. One a device: a second burst moves it.
 */
export async function restoreLater(
  house: House,
  of: { deviceId: string; personId: string | null; org: string; intervalS: number; at: number },
): Promise<void> {
  const now = house.chance.now()
  const command: DeviceCommand = { kind: 'interval', seconds: Math.max(10, of.intervalS) }
  await house.databases.system.transaction().execute(async (db) => {
    await db
      .deleteFrom('device_command')
      .where('device_id', '=', of.deviceId)
      .where('asked_by', '=', afterBurst)
      .where('sent_at', 'is', null)
      .execute()
    // What was told about the interval before the burst, and not answered, would end the burst if it were said again.
    await sql`update device_command set again_at = null where device_id = ${of.deviceId} and again_at is not null
      and command ->> 'kind' = 'interval'`.execute(db)
    await db
      .insertInto('device_command')
      .values({
        id: house.chance.id(),
        device_id: of.deviceId,
        person_id: of.personId,
        org_code: of.org,
        command: sql`${JSON.stringify(command)}::jsonb`,
        why: '加密定位结束，恢复原上报间隔',
        subject_id: null,
        asked_by: afterBurst,
        asked_at: new Date(now),
        expires_at: new Date(of.at + restoreWithinMs),
        not_before: new Date(of.at),
        detail: sql`'{}'::jsonb`,
      })
      .execute()
  })
}

export async function sentAs(house: House, id: string, serial: number): Promise<void> {
  await house.databases.system.updateTable('device_command').set({ serial }).where('id', '=', id).execute()
}

/** The protocol has no words for it. */
export async function unsupported(house: House, id: string): Promise<void> {
  await house.databases.system
    .updateTable('device_command')
    .set({ result: 'unsupported', answered_at: new Date(house.chance.now()) })
    .where('id', '=', id)
    .execute()
}

/** 0x8104: answered by a list of parameters, by some terminals after a general reply. */
const readParameters = 0x8104

/**
 * Books a device's answer: by serial where the protocol carries one, else to the newest command still waiting for one.
 * What a self-check says of model and firmware is kept with the device; a list of parameters goes to who asked for it, though
 * a general reply came first.
 */
export async function answered(
  house: House,
  deviceId: string,
  answer: {
    serial: number
    result: number
    toCommand: number
    details: Readonly<Record<string, unknown>> | null
  },
): Promise<void> {
  const now = new Date(house.chance.now())
  const listed = answer.toCommand === readParameters && answer.details !== null
  // Zero bytes and halves of characters go into no PostgreSQL text.
  const detail = JSON.stringify(answer.details ?? {}).replace(/\\u0000|\\ud[89a-f][0-9a-f]{2}/gi, '')
  const { rows } = await sql<{ kind: string; subject: string | null; result: string }>`
    update device_command c set answered_at = ${now}, result = ${answer.result === 0 ? 'ok' : answer.result === 3 ? 'unsupported' : 'failed'}, detail = c.detail || ${detail}::jsonb
    where c.id = (select id from device_command where device_id = ${deviceId} and sent_at is not null
      and (answered_at is null or (${listed} and command ->> 'kind' = 'readParameters' and serial = ${answer.serial}))
      and (not ${listed} or command ->> 'kind' = 'readParameters')
      and (serial = ${answer.serial} or ${answer.serial} = 0 or serial is null)
      order by (serial = ${answer.serial}) desc nulls last, (${answer.details !== null} and command ->> 'kind' = 'selfCheck') desc, sent_at desc limit 1)
    returning command ->> 'kind' as kind, subject_id as subject, result`.execute(house.databases.system)
  const [told] = rows
  if (told?.kind === 'text' && told.subject) await noteArrival(house, told.subject, told.result, now)
  if (rows[0]?.kind === 'selfCheck' && answer.details)
    await sql`update device set health = health || jsonb_build_object('selfCheckAt', ${now.toISOString()}::text) || ${detail}::jsonb where id = ${deviceId}`.execute(
      house.databases.system,
    )
}

/** Books what an app says of commands it was handed with an earlier answer. Saying it twice says it once. */
export async function answeredByApp(house: House, deviceId: string, answers: readonly AppAnswer[]): Promise<void> {
  if (answers.length === 0) return
  const now = new Date(house.chance.now())
  const { rows } = await sql<{ kind: string; subject: string | null; result: string }>`
    update device_command c set answered_at = ${now}, result = x.result
    from unnest(${answers.map((a) => a.id)}::uuid[], ${answers.map((a) => a.result)}::text[]) as x(id, result)
    where c.id = x.id and c.device_id = ${deviceId} and c.sent_at is not null and c.answered_at is null and c.result is null
    returning c.command ->> 'kind' as kind, c.subject_id as subject, c.result`.execute(house.databases.system)
  for (const { kind, subject, result } of rows)
    if (kind === 'text' && subject) await noteArrival(house, subject, result, now)
}

/** What was said to the person through the device has arrived, or could not. */
async function noteArrival(house: House, subject: string, result: string, at: Date): Promise<void> {
  await sql`update message set sent_at = coalesce(sent_at, ${at}), delivered_at = case when ${result} = 'ok' then ${at}::timestamptz end,
    failed = case when ${result} <> 'ok' then ${result} end where subject_id = ${subject} and delivered_at is null and channel in ('device', 'app')`.execute(
    house.databases.system,
  )
}

/** The wire's word for a command of ours; they are the same but for their place. */
export const wireCommand = (command: DeviceCommand): Command => command
