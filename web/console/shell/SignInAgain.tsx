import { alarms } from '@zhijiao/contract/alarms'
import { Alert, Button, Modal } from 'antd'
import { useEffect } from 'react'
import { keyOf, queries } from '../../ui/api.ts'
import { clockTime } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { renewLive, useLive } from '../../ui/live.ts'
import { broughtBack, useStanding } from '../../ui/session.ts'
import { SignInFlow } from '../entry/SignInFlow.tsx'
import { entryWords } from '../entry/words.ts'
import { onSignInElsewhere, tellTabs, useMay, useMe, welcome } from '../me.ts'
import { useMeanwhile } from './meanwhile.ts'

/** Somebody is here again: the line becomes the new session's, and everything on the screen is read anew. */
function goOn(): void {
  renewLive()
  void queries.invalidateQueries()
}

/**
 * Over a lost session: everything behind it is hidden, nothing behind it is lost. Alarms go on ringing, without a word of
 * whom they are about; where they cannot, it says so.
 */
export function SignInAgain() {
  const t = useWords(entryWords)
  const me = useMe()
  const lost = useStanding() === 'lost'
  const may = useMay()
  const live = useLive()
  const meanwhile = useMeanwhile()
  useEffect(
    () =>
      onSignInElsewhere(() => {
        void broughtBack().then((back) => {
          if (back) goOn()
        })
      }),
    [],
  )
  const counted = queries.getQueryData<{ raised: number }>(keyOf(alarms.counts, { query: {} }))
  return (
    <Modal
      open={lost}
      title={t('signedOutTitle')}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      zIndex={3100}
      styles={{ mask: { background: '#0d2a5c' } }}
    >
      <p>{t('signedOutWhy')}</p>
      {may('alarm.see') && live.status !== 'on' ? (
        <Alert
          className="zj-gap"
          type="error"
          showIcon
          role="alert"
          title={live.lastAt ? t('deafSince', { time: clockTime(live.lastAt) }) : t('deaf')}
        />
      ) : null}
      {meanwhile.size > 0 ? (
        <Alert className="zj-gap" type="warning" role="alert" title={t('rangMeanwhile', { n: meanwhile.size })} />
      ) : null}
      {counted && counted.raised > 0 ? (
        <Alert className="zj-gap" type="warning" title={t('stillRinging', { n: counted.raised })} />
      ) : null}
      <SignInFlow
        login={me.login}
        onIn={(again) => {
          // Somebody else at the same desk gets a clean page, not another officer's half-filled form.
          if (again.id !== me.id) {
            window.location.assign('/')
            return
          }
          welcome(again)
          tellTabs()
          goOn()
        }}
      />
      <Button type="link" block onClick={() => window.location.assign('/login')}>
        {t('leave')}
      </Button>
    </Modal>
  )
}
