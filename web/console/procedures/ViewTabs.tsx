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
    <nav className="zj-views" aria-label={t('views')}>
      {views.map((v) => (
        <button
          key={v}
          type="button"
          {...(v === view ? { 'aria-current': 'page' as const } : {})}
          onClick={() => onChange(v)}
        >
          {t(v)}
          {counts?.[v] === undefined ? null : <b> {counts[v]}</b>}
        </button>
      ))}
    </nav>
  )
}
