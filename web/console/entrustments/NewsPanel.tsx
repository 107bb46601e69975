import { type Entrustment, entrustments, newsKinds } from '@zhijiao/contract/entrustments'
import { App } from 'antd'
import { useEffect, useState } from 'react'
import { call, keyOf, queries } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { entrustWords } from './words.ts'

/** What the organ was told of this request, newest first; what is new is marked until the page is left. */
export function NewsPanel({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  const fresh = useLooked(of)
  const { notification } = App.useApp()
  // What is read here need not hang over it.
  useEffect(() => {
    for (const what of newsKinds) notification.destroy(`${of.id}.${what}`)
  }, [of.id, notification])
  return (
    <Panel title={t('news')}>
      {of.news.length === 0 ? <p className="zj-muted zj-tight">{t('newsNone')}</p> : null}
      <ol className="zj-rows">
        {[...of.news].reverse().map((one) => (
          <li key={`${one.what}${one.at}`}>
            <span>
              {t(`n_${one.what}`)} {fresh.has(one.at) ? <Mark tone="blue">{t('isNew')}</Mark> : null}
            </span>
            <time className="zj-muted zj-small" dateTime={one.at}>
              {minute(one.at)}
            </time>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** Says to the server that the news were looked at, once somebody really has the page before him. */
function useLooked(of: Entrustment): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const unseen = of.news.filter((one) => !one.seen)
  const until = unseen.at(-1)?.at
  // biome-ignore lint/correctness/useExhaustiveDependencies: `until` names the last of what is unseen
  useEffect(() => {
    if (!until) return
    setFresh((was) => new Set([...was, ...unseen.map((one) => one.at)]))
    const look = () => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', look)
      void call(entrustments.look, { params: { id: of.id }, body: { until } })
        .then((seen) => {
          queries.setQueryData(keyOf(entrustments.get, { params: { id: of.id } }), seen)
          void queries.invalidateQueries({ queryKey: keyOf(entrustments.counts) })
          void queries.invalidateQueries({ queryKey: keyOf(entrustments.list) })
        })
        // Not looked at, then: it stays new.
        .catch(() => undefined)
    }
    document.addEventListener('visibilitychange', look)
    look()
    return () => document.removeEventListener('visibilitychange', look)
  }, [of.id, until])
  return fresh
}
