import type { Procedure, Step, Way } from '@zhijiao/contract/procedures/describe'
import { blanksOf } from '@zhijiao/contract/procedures/written'
import { levelsOf } from '@zhijiao/law/level-setting'
import { documentsIn } from '../documents/index.ts'
import { stepOf } from './domain.ts'
import { type Moment, practiceOf } from './practice.ts'
import { matterStore, type PassageRow } from './store.ts'

export { blanksOf, dayWritten, written } from '@zhijiao/contract/procedures/written'

/**
 * How often a matter has come to a paper so far, with its beginning and the passage that is being made: a second reminder,
 * a second reply, a report after the search are papers of their own, whatever became of the first.
 */
const cameTo = (procedure: Procedure, passages: readonly PassageRow[], paper: string): number =>
  (procedure.papers?.includes(paper) ? 1 : 0) +
  passages.filter((p) =>
    stepOf(procedure, p.step)
      ?.ways.find((way) => way.id === p.way)
      ?.papers?.includes(paper),
  ).length

/** Drafts the papers of a passage from what the forms and the practice say; an officer corrects and issues them. */
export async function draftPapers(
  moment: Moment,
  procedure: Procedure,
  papers: readonly string[],
  way?: Way,
  step?: Step,
): Promise<void> {
  if (papers.length === 0) return
  const documents = documentsIn(moment, moment.house)
  const filled = blanksOf(procedure, moment.forms, levelsOf(moment.law))
  const { matter } = moment
  // What the other county of a matter writes is its own paper; of the person it knows what the matter says.
  const elsewhere = matter.person_id !== null && moment.person === null ? matter.other_org : null
  const passages = await matterStore(moment.db).passages(matter.id)
  for (const paper of papers)
    await documents.draft({
      template: paper,
      anew: cameTo(procedure, passages, paper) > 1,
      org: elsewhere ?? matter.org_code,
      organ: step?.issues ? matter.holder_unit : null,
      person: elsewhere ? null : matter.person_id,
      subject: matter.id,
      on: moment.today,
      values: {
        ...(elsewhere ? { 姓名: matter.who } : {}),
        事项: procedure.zh,
        ...(way ? { 审批结果: way.zh } : {}),
        ...(moment.note ? { 理由: moment.note } : {}),
        ...filled,
        ...(await practiceOf(procedure.id).blanks?.(moment, paper, way?.id)),
      },
      by: { id: moment.by.id || null, name: moment.by.name },
    })
}
