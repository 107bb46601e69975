import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useWords } from '../../ui/language.ts'
import { shellWords } from './words.ts'

export function Gone() {
  const t = useWords(shellWords)
  return (
    <div className="zj-page">
      <EmptyState why="nothing" what={t('notFound')} action={<Link to="/">{t('home')}</Link>} />
    </div>
  )
}
