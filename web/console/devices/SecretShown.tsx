import { Alert, App, Button, Modal } from 'antd'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { deviceWords } from './words.ts'

/** A secret that is shown once: it closes only by saying so. */
export function SecretShown({
  secret,
  title,
  note,
  onClose,
}: {
  secret: string | null
  title?: string
  note?: string
  onClose: () => void
}) {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const { message } = App.useApp()
  return (
    <Modal
      open={secret !== null}
      title={title ?? t('secretTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {c('close')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={note ?? t('secretNote')} />
      <pre className="zj-mono" style={{ fontSize: 16, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {secret}
      </pre>
      <Button
        onClick={() =>
          void navigator.clipboard
            ?.writeText(secret ?? '')
            .then(() => message.success(t('copied')))
            .catch(() => undefined)
        }
      >
        {t('copy')}
      </Button>
    </Modal>
  )
}
