import { crc32, deflateSync } from 'node:zlib'
import type { Chance } from '../chance.ts'

/** Points of a picture, wide and high. */
const [wide, high] = [320, 240]

type Colour = readonly [red: number, green: number, blue: number]

/** A drawn scene as a photo of a visit: sky, ground and a house, plainly nobody's. PNG (ISO/IEC 15948), eight bits a colour. */
export function pictureOf(chance: Chance): Uint8Array {
  const dusk = chance.happens(0.3)
  const sky: Colour = dusk ? [236, 196, 160] : [168, 204, 236]
  const ground: Colour = chance.happens(0.5) ? [150, 176, 120] : [186, 178, 164]
  const wall: Colour = [chance.whole(190, 240), chance.whole(180, 220), chance.whole(160, 200)]
  const roof: Colour = [chance.whole(120, 170), chance.whole(70, 100), chance.whole(60, 80)]
  const [left, width, storey] = [chance.whole(60, 110), chance.whole(110, 160), chance.whole(60, 96)]
  const [base, horizon] = [186, 150]
  const at = (x: number, y: number): Colour => {
    const top = base - storey
    const inside = x >= left && x < left + width
    if (inside && y >= top && y < base) {
      const [across, up] = [(x - left) % 44, (base - y) % 48]
      if (across > 12 && across < 32 && up > 14 && up < 38) return [92, 112, 132]
      return wall
    }
    const eaves = Math.abs(x - left - width / 2) / (width / 2 + 14)
    if (y < top && y >= top - 30 * (1 - eaves) && eaves < 1) return roof
    return y < horizon ? sky : ground
  }
  const rows = Buffer.alloc(high * (1 + wide * 3))
  for (let y = 0; y < high; y++) for (let x = 0; x < wide; x++) rows.set(at(x, y), y * (1 + wide * 3) + 1 + x * 3)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(wide, 0)
  head.writeUInt32BE(high, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from('Comment\0SYNTHETIC')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(content.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
