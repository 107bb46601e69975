import { Timeline } from 'antd'
import type { ReactNode } from 'react'
import { instant } from './format.ts'

export interface Happened {
  readonly key: string
  readonly at: string
  readonly by?: string | undefined
  readonly title: ReactNode
  readonly more?: ReactNode
  readonly act?: boolean
}

/** What happened, in order, each with its time and its author. */
export function History({ of }: { of: readonly Happened[] }) {
  return (
    <Timeline
      className="zj-history"
      items={of.map((one) => ({
        key: one.key,
        color: one.act ? 'red' : 'gray',
        content: (
          <div>
            <div>
              <time dateTime={one.at} className="zj-muted zj-small">
                {instant(one.at)}
              </time>
              {one.by ? <span className="zj-muted zj-small"> · {one.by}</span> : null}
            </div>
            <div>{one.title}</div>
            {one.more ? <div className="zj-muted">{one.more}</div> : null}
          </div>
        ),
      }))}
    />
  )
}
