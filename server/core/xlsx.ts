import { strToU8, Zip, ZipDeflate } from 'fflate'

export type Cell = string | number | boolean | null
export interface Sheet {
  readonly name: string
  /** First row, merged over all columns. */
  readonly title: string
  /** Rows below it: query conditions, who exported and when. */
  readonly notes: readonly string[]
  readonly headings: readonly string[]
  /** Column widths in characters. */
  readonly widths?: readonly number[]
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>
  /** Printed in header and footer of every page: name, number and time of whoever exported. */
  readonly watermark: string
  /** 流水号 of the export, in the file's properties: a copy that turns up names its origin. */
  readonly mark: string
  /** Allowed words of a column, offered as a list. */
  readonly choices?: Readonly<Record<number, readonly string[]>>
}

/**
 * Writes an Office Open XML workbook of one sheet (ECMA-376) as a stream: rows are never all in memory. Text goes in as
 * text, so that a name beginning with `=` is no formula and an identity number keeps its digits.
 */
export async function* workbook(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = []
  let failed: Error | null = null
  const zip = new Zip((error, chunk) => {
    if (error) failed = error
    else out.push(chunk)
  })
  const entry = (name: string) => {
    const file = new ZipDeflate(name, { level: 6 })
    zip.add(file)
    return file
  }
  for (const [name, text] of Object.entries(frame(sheet))) entry(name).push(strToU8(text), true)
  const body = entry('xl/worksheets/sheet1.xml')
  body.push(strToU8(head(sheet)))
  let number = sheet.notes.length + 3
  let batch = ''
  for await (const row of sheet.rows) {
    batch += rowXml(number++, row)
    if (batch.length < 65_536) continue
    body.push(strToU8(batch))
    batch = ''
    if (failed) throw failed
    while (out.length > 0) yield out.shift() as Uint8Array
  }
  body.push(strToU8(batch + tail(sheet)), true)
  zip.end()
  if (failed) throw failed
  while (out.length > 0) yield out.shift() as Uint8Array
}

/** A to Z, AA …; columns count from 0. */
export function columnLetter(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

const escaped = (text: string) =>
  text
    // XML 1.0 has no place for these characters at all.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the control characters are meant
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')

function cellXml(at: string, value: Cell, style = 0): string {
  const s = style ? ` s="${style}"` : ''
  if (value === null || value === '') return ''
  if (typeof value === 'number' && Number.isFinite(value)) return `<c r="${at}"${s}><v>${value}</v></c>`
  return `<c r="${at}"${s} t="inlineStr"><is><t xml:space="preserve">${escaped(String(value).slice(0, 32_000))}</t></is></c>`
}
const rowXml = (number: number, cells: readonly Cell[], style = 0) =>
  `<row r="${number}">${cells.map((c, i) => cellXml(`${columnLetter(i)}${number}`, c, style)).join('')}</row>`

function head({ title, notes, headings, widths = [] }: Sheet): string {
  const columns = headings.map(
    (_, i) => `<col min="${i + 1}" max="${i + 1}" width="${widths[i] ?? 16}" customWidth="1"/>`,
  )
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${notes.length + 2}" topLeftCell="A${notes.length + 3}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${columns.join('')}</cols><sheetData>${rowXml(1, [title], 1)}` +
    notes.map((note, i) => rowXml(i + 2, [note], 2)).join('') +
    rowXml(notes.length + 2, headings, 3)
  )
}

function tail({ notes, headings, watermark, choices = {} }: Sheet): string {
  const last = columnLetter(headings.length - 1)
  const merges = [1, ...notes.map((_, i) => i + 2)].map((r) => `<mergeCell ref="A${r}:${last}${r}"/>`)
  const lists = Object.entries(choices).map(([column, words]) => {
    const letter = columnLetter(Number(column))
    return `<dataValidation type="list" allowBlank="1" sqref="${letter}${notes.length + 3}:${letter}5000"><formula1>"${escaped(words.join(','))}"</formula1></dataValidation>`
  })
  return (
    `</sheetData>${headings.length > 1 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : ''}` +
    (lists.length ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : '') +
    `<pageMargins left="0.5" right="0.5" top="0.8" bottom="0.8" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/>` +
    `<headerFooter><oddHeader>&amp;R${escaped(watermark)}</oddHeader><oddFooter>&amp;L${escaped(watermark)}&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`
  )
}

function frame({ name, title, mark }: Sheet): Readonly<Record<string, string>> {
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml': `${xml}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:identifier>${escaped(mark)}</dc:identifier></cp:coreProperties>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${rel}"><sheets><sheet name="${escaped(name.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${rel}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${xml}<styleSheet xmlns="${main}"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF7"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="center"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1"/></xf><xf numFmtId="0" fontId="2" fillId="2" borderId="0" xfId="0"/></cellXfs></styleSheet>`,
  }
}

export const xlsxMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
