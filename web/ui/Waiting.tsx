import { Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from './language.ts'
import { common } from './words.ts'

/** First load: the outline of what comes; after three seconds a word, so that nobody wonders. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const t = useWords(common)
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 3000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div aria-busy="true" aria-live="polite" className="zj-waiting">
      <span className="zj-hidden">{t('loading')}</span>
      <Skeleton active paragraph={{ rows }} title={false} />
      {slow ? <p className="zj-muted">{t('slow')}</p> : null}
    </div>
  )
}
