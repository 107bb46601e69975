import { Tabs } from 'antd'
import { useWords } from '../../ui/language.ts'
import type { View } from './MatterTable.tsx'
import { matterWords } from './words.ts'

/** The views of a list with how many each holds, where the server counts them. */
export function ViewTabs({
  views,
  view,
  counts,
  onChange,
}: {
  views: readonly View[]
  view: View
  counts: Partial<Record<View, number>> | undefined
  onChange: (view: View) => void
}) {
  const t = useWords(matterWords)
  return (
    <Tabs
      activeKey={view}
      onChange={(key) => onChange(key as View)}
      items={views.map((v) => ({ key: v, label: counts?.[v] === undefined ? t(v) : `${t(v)} ${counts[v]}` }))}
    />
  )
}
