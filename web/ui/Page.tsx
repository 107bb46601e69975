import { type ReactNode, useEffect } from 'react'
import { useWords } from './language.ts'
import { common } from './words.ts'

/** A screen's heading with what can be done here; names the document too. */
export function Page({
  title,
  note,
  actions,
  children,
  wide = false,
}: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  wide?: boolean
}) {
  const t = useWords(common)
  useEffect(() => {
    document.title = t('pageOf', { title })
  }, [title, t])
  return (
    <div className={wide ? 'zj-page zj-page-wide' : 'zj-page'}>
      <header className="zj-page-head">
        <h1>{title}</h1>
        {note ? <div className="zj-page-note">{note}</div> : null}
        {actions ? <div className="zj-page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}

/** One plain white surface; surfaces never nest. */
export function Panel({
  title,
  extra,
  children,
  flush = false,
  label,
}: {
  title?: ReactNode
  extra?: ReactNode
  children: ReactNode
  flush?: boolean
  label?: string
}) {
  return (
    <section className={flush ? 'zj-panel zj-panel-flush' : 'zj-panel'} aria-label={label}>
      {title ? (
        <header className="zj-panel-head">
          <h2>{title}</h2>
          {extra ? <div>{extra}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  )
}
