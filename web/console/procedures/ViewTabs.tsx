import { useWords } from '../../ui/language.ts'
import { Views } from '../../ui/Views.tsx'
import type { View } from './MatterTable.tsx'
import { matterWords } from './words.ts'

/** The views of a list of matters. */
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
    <Views
      label={t('views')}
      views={views.map((id) => ({ id, label: t(id) }))}
      view={view}
      counts={counts}
      onChange={onChange}
    />
  )
}
