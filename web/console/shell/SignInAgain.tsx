import { alarms } from '@zhijiao/contract/alarms'
import { Alert, Button, Modal } from 'antd'
import { keyOf, queries } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { useStanding } from '../../ui/session.ts'
import { SignInFlow } from '../entry/SignInFlow.tsx'
import { entryWords } from '../entry/words.ts'
import { useMe, welcome } from '../me.ts'

/**
 * Over a lost session: everything behind it is hidden, nothing behind it is lost. Alarms go on ringing, without a word of
 * whom they are about.
 */
export function SignInAgain() {
  const t = useWords(entryWords)
  const me = useMe()
  const lost = useStanding() === 'lost'
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
          void queries.invalidateQueries()
        }}
      />
      <Button type="link" block onClick={() => window.location.assign('/login')}>
        {t('leave')}
      </Button>
    </Modal>
  )
}
