import { Outlet, useLocation } from '@tanstack/react-router'
import { Layout } from 'antd'
import { Suspense, useEffect, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useWords } from '../../ui/language.ts'
import { startLive, stopLive } from '../../ui/live.ts'
import { Marked } from '../../ui/Marked.tsx'
import { useStanding } from '../../ui/session.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useFreshLaw, useMe } from '../me.ts'
import { opens } from '../menu.ts'
import { screenOf } from '../rooms.tsx'
import { AlarmBell } from './AlarmBell.tsx'
import { Banners } from './Banners.tsx'
import { IdleWatch } from './IdleWatch.tsx'
import { SideMenu } from './SideMenu.tsx'
import { SignInAgain } from './SignInAgain.tsx'
import { TabStrip } from './TabStrip.tsx'
import { TopBar } from './TopBar.tsx'
import { useKeys } from './useKeys.ts'

/** The frame of every screen behind the sign-in. */
export default function Shell() {
  const me = useMe()
  const c = useWords(common)
  const standing = useStanding()
  const { pathname } = useLocation()
  const [narrow, setNarrow] = useState(() => window.matchMedia('(max-width: 900px)').matches)
  const [menuOpen, setMenuOpen] = useState(false)
  useKeys()
  useFreshLaw()
  useEffect(() => {
    const media = window.matchMedia('(max-width: 900px)')
    const change = () => setNarrow(media.matches)
    media.addEventListener('change', change)
    return () => media.removeEventListener('change', change)
  }, [])
  useEffect(() => {
    if (standing === 'fine') startLive(me.live)
  }, [standing, me.live])
  useEffect(() => stopLive, [])
  const screen = screenOf(pathname)
  const allowed = !screen || opens(screen, me)
  return (
    <Marked name={me.name} number={me.number}>
      <a className="zj-skip" href="#content">
        {c('skip')}
      </a>
      <Layout className={standing === 'lost' ? 'zj-shell zj-locked' : 'zj-shell'} hasSider>
        <SideMenu narrow={narrow} open={menuOpen} onClose={() => setMenuOpen(false)} />
        <Layout>
          <TopBar narrow={narrow} onMenu={() => setMenuOpen(true)} />
          <AlarmBell />
          <TabStrip />
          <Banners />
          <main id="content" className="zj-content" tabIndex={-1}>
            <Suspense fallback={<Waiting />}>{allowed ? <Outlet /> : <EmptyState why="notYours" />}</Suspense>
          </main>
        </Layout>
      </Layout>
      <IdleWatch />
      <SignInAgain />
    </Marked>
  )
}
