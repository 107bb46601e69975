import type { PartName } from '@zhijiao/contract/parts'
import { type Filing, fileAway } from '../people/index.ts'
import type { Moment } from '../procedures/index.ts'

/** What a business settled stands in the person's file too, in the group where everybody looks for it. */
export async function file(
  m: Pick<Moment, 'db' | 'ledger' | 'house' | 'person' | 'by' | 'now'>,
  part: PartName,
  data: Filing['data'],
): Promise<void> {
  if (m.person) await fileAway(m, m.house, { person: m.person.id, part, data, by: m.by.id, now: m.now })
}
