import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

const u64 = (value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]

/** A PNG of one colour, 256 × 256. */
export function flatPng([red, green, blue]: readonly [number, number, number]): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const out = Buffer.alloc(8)
    out.writeUInt32BE(data.length, 0)
    out.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([out.subarray(0, 4), body, out.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(256, 0)
  head.writeUInt32BE(256, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.from([0, ...Array.from({ length: 256 }, () => [red, green, blue]).flat()])
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: 256 }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The smallest PMTiles archive (specification version 3) there can be: one raster tile, the whole world at zoom 0. */
export function oneTile(png: Buffer): Buffer {
  // One entry: tile id 0, run 1, its length, offset 0 (written plus one).
  const directory = Buffer.from([...varint(1), ...varint(0), ...varint(1), ...varint(png.length), ...varint(1)])
  const metadata = Buffer.from(JSON.stringify({ name: createHash('sha256').update(png).digest('hex').slice(0, 8) }))
  const rootAt = 127
  const metaAt = rootAt + directory.length
  const tilesAt = metaAt + metadata.length
  const degrees = (lon: number, lat: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeInt32LE(Math.round(lon * 1e7), 0)
    bytes.writeInt32LE(Math.round(lat * 1e7), 4)
    return bytes
  }
  const header = Buffer.concat([
    Buffer.from('PMTiles\x03', 'latin1'),
    ...[rootAt, directory.length, metaAt, metadata.length, tilesAt, 0, tilesAt, png.length, 1, 1, 1].map(u64),
    // Clustered; directories and tiles as they are; PNG; zoom 0 to 0.
    Buffer.from([1, 1, 1, 2, 0, 0]),
    degrees(-180, -85),
    degrees(180, 85),
    Buffer.from([0]),
    degrees(0, 0),
  ])
  return Buffer.concat([header, directory, metadata, png])
}
