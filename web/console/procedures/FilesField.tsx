import { CloseOutlined, FileOutlined } from '@ant-design/icons'
import { type FileCard, files } from '@zhijiao/contract/files'
import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { refresh, useAsk } from '../../ui/api.ts'
import { bytes } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { upload } from '../../ui/upload.ts'
import { common } from '../../ui/words.ts'
import { useAbout } from './about.ts'
import { matterWords } from './words.ts'

/** Pictures chosen in this tab, shown from memory: showing them from the server would audit the officer's own upload. */
const seen = new Map<string, string>()

/** Files that a form rests on, kept under the matter and hashed by the server as they arrive. */
export function FilesField({
  id,
  value,
  onChange,
  label,
  accept,
  disabled = false,
}: {
  id?: string
  value?: string[]
  onChange?: (value: string[]) => void
  label: string
  /** What the browser offers; the server judges by the bytes. */
  accept?: string
  disabled?: boolean
}) {
  const t = useWords(matterWords)
  const c = useWords(common)
  const about = useAbout()
  const chosen = value ?? []
  // Several files arrive one after another; each adds to what is there by then, not to what was when it began.
  const [now, setNow] = useState(chosen)
  useEffect(() => setNow(value ?? []), [value])
  const asked = useAsk(
    files.list,
    { query: { subject: about.matter } },
    { enabled: chosen.length > 0 && about.matter !== '' },
  )
  const cards = useMemo(() => new Map((asked.data ?? []).map((f: FileCard) => [f.id, f])), [asked.data])
  const give = (next: string[]) => {
    setNow(next)
    onChange?.(next)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form item draws the frame and the legend
    <div id={id} tabIndex={-1} role="group" aria-label={label} className="zj-files">
      <PhotoUpload
        disabled={disabled}
        {...(accept ? { accept } : {})}
        onFile={async (file) => {
          const card = await upload(file, file.name, {
            subject: about.matter,
            ...(about.person ? { person: about.person } : {}),
          })
          if (file.type.startsWith('image/')) seen.set(card.id, URL.createObjectURL(file))
          refresh('files')
          setNow((before) => {
            const next = [...before, card.id]
            onChange?.(next)
            return next
          })
        }}
      />
      {now.length > 0 ? (
        <ul>
          {now.map((one) => {
            const card = cards.get(one)
            const name = card?.name ?? '…'
            return (
              <li key={one}>
                {seen.has(one) ? <img src={seen.get(one)} alt={name} /> : <FileOutlined aria-hidden />}
                <span className="zj-files-name">
                  {name}
                  {card ? (
                    <span className="zj-muted zj-small">
                      {' '}
                      {bytes(card.size)} · {c('fileHash', { hash: card.sha256.slice(0, 12) })}
                    </span>
                  ) : null}
                </span>
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t('removeFile', { name })}
                  onClick={() => give(now.filter((other) => other !== one))}
                />
              </li>
            )
          })}
        </ul>
      ) : null}
    </div>
  )
}
