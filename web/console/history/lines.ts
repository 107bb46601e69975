import type { Left, Said } from './left.ts'

/** A line of a file as it goes to the server. */
export interface Line {
  readonly line: number
  readonly value: unknown
  /** Length of its text, characters. */
  readonly length: number
}

/** Largest file that a browser is asked to read at once, bytes unpacked. */
export const mostUnpacked = 256 * 1024 * 1024
/** Rows of one request: small enough that progress is seen, large enough that a county's papers are hundreds of requests. */
export const rowsAtOnce = 200
/** Text of one request, characters; three bytes each at most, and a body holds 2 MB. */
export const textAtOnce = 600_000

/** Why a file cannot be read at all. */
export class FileFault extends Error {
  readonly says: Said
  constructor(says: Said) {
    super(says.en)
    this.says = says
  }
}

const startsWith = (bytes: Uint8Array, ...head: readonly number[]) => head.every((byte, i) => bytes[i] === byte)

/** Whether a file is gzip. */
export const isGzip = async (file: Blob): Promise<boolean> =>
  startsWith(new Uint8Array(await file.slice(0, 2).arrayBuffer()), 0x1f, 0x8b)

/** Whether a file is an Excel file or an archive, which some take for a text. */
export async function isOffice(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return startsWith(head, 0x50, 0x4b) || startsWith(head, 0xd0, 0xcf)
}

/** The text of a file, gzipped or not. @throws FileFault */
export async function textOf(file: Blob): Promise<string> {
  if (await isOffice(file))
    throw new FileFault({
      zh: '这是 Excel 或 ZIP 文件。这里要的是每行一个 JSON 的文本文件；只有 Excel 名册的，请到“矫正对象 → 导入”。',
      en: 'This is an Excel or ZIP file. Wanted is a text file with one JSON a line; a register in Excel goes by People → Import files.',
    })
  const stream = (await isGzip(file)) ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const bytes = await within(stream)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FileFault({
      zh: '文件不是 UTF-8 文本。请在导出时选择 UTF-8 编码，重新导出后再试。',
      en: 'The file is not UTF-8 text. Export it again as UTF-8.',
    })
  }
}

/** All bytes of a stream, unless they are more than may be. @throws FileFault */
async function within(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new FileFault({
        zh: '压缩文件已损坏，无法解压。请重新压缩（gzip）后再试。',
        en: 'The compressed file is damaged. Compress it again (gzip).',
      })
    })
    if (done || !value) break
    size += value.length
    if (size > mostUnpacked) {
      await reader.cancel()
      throw new FileFault({
        zh: '文件解压后超过 256 MB。请按年份或单位拆成几个文件，依次导入。',
        en: 'Unpacked, the file is more than 256 MB. Split it by year or unit and import the parts one after the other.',
      })
    }
    parts.push(value)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The lines of a text; what is no JSON object is left out and named. Empty lines do not count. */
export function readLines(text: string): { readonly lines: readonly Line[]; readonly left: readonly Left[] } {
  const lines: Line[] = []
  const left: Left[] = []
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((given, i) => {
      if (given.trim() === '') return
      const value = parsed(given)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) left.push(noJson(i + 1))
      else if (given.length > textAtOnce) left.push(tooLong(i + 1))
      else lines.push({ line: i + 1, value, length: given.length })
    })
  return { lines, left }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
const noJson = (line: number): Left => ({
  line,
  of: '',
  field: '',
  code: 'ZJ_HISTORY_LINE',
  why: {
    zh: '这一行不是一个完整的 JSON。请检查引号、括号和换行：每行一条，行内不换行。',
    en: 'The line is not one whole JSON. Check quotes, brackets and line breaks: one record a line.',
  },
})
const tooLong = (line: number): Left => ({
  line,
  of: '',
  field: '',
  code: 'ZJ_HISTORY_LONG',
  why: {
    zh: '这一行太长（超过 60 万字）。请减少其中的报警或事件，分到时间线的其他档案条目中。',
    en: 'The line is too long (more than 600,000 characters). Tell fewer alarms or events in it.',
  },
})

/** Requests for lines, in their order. */
export function batchesOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const batches: Line[][] = []
  let room = 0
  for (const line of lines) {
    const last = batches.at(-1)
    if (!last || last.length >= rowsAtOnce || room + line.length > textAtOnce) {
      batches.push([line])
      room = line.length
    } else {
      last.push(line)
      room += line.length
    }
  }
  return batches
}
