import { App, Button, Modal } from 'antd'
import { useWords } from '../../ui/language.ts'
import { staffWords } from './words.ts'

export interface Once {
  readonly name: string
  readonly login: string
  readonly password: string
}

/** A first password is shown this once. It stands in this dialog alone: no cache and no list keeps it. */
export function PasswordOnce({ of, onClose }: { of: Once; onClose: () => void }) {
  const t = useWords(staffWords)
  const { message } = App.useApp()
  return (
    <Modal
      open
      title={t('onceTitle')}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      closable={false}
      footer={[
        <Button
          key="copy"
          onClick={() => void navigator.clipboard?.writeText(of.password).then(() => message.success(t('copied')))}
        >
          {t('copy')}
        </Button>,
        <Button key="given" type="primary" onClick={onClose}>
          {t('given')}
        </Button>,
      ]}
    >
      <p className="zj-mono zj-tight">{of.login}</p>
      <output className="zj-mono zj-once">{of.password}</output>
      <p>{t('onceWhat', { name: of.name })}</p>
    </Modal>
  )
}
