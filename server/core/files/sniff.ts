import type { fileMimes } from '@zhijiao/contract/files'

export type FileMime = (typeof fileMimes)[number]

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Brands of an ISO media file (ISO/IEC 14496-12 §4.3) that hold sound only. */
const soundBrands = new Set(['M4A ', 'M4B ', 'F4A '])
const videoBrands = new Set([
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'MSNV',
  '3gp4',
  '3gp5',
  '3gp6',
  'qt  ',
])

/**
 * What a file is by its first bytes, or null when it is none of the kinds taken in. Its name and the browser's word for
 * it count for nothing: a page that calls itself a photo must not be served back to an officer.
 */
export function sniff(content: Uint8Array): FileMime | null {
  const starts = (bytes: readonly number[], at = 0) => bytes.every((b, i) => content[at + i] === b)
  const text = (at: number, length: number) => String.fromCharCode(...content.subarray(at, at + length))
  if (starts([0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return 'image/webp'
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WAVE') return 'audio/wav'
  if (text(0, 5) === '%PDF-') return 'application/pdf'
  if (text(4, 4) === 'ftyp') {
    const brand = text(8, 4)
    return soundBrands.has(brand) ? 'audio/mp4' : videoBrands.has(brand) ? 'video/mp4' : null
  }
  if (text(0, 3) === 'ID3' || isMpegSound(content)) return 'audio/mpeg'
  if (starts([0x50, 0x4b, 0x03, 0x04])) return officeKind(content)
  return null
}

/** An MPEG-1/2 layer III frame header: 11 sync bits, a known version, layer III, a real bit rate and sampling rate. */
function isMpegSound(content: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0] = content
  return (
    a === 0xff &&
    (b & 0xe0) === 0xe0 &&
    ((b >> 3) & 3) !== 1 &&
    ((b >> 1) & 3) === 1 &&
    (c >> 4) % 15 !== 0 &&
    ((c >> 2) & 3) !== 3
  )
}

/** Word and Excel files are ZIP archives that name their parts; anything else in a ZIP is not taken in. */
function officeKind(content: Uint8Array): FileMime | null {
  const names = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  if (!names.includes('[Content_Types].xml') || names.includes('vbaProject.bin')) return null
  if (names.includes('word/document.xml')) return docx
  return names.includes('xl/workbook.xml') ? xlsx : null
}
