import { toHex } from '../bytes.ts'
import type { Cursor } from '../cursor.ts'
import { readText } from './text.ts'

/**
 * Terminal attributes (查询终端属性应答 0x0107; JT/T 808—2013 table 20, —2019 table 20). `gnss` bits: 0 GPS, 1 BeiDou,
 * 2 GLONASS, 3 Galileo. The 2019 edition widened maker, model and identity.
 */
export function readAttributes(body: Cursor, is2019: boolean): Record<string, unknown> | null {
  const kind = body.u16()
  const maker = readText(body.bytes(is2019 ? 11 : 5))
  const model = readText(body.bytes(is2019 ? 30 : 20))
  const terminal = readText(body.bytes(is2019 ? 30 : 7))
  const iccid = toHex(body.bytes(10))
  const hardware = readText(body.bytes(body.u8()))
  const firmware = readText(body.bytes(body.u8()))
  const gnss = body.u8()
  const communication = body.u8()
  if (body.overrun) return null
  return { kind, maker, model, terminal, iccid, hardware, firmware, gnss, communication }
}
