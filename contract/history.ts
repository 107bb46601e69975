/**
 * Old files (历史数据): what the imports of persons, terms and tracks, matters, leaves and papers have in common, and what
 * helps whoever prepares their files: an example, the list of fields, and what was left out as a sheet.
 */
import { Note, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

/** In the order in which they come in: what comes later names what came before. */
export const historyKinds = ['people', 'tracks', 'matters', 'leaves', 'documents'] as const
export type HistoryKind = (typeof historyKinds)[number]

/** A trial (试导入): everything is judged as if it came in, then undone. */
export const dryRun = Type.Optional(
  Type.Boolean({ description: 'Judge everything and undo it: nothing comes in but the line in the audit' }),
)

/** Why a row was left out: what is wrong with it and what to do. */
export const leftOut = {
  code: Type.String(),
  field: Nullable(Type.String({ description: 'Dotted path within the row; null: the row as a whole' })),
  ...Said.properties,
}
/** The same of a row of a batch. */
export const rowLeftOut = { row: Type.Integer({ description: 'Place in the request, from 1' }), ...leftOut }

/** A line of a file that was left out, as the sheet shows it. */
export const ReportLine = model('HistoryReportLine', {
  line: Type.Integer({ minimum: 1 }),
  of: Note(80),
  field: Note(120),
  reason: Note(600),
  remedy: Note(600),
  code: Note(60),
})
export type ReportLine = Static<typeof ReportLine>
/** Most lines of one sheet. */
export const reportLines = 2_000

export const history = promises('history', {
  example: {
    get: '/api/history/:kind/example',
    says: 'A small file of one kind that comes in as it stands: one JSON a line, made for the caller’s unit. The examples of the five kinds belong together.',
    answers: 'file',
    may: 'history.import',
    refuses: ['ZJ_HISTORY_KIND'],
  },
  fields: {
    get: '/api/history/:kind/fields',
    says: 'Every field of one kind as an Excel sheet: name, meaning, whether it must be there, type and limits; of matters each business with its steps and ways. Printed from the schemas that judge the import.',
    answers: 'file',
    may: 'history.import',
    refuses: ['ZJ_HISTORY_KIND'],
  },
  report: {
    post: '/api/history/report',
    says: 'Lines of a file that were left out, as an Excel sheet with the exporter and the time.',
    body: model('HistoryReport', {
      kind: OneOf(historyKinds),
      file: Text(200),
      source: Note(200),
      lines: Type.Array(ReportLine, { minItems: 1, maxItems: reportLines }),
    }),
    answers: 'file',
    may: 'history.import',
    audits: 'export',
  },
})
