import type { Law } from '@zhijiao/law/in-force'
import { everyIn, everySaid } from '../obligations/index.ts'

/** What recurs more or less often with the level: settings of the province, not numbers of the law (IM 21). */
const recurrent = [
  { setting: 'SET-25', zh: '常规报告', en: 'Regular report' },
  { setting: 'SET-35', zh: '遵守禁止令情况报告', en: 'Report on keeping the injunction' },
  { setting: 'SET-26', zh: '教育学习', en: 'Education' },
  { setting: 'SET-27', zh: '公益活动', en: 'Public-good activity' },
] as const

const none = { zh: '不作要求', en: 'not asked for' }

/** What a change of level changes in the person's days, as the operator set it; `injunction`: whether he is under one. */
export function consequencesOf(
  law: Law,
  from: string,
  to: string,
  injunction: boolean,
): readonly { zh: string; en: string }[] {
  return recurrent.flatMap(({ setting, zh, en }) => {
    if (setting === 'SET-35' && !injunction) return []
    const said = (level: string) => {
      const every = everyIn(law, setting, level)
      return every ? everySaid(every) : none
    }
    const [before, after] = [said(from), said(to)]
    if (before === none && after === none) return []
    return [
      before.zh === after.zh
        ? { zh: `${zh}:${after.zh}，不变`, en: `${en}: ${after.en}, as before` }
        : { zh: `${zh}：由${before.zh}改为${after.zh}`, en: `${en}: ${before.en} becomes ${after.en}` },
    ]
  })
}
