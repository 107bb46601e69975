import { Link, useLocation } from '@tanstack/react-router'
import { Breadcrumb } from 'antd'
import { useWords } from '../../ui/language.ts'
import { screenOf, screens } from '../rooms.tsx'
import { shellWords } from './words.ts'

/** Where this screen stands: group, list, this one. */
export function Trail({ last, via }: { last?: string | undefined; via?: { to: string; name: string } | undefined }) {
  const t = useWords(shellWords)
  const { pathname } = useLocation()
  const screen = screenOf(pathname)
  if (!screen) return null
  const parent = screen.menu
    ? undefined
    : screens.find((s) => s.menu && s.path !== '/' && pathname.startsWith(`${s.path}/`))
  return (
    <nav aria-label={t('here')}>
      <Breadcrumb
        items={[
          ...(screen.group ? [{ title: t(screen.group) }] : []),
          ...(parent ? [{ title: <Link to={parent.path}>{t(parent.word)}</Link> }] : []),
          ...(via ? [{ title: <Link to={via.to}>{via.name}</Link> }] : []),
          ...(last || screen.word !== parent?.word ? [{ title: last ?? t(screen.word) }] : []),
        ]}
      />
    </nav>
  )
}
