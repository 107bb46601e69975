import type { TemplateBody } from '@zhijiao/contract/paper'
import { conduct } from './conduct.ts'
import { ending } from './ending.ts'
import { intake } from './intake.ts'
import { paperNames } from './names.ts'
import { permits } from './permits.ts'
import { records } from './records.ts'

export { isServed, type PaperName, paperName, paperNames, servedPapers } from './names.ts'

/** Changes whenever a shipped template changes. */
export const shippedVersion = 'papers-2026.2'

const groups = { intake, permits, conduct, ending, records } as const
export type PaperGroup = keyof typeof groups

/** Group of a paper, as the list of templates is ordered. */
export function groupOf(id: string): PaperGroup {
  return (Object.keys(groups) as PaperGroup[]).find((group) => Object.hasOwn(groups[group], id)) ?? 'records'
}

/** Every template as it ships; a unit's own published version goes before it. */
export const shippedTemplates: ReadonlyMap<string, TemplateBody> = new Map(
  paperNames.map(({ id, zh, en }) => {
    const body = groups[groupOf(id)][id]
    if (!body) throw new Error(`paper ${id} has no template`)
    return [id, { zh, en, series: '', seal: 'none', ...body }]
  }),
)
