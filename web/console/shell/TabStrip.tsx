import { CloseOutlined } from '@ant-design/icons'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useWords } from '../../ui/language.ts'
import { screenOf } from '../rooms.tsx'
import { pageName, usePageNames } from './pageNames.ts'
import { withPage } from './strip.ts'
import { shellWords } from './words.ts'

/** 多页签: the pages opened today, each one click away with its list as it was left. */
export function TabStrip() {
  const t = useWords(shellWords)
  const { pathname } = useLocation()
  const navigate = useNavigate()
  usePageNames()
  const [open, setOpen] = useState<readonly string[]>(['/'])
  // One alarm after another is one desk, not a tab each.
  const here = pathname.startsWith('/alarms') ? '/alarms' : pathname
  useEffect(() => {
    setOpen((now) => (screenOf(here) ? withPage(now, here) : now))
  }, [here])
  const titleOf = (path: string) => {
    const screen = screenOf(path)
    return pageName(path) ?? (screen ? t(screen.word) : path)
  }
  const close = (path: string) => {
    const rest = open.filter((p) => p !== path)
    const next = rest.length > 0 ? rest : ['/']
    setOpen(next)
    if (path === here) void navigate({ to: next[next.length - 1] ?? '/' })
  }
  return (
    <nav className="zj-tabs" aria-label={t('openPages')}>
      <ul>
        {open.map((path) => (
          <li key={path} className={path === here ? 'zj-tab zj-tab-here' : 'zj-tab'}>
            <Link to={path} {...(path === here ? { 'aria-current': 'page' as const } : {})}>
              {titleOf(path)}
            </Link>
            {path === '/' ? null : (
              <button type="button" aria-label={t('closePage', { title: titleOf(path) })} onClick={() => close(path)}>
                <CloseOutlined aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}
