import { type HistoryKind, history, historyKinds } from '@zhijiao/contract/history'
import { levelsOf } from '@zhijiao/law/level-setting'
import { refuse } from '../core/refusals.ts'
import { keep, signedIn } from '../core/room.ts'
import { exampleOf } from './examples.ts'
import { fieldSheet } from './field-sheet.ts'
import { KindUnknown } from './refusals.ts'
import { reportSheet } from './report.ts'

function kindOf(given: string): HistoryKind {
  const kind = historyKinds.find((k) => k === given)
  if (!kind) throw refuse(KindUnknown, { kind: given })
  return kind
}

export const historyHandlers = () =>
  keep(history, {
    example: async (asked) => exampleOf(kindOf(asked.params.kind), signedIn(asked).staff.org),
    fields: async (asked) => {
      const who = signedIn(asked)
      const { law, now } = asked.circumstances
      return fieldSheet(kindOf(asked.params.kind), levelsOf(law), { who, now, request: asked.request })
    },
    report: async (asked) => {
      const { body, circumstances, request } = asked
      asked.note({ rows: body.lines.length, detail: { kind: body.kind, file: body.file } })
      return reportSheet(body, { who: signedIn(asked), now: circumstances.now, request })
    },
  })
