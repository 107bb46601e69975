import { expect, test } from 'vitest'
import { sniff } from './sniff.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'latin1') : Buffer.from(p))))

test.each([
  [bytes([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  [bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'image/png'],
  [bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 '), 'image/webp'],
  [bytes('RIFF', [0, 0, 0, 0], 'WAVEfmt '), 'audio/wav'],
  [bytes('%PDF-1.7'), 'application/pdf'],
  [bytes([0, 0, 0, 24], 'ftypisom'), 'video/mp4'],
  [bytes([0, 0, 0, 24], 'ftypM4A '), 'audio/mp4'],
  [bytes('ID3', [3, 0]), 'audio/mpeg'],
  [bytes([0xff, 0xfb, 0x90, 0x00]), 'audio/mpeg'],
])('%# a file is what its bytes say', (content, mime) => expect(sniff(content)).toBe(mime))

test('Word and Excel by their parts, without macros', () => {
  const zip = (...names: string[]) => bytes('PK', [3, 4], names.join('\0'))
  expect(sniff(zip('[Content_Types].xml', 'word/document.xml'))).toContain('wordprocessingml')
  expect(sniff(zip('[Content_Types].xml', 'xl/workbook.xml'))).toContain('spreadsheetml')
  expect(sniff(zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin'))).toBeNull()
  expect(sniff(zip('readme.txt'))).toBeNull()
})

test.each(['<html><script>', 'MZ\x90\x00', '#!/bin/sh', '<svg xmlns=', '', 'GIF89a'])(
  'everything else is refused: %j',
  (text) => expect(sniff(Buffer.from(text, 'latin1'))).toBeNull(),
)
