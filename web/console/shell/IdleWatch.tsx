import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { duration } from '../../ui/format.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { isAttended, lastTouched, touched } from '../../ui/presence.ts'
import { signedOut, useStanding } from '../../ui/session.ts'
import { renewMe, useMe } from '../me.ts'
import { shellWords } from './words.ts'

/**
 * Warns before an unattended session ends. Reading or typing for long counts as being here although nothing is sent, so the
 * server hears of it once a minute.
 */
export function IdleWatch() {
  const t = useWords(shellWords)
  const language = useLanguage()
  const { session } = useMe()
  const standing = useStanding()
  const [left, setLeft] = useState<number | null>(null)
  const idleMs = session.idleMinutes * 60_000
  const warnMs = session.warnSeconds * 1000
  useEffect(() => {
    if (standing !== 'fine') return
    let told = Date.now()
    const timer = setInterval(() => {
      const rest = lastTouched() + idleMs - Date.now()
      if (isAttended() && Date.now() - told > 60_000) {
        told = Date.now()
        void renewMe().catch(() => undefined)
      }
      setLeft(rest <= warnMs ? Math.max(0, rest) : null)
      if (rest <= 0) {
        setLeft(null)
        signedOut()
      }
    }, 1000)
    return () => clearInterval(timer)
  }, [idleMs, warnMs, standing])
  const stay = () => {
    touched()
    setLeft(null)
    void renewMe().catch(() => undefined)
  }
  return (
    <Modal
      open={left !== null && standing === 'fine'}
      title={t('idleTitle')}
      okText={t('idleStay')}
      onOk={stay}
      onCancel={stay}
      cancelButtonProps={{ style: { display: 'none' } }}
      zIndex={3000}
    >
      <p role="alert">{t('idleText', { time: duration(left ?? 0, language) })}</p>
    </Modal>
  )
}
