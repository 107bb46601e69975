import { Tabs } from 'antd'
import { type ReactNode, Suspense } from 'react'
import { Waiting } from './Waiting.tsx'

export interface DetailTab {
  readonly key: string
  readonly label: ReactNode
  readonly render: () => ReactNode
}

/** Tabs of one file. A tab is built when first opened and keeps what was typed in it. */
export function DetailTabs({
  tabs,
  active,
  onChange,
}: {
  tabs: readonly DetailTab[]
  active: string
  onChange: (key: string) => void
}) {
  return (
    <Tabs
      activeKey={tabs.some((tab) => tab.key === active) ? active : tabs[0]?.key}
      onChange={onChange}
      items={tabs.map((tab) => ({
        key: tab.key,
        label: tab.label,
        children: <Suspense fallback={<Waiting />}>{tab.render()}</Suspense>,
      }))}
    />
  )
}
