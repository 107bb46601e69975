import { InboxOutlined, LockOutlined, SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Fragment, type ReactNode } from 'react'
import { useWords } from './language.ts'
import { common } from './words.ts'

/** Why there is nothing: nothing yet (and what to do), nothing matches (and under which conditions), or not yours to see. */
export type Emptiness =
  | { readonly why: 'nothing'; readonly what: string; readonly hint?: string; readonly action?: ReactNode }
  | { readonly why: 'noMatch'; readonly conditions?: readonly ReactNode[]; readonly onClear?: () => void }
  | { readonly why: 'notYours'; readonly hint?: string }

const icons = { nothing: <InboxOutlined />, noMatch: <SearchOutlined />, notYours: <LockOutlined /> }

export function EmptyState(props: Emptiness) {
  const t = useWords(common)
  return (
    <div className="zj-empty" role="status">
      <div className="zj-empty-icon" aria-hidden="true">
        {icons[props.why]}
      </div>
      {props.why === 'nothing' ? (
        <>
          <p className="zj-empty-what">{props.what}</p>
          {props.hint ? <p>{props.hint}</p> : null}
          {props.action}
        </>
      ) : null}
      {props.why === 'noMatch' ? (
        <>
          <p className="zj-empty-what">{t('emptyNoMatch')}</p>
          {props.conditions ? <Conditions of={props.conditions} /> : null}
          {props.onClear ? <Button onClick={props.onClear}>{t('clearConditions')}</Button> : null}
        </>
      ) : null}
      {props.why === 'notYours' ? (
        <>
          <p className="zj-empty-what">{t('emptyNotYours')}</p>
          <p>{props.hint ?? t('emptyNotYoursHint')}</p>
        </>
      ) : null}
    </div>
  )
}

function Conditions({ of }: { of: readonly ReactNode[] }) {
  const t = useWords(common)
  return (
    <p>
      {t('emptyNoMatchHint')}
      {of.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they stand in the order of the form and are drawn anew together
        <Fragment key={at}>
          {at > 0 ? ' · ' : ' '}
          {condition}
        </Fragment>
      ))}
    </p>
  )
}
