import {
  AlertOutlined,
  ApartmentOutlined,
  BarChartOutlined,
  CarryOutOutlined,
  FileDoneOutlined,
  HomeOutlined,
  MobileOutlined,
  SettingOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { Drawer, Layout, Menu } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { useFresh } from '../entrustments/OrganBell.tsx'
import { entrustWords } from '../entrustments/words.ts'
import { useMe } from '../me.ts'
import { menuOf } from '../menu.ts'
import { type Group, screenOf, screens } from '../rooms.tsx'
import { shellWords } from './words.ts'

const icons: Readonly<Record<string, ReactNode>> = {
  '/': <HomeOutlined />,
  '/tasks': <CarryOutOutlined />,
  groupAlarms: <AlertOutlined />,
  groupMatters: <FileDoneOutlined />,
  groupPeople: <TeamOutlined />,
  groupDevices: <MobileOutlined />,
  groupCounts: <BarChartOutlined />,
  groupUnits: <ApartmentOutlined />,
  groupSystem: <SettingOutlined />,
}
const groups: readonly Group[] = [
  'groupAlarms',
  'groupMatters',
  'groupPeople',
  'groupDevices',
  'groupCounts',
  'groupUnits',
  'groupSystem',
]

/** A menu entry with how many of its rows are new. */
function Counted({ word }: { word: string }) {
  const t = useWords(entrustWords)
  const { fresh, asked } = useFresh()
  return (
    <>
      {word}
      {fresh > 0 ? (
        <span className="zj-menu-count" title={t('bell', { n: fresh, asked })}>
          {fresh}
        </span>
      ) : null}
    </>
  )
}

/** Two levels by business name; what this person may not open is not there. */
export function SideMenu({ narrow, open, onClose }: { narrow: boolean; open: boolean; onClose: () => void }) {
  const t = useWords(shellWords)
  const c = useWords(common)
  const me = useMe()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [collapsed, setCollapsed] = useState(() => window.innerWidth < 1200)
  const items = useMemo(() => {
    const mine = menuOf(me)
    const leaf = (s: (typeof mine)[number]) => ({
      key: s.path,
      label: s.path === '/entrustments' ? <Counted word={t(s.word)} /> : t(s.word),
      icon: icons[s.path],
    })
    return [
      ...mine.filter((s) => !s.group).map(leaf),
      ...groups.flatMap((group) => {
        const children = mine.filter((s) => s.group === group).map(leaf)
        return children.length > 0 ? [{ key: group, label: t(group), icon: icons[group], children }] : []
      }),
    ]
  }, [me, t])
  const here = screenOf(pathname)
  const selected = here?.menu
    ? here.path
    : (screens.find((s) => s.menu && s.path !== '/' && pathname.startsWith(s.path))?.path ?? '/')
  const menu = (
    <nav aria-label={t('mainMenu')}>
      <Menu
        theme="dark"
        mode="inline"
        items={items}
        selectedKeys={[selected]}
        {...(collapsed && !narrow ? {} : { defaultOpenKeys: [...groups] })}
        onClick={({ key }) => {
          void navigate({ to: key })
          onClose()
        }}
      />
    </nav>
  )
  const brand = (
    <div className="zj-brand">
      <img src="/mark.svg" alt="" width={28} height={28} />
      {collapsed && !narrow ? null : <span>{c('platform')}</span>}
    </div>
  )
  if (narrow)
    return (
      <Drawer
        open={open}
        onClose={onClose}
        placement="left"
        size={260}
        title={c('platform')}
        rootClassName="zj-menu-drawer"
        styles={{ body: { padding: 0 } }}
      >
        {menu}
      </Drawer>
    )
  return (
    <Layout.Sider
      width={208}
      collapsedWidth={56}
      collapsible
      collapsed={collapsed}
      onCollapse={setCollapsed}
      className="zj-sider"
    >
      {brand}
      {menu}
    </Layout.Sider>
  )
}
