import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { faultsByRow, halves } from './left.ts'
import { batchesOf, FileFault, readLines, rowsAtOnce, textAtOnce, textOf } from './lines.ts'

test('a file is read plain or gzipped; another kind of file says what it is', async () => {
  expect(await textOf(new Blob(['{"a":1}\n']))).toBe('{"a":1}\n')
  expect(await textOf(new Blob([new Uint8Array(gzipSync('{"a":"柳"}'))]))).toBe('{"a":"柳"}')
  const faultOf = (bytes: number[]) =>
    textOf(new Blob([new Uint8Array(bytes)])).then(
      () => '',
      (error: unknown) => (error instanceof FileFault ? error.says.zh : 'another error'),
    )
  expect(await faultOf([0x50, 0x4b, 3, 4])).toContain('Excel')
  expect(await faultOf([0xc4, 0xe3])).toContain('UTF-8')
  expect(await faultOf([0x1f, 0x8b, 1, 2, 3])).toContain('无法解压')
})

test('lines keep their number; what is no object is left out and named, empty lines do not count', () => {
  const { lines, left } = readLines('\uFEFF{"a":1}\r\n\n[1]\nnonsense\n{"b":2}')
  expect(lines.map((l) => [l.line, l.value])).toEqual([
    [1, { a: 1 }],
    [5, { b: 2 }],
  ])
  expect(left.map((l) => [l.line, l.code])).toEqual([
    [3, 'ZJ_HISTORY_LINE'],
    [4, 'ZJ_HISTORY_LINE'],
  ])
  expect(readLines(JSON.stringify({ a: 'x'.repeat(textAtOnce) })).left[0]?.code).toBe('ZJ_HISTORY_LONG')
})

test('a request holds so many rows and so much text, and every line is in one of them', () => {
  const of = (length: number) => (_: unknown, i: number) => ({ line: i + 1, value: {}, length })
  expect(batchesOf(Array.from({ length: rowsAtOnce + 1 }, of(10))).map((b) => b.length)).toEqual([rowsAtOnce, 1])
  expect(batchesOf(Array.from({ length: 3 }, of(textAtOnce / 2))).map((b) => b.length)).toEqual([2, 1])
  expect(batchesOf([])).toEqual([])
})

test('faults of a request are put to their rows; one that lies in none is not', () => {
  const fault = (path: string) => ({ path, zh: '必填', en: 'is required' })
  const rows = faultsByRow(
    { fields: [fault('files.3.person.name'), fault('files.3.number'), fault('files.0')] },
    'files',
  )
  expect([...(rows ?? [])].map(([row, faults]) => [row, faults.map((f) => f.field)])).toEqual([
    [3, ['person.name', 'number']],
    [0, ['']],
  ])
  expect(faultsByRow({ fields: [fault('source')] }, 'files')).toBeNull()
  expect(faultsByRow({}, 'files')).toBeNull()
})

test('a refusal is cut into what is wrong and what to do; one that only says what is wrong gets a way on', () => {
  expect(
    halves({ zh: '没有档案“甲”，或不在您的辖区。请先导入档案。', en: 'There is no file "A". Import it first.' }),
  ).toEqual({
    reason: { zh: '没有档案“甲”，或不在您的辖区', en: 'There is no file "A"' },
    remedy: { zh: '请先导入档案。', en: 'Import it first.' },
  })
  expect(halves({ zh: '必填', en: 'is required' }).remedy.zh).toContain('字段说明')
})
