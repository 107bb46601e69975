import { Alert, Progress } from 'antd'
import type { ReactNode } from 'react'

/** What became of many acts sent a few at a time; each stands or falls alone. */
export interface Batched {
  readonly sent: number
  readonly done: number
  readonly refused: readonly { readonly id: string; readonly text: string }[]
  readonly over: boolean
}

/** How far a batch has come, and by name with the reason what it left as it was. */
export function BatchResult({
  of,
  total,
  names,
  doing,
  done,
  left,
  note,
}: {
  of: Batched
  total: number
  /** By id. */
  names: ReadonlyMap<string, string>
  doing: string
  done: string
  left: string
  note?: ReactNode
}) {
  return (
    <div aria-live="polite">
      <Progress
        percent={Math.round((of.sent / total) * 100)}
        status={of.over ? 'normal' : 'active'}
        aria-label={doing}
      />
      <p>{of.over ? done : doing}</p>
      {of.refused.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={left}
          description={
            <>
              <ul className="zj-faults">
                {of.refused.map((r) => (
                  <li key={r.id}>
                    <strong>{names.get(r.id) ?? '—'}</strong> {r.text}
                  </li>
                ))}
              </ul>
              {note}
            </>
          }
        />
      ) : null}
    </div>
  )
}
