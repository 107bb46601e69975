import { Alert } from 'antd'
import { useSyncExternalStore } from 'react'
import { clockTime } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { useLive } from '../../ui/live.ts'
import { common } from '../../ui/words.ts'
import { useMe } from '../me.ts'

const subscribe = (listener: () => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** What everybody must know before trusting the screen: no network, no live line, drawn and not real. */
export function Banners() {
  const t = useWords(common)
  const me = useMe()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const live = useLive()
  return (
    <div className="zj-banners" aria-live="polite">
      {online ? null : <Alert banner type="error" title={t('offline')} />}
      {online && live.broken && live.status !== 'on' && live.lastAt ? (
        <Alert banner type="warning" title={t('liveLost', { time: clockTime(live.lastAt) })} />
      ) : null}
      {me.org.synthetic ? <div className="zj-synthetic">{t('synthetic')}</div> : null}
    </div>
  )
}
