import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Form, Space, Upload } from 'antd'
import { bytes } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { historyWords } from './words.ts'

interface Props {
  readonly file: File | null
  readonly onFile: (file: File) => void
  /** Endings that are offered. */
  readonly accept: string
  readonly hint: string
  /** It was asked for and is not there. */
  readonly missing: boolean
  readonly disabled: boolean
}

/** Which file is imported; it is read when the import begins. */
export function FileField({ file, onFile, accept, hint, missing, disabled }: Props) {
  const t = useWords(historyWords)
  return (
    <Form.Item
      label={t('file')}
      required
      extra={hint}
      {...(missing && file === null ? { validateStatus: 'error' as const, help: t('fileMissing') } : {})}
    >
      <Space wrap>
        <Upload
          accept={accept}
          showUploadList={false}
          disabled={disabled}
          beforeUpload={(chosen) => {
            onFile(chosen)
            return false
          }}
        >
          <Button icon={<PaperClipOutlined />} disabled={disabled}>
            {t(file ? 'fileOther' : 'fileChoose')}
          </Button>
        </Upload>
        {file ? (
          <span aria-live="polite">
            {file.name} <span className="zj-muted">{bytes(file.size)}</span>
          </span>
        ) : null}
      </Space>
    </Form.Item>
  )
}
