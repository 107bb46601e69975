import type { ReactNode } from 'react'
import { Page } from '../ui/Page.tsx'
import { Trail } from './shell/Trail.tsx'

/** A screen of the console: trail, title, what can be done here, content. */
export function Screen(props: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  last?: string
}) {
  const { last, ...page } = props
  return (
    <>
      <Trail last={last} />
      <Page {...page} />
    </>
  )
}
