import type { Cursor } from '../cursor.ts'
import type { Registration } from '../message.ts'
import { readText } from './text.ts'

/** Field widths of the registration message by edition, bytes (JT/T 808—2011/2013/2019 table 7). */
export const REGISTRATION_WIDTHS = {
  2011: { maker: 5, model: 8, terminal: 7 },
  2013: { maker: 5, model: 20, terminal: 7 },
  2019: { maker: 11, model: 30, terminal: 30 },
} as const

export type Edition = keyof typeof REGISTRATION_WIDTHS

/** The shortest registration of 2013; anything shorter has the 8-byte model of 2011. */
const SHORTEST_2013 = 37

/**
 * Registration (终端注册 0x0100). The 2011 and 2013 editions share one header, so only the length tells them apart.
 */
export function readRegistration(
  body: Cursor,
  is2019: boolean,
): { registration: Registration; edition: Edition } | null {
  const edition: Edition = is2019 ? 2019 : body.left >= SHORTEST_2013 ? 2013 : 2011
  const widths = REGISTRATION_WIDTHS[edition]
  const province = body.u16()
  const county = body.u16()
  const maker = readText(body.bytes(widths.maker))
  const model = readText(body.bytes(widths.model))
  const terminal = readText(body.bytes(widths.terminal))
  body.skip(1)
  if (body.overrun) return null
  const plate = readText(body.bytes(body.left))
  return { registration: { province, county, maker, model, terminal, plate }, edition }
}
