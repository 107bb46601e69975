import type { CommandLine, devices } from '@zhijiao/contract/devices'
import type { SpecOf } from '@zhijiao/contract/kernel'
import type { House } from '../core/house.ts'
import { settled } from '../core/refusals.ts'
import { type Handler, signedIn } from '../core/room.ts'
import { commander } from './commanding.ts'
import { pageIn, span } from './paging.ts'
import { type CommandRow, deviceStore } from './store.ts'

const stateOfResult: Readonly<Record<string, CommandLine['state']>> = {
  ok: 'answered',
  unsupported: 'unsupported',
  withdrawn: 'withdrawn',
}
const withdrawnSays = {
  holder: { zh: '终端已换人或收回，原指令不再下发', en: 'The device changed hands; it was not sent' },
  term: {
    zh: '该人没有允许此指令的定位启用，或已有新的启用在运行，不再下发',
    en: 'No term of that person allows it now, or another term runs; it was not sent',
  },
} as const

function shownCommand(r: CommandRow, now: number): CommandLine {
  const state = r.result
    ? (stateOfResult[r.result] ?? 'refused')
    : r.sent_at
      ? 'sent'
      : r.expires_at.getTime() < now
        ? 'expired'
        : 'waiting'
  return {
    id: r.id,
    command: r.command,
    why: r.why,
    askedBy: r.asked_by,
    askedAt: r.asked_at.toISOString(),
    expiresAt: r.expires_at.toISOString(),
    sentAt: r.sent_at?.toISOString() ?? null,
    // What was sent before anybody counted was sent once.
    sends: r.sent_at ? Math.max(1, r.sends) : 0,
    answeredAt: r.answered_at?.toISOString() ?? null,
    state,
    withdrawn:
      r.withdrawn && r.withdrawn_at
        ? { at: r.withdrawn_at.toISOString(), why: r.withdrawn, says: withdrawnSays[r.withdrawn] }
        : null,
    detail: r.detail,
  }
}

type CommandHandlers = {
  readonly [K in 'command' | 'commands' | 'commandState']: Handler<SpecOf<(typeof devices)[K]>>
}

/** What a device is told, and what became of it. */
export const commandHandlers = (house: House): CommandHandlers => {
  const command = commander(house)
  return {
    command: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const device = await deviceStore(inside.db).get(params.id)
        const by = signedIn(asked).staff
        const id = settled<string>(
          await command(inside.db, {
            deviceId: device.id,
            personId: device.holder_id,
            org: device.org_code,
            command: body.command,
            why: body.why,
            askedBy: by.name,
            expiresInMs: (body.expiresInS ?? 600) * 1000,
          }),
        )
        await inside.ledger.append({
          kind: 'device.commanded',
          org: device.org_code,
          person: device.holder_id,
          subject: device.id,
          payload: { command: body.command.kind, why: body.why, id },
        })
        asked.note({ person: device.holder_id })
        return shownCommand(await deviceStore(inside.db).command(id), circumstances.now)
      }),

    commands: ({ params, query, circumstances, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const store = deviceStore(db)
        const device = await store.get(params.id)
        const { rows, total } = await store.commands(params.id, span(query))
        note({ person: device.holder_id, rows: rows.length })
        return {
          items: rows.map((r) => shownCommand(r, circumstances.now)),
          total,
          ...pageIn(query),
        }
      }),

    commandState: ({ params, circumstances, note, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const asked = await deviceStore(db).command(params.id)
        note({ person: asked.person_id })
        return shownCommand(asked, circumstances.now)
      }),
  }
}
