import { PaperClipOutlined } from '@ant-design/icons'
import { App, Button, Upload } from 'antd'
import { useState } from 'react'
import { useWords } from './language.ts'
import { useComplain } from './Trouble.tsx'
import { common } from './words.ts'

/** Adds a photo or file: chosen, dropped or taken by a phone's camera. The server hashes it before it is kept. */
export function PhotoUpload({
  onFile,
  text,
  disabled = false,
  accept,
  hint = true,
}: {
  onFile: (file: File) => Promise<unknown>
  text?: string
  disabled?: boolean
  accept?: string
  hint?: boolean
}) {
  const t = useWords(common)
  const { message } = App.useApp()
  const complain = useComplain()
  const [busy, setBusy] = useState(0)
  return (
    <div className="zj-upload">
      <Upload
        multiple
        showUploadList={false}
        accept={accept ?? 'image/*,application/pdf,video/mp4,audio/*,.docx,.xlsx'}
        disabled={disabled}
        beforeUpload={(file) => {
          setBusy((n) => n + 1)
          onFile(file)
            .catch((error: unknown) => {
              message.error(t('photoFailed', { name: file.name }))
              complain(error)
            })
            .finally(() => setBusy((n) => n - 1))
          return false
        }}
      >
        <Button icon={<PaperClipOutlined />} loading={busy > 0} disabled={disabled}>
          {text ?? t('photoAdd')}
        </Button>
      </Upload>
      {hint ? <span className="zj-muted zj-small">{t('photoHint')}</span> : null}
    </div>
  )
}
