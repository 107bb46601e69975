import { inflateSync } from 'node:zlib'

/** What a PDF of ours says and in which glyphs: the text of its pages read back through the fonts embedded in it. */
export interface PdfText {
  readonly text: string
  readonly pages: number
  /** Characters drawn with the glyph that stands for a missing one. */
  readonly missing: number
  /** Names of the fonts whose programs lie in the file. */
  readonly fonts: readonly string[]
}

/** Reads what pdfkit writes: classic objects, Flate streams, Identity-H fonts with a ToUnicode map. */
export function pdfText(pdf: Buffer): PdfText {
  const raw = pdf.toString('latin1')
  const objects = new Map<string, { head: string; stream: Buffer | null }>()
  for (const m of raw.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n([\s\S]*?)endobj/g)) {
    const [, id = '', body = ''] = m
    const at = body.indexOf('stream\n')
    const head = at < 0 ? body : body.slice(0, at)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const packed = at < 0 ? null : Buffer.from(body.slice(at + 7, at + 7 + length), 'latin1')
    objects.set(id, { head, stream: packed && /FlateDecode/.test(head) ? inflateSync(packed) : packed })
  }
  const ref = (text: string, key: string) => new RegExp(`/${key} (\\d+) 0 R`).exec(text)?.[1]
  const maps = new Map<string, Map<string, string>>()
  const fonts: string[] = []
  for (const [id, { head }] of objects) {
    if (!/\/Subtype \/Type0/.test(head)) continue
    const map = new Map<string, string>()
    const cmap = objects.get(ref(head, 'ToUnicode') ?? '')?.stream?.toString('latin1') ?? ''
    for (const range of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
      let code = Number.parseInt(range[1] ?? '0', 16)
      for (const one of (range[3] ?? '').matchAll(/<([^>]*)>/g)) {
        const hex = (one[1] ?? '').replace(/\s/g, '')
        map.set(code.toString(16).padStart(4, '0'), Buffer.from(hex, 'hex').swap16().toString('utf16le'))
        code++
      }
    }
    maps.set(id, map)
    const descendant = objects.get(/\/DescendantFonts \[(\d+) 0 R/.exec(head)?.[1] ?? '')?.head ?? ''
    const descriptor = objects.get(ref(descendant, 'FontDescriptor') ?? '')?.head ?? ''
    const program = objects.get(ref(descriptor, 'FontFile2') ?? ref(descriptor, 'FontFile3') ?? '')
    if (program?.stream && program.stream.length > 200) fonts.push(/\/BaseFont \/(\S+)/.exec(head)?.[1] ?? '')
  }
  let text = ''
  let pages = 0
  let missing = 0
  for (const { head } of objects.values()) {
    if (!/\/Type \/Page\b(?!s)/.test(head)) continue
    pages++
    const content = objects.get(ref(head, 'Contents') ?? '')?.stream?.toString('latin1') ?? ''
    const resources = objects.get(ref(head, 'Resources') ?? '')?.head ?? head
    const names = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
    let font = ''
    for (const op of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (op[1]) font = names.get(op[1]) ?? ''
      else
        for (const hex of (op[2] ?? '').matchAll(/<([0-9a-f]*)>/g))
          for (const code of (hex[1] ?? '').match(/.{4}/g) ?? []) {
            if (code === '0000') missing++
            text += maps.get(font)?.get(code) ?? ''
          }
    }
    text += '\n'
  }
  return { text, pages, missing, fonts }
}
