import { FileOutlined, PictureOutlined } from '@ant-design/icons'
import { type FileCard, files } from '@zhijiao/contract/files'
import { Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { call, saveFile, useAsk } from '../../ui/api.ts'
import { bytes } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { useAbout } from './about.ts'
import { matterWords } from './words.ts'

/** Some of the matter's files. A picture opens here, anything else is handed to the browser; both are audited. */
export function FileLinks({ ids }: { ids?: readonly string[] }) {
  const t = useWords(matterWords)
  const c = useWords(common)
  const complain = useComplain()
  const { matter } = useAbout()
  const asked = useAsk(files.list, { query: { subject: matter } }, { enabled: matter !== '' })
  const [shown, setShown] = useState<FileCard | null>(null)
  const cards = (asked.data ?? []).filter((f) => !ids || ids.includes(f.id))
  const save = (card: FileCard) =>
    call(files.content, { params: { id: card.id }, query: {} })
      .then((answer) => saveFile(answer, card.name))
      .catch((error: unknown) => complain(error))
  if (asked.data && cards.length === 0) return <span className="zj-muted">{t('noFiles')}</span>
  return (
    <>
      <ul className="zj-facts-list">
        {cards.map((card) => (
          <li key={card.id}>
            {card.mime.startsWith('image/') ? (
              <Button
                type="link"
                size="small"
                icon={<PictureOutlined />}
                aria-label={t('preview', { name: card.name })}
                onClick={() => setShown(card)}
              >
                {card.name}
              </Button>
            ) : (
              <Button type="link" size="small" icon={<FileOutlined />} onClick={() => void save(card)}>
                {card.name}
              </Button>
            )}
            <span className="zj-muted zj-small">
              {bytes(card.size)} · <span className="zj-mono">{c('fileHash', { hash: card.sha256.slice(0, 12) })}</span>
            </span>
          </li>
        ))}
      </ul>
      {shown ? (
        <Modal
          open
          title={shown.name}
          width={860}
          onCancel={() => setShown(null)}
          footer={<Button onClick={() => void save(shown)}>{c('download')}</Button>}
        >
          <Picture of={shown} />
          <p className="zj-muted zj-small zj-wrap zj-mono">{c('fileHash', { hash: shown.sha256 })}</p>
        </Modal>
      ) : null}
    </>
  )
}

function Picture({ of }: { of: FileCard }) {
  const complain = useComplain()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let gone = false
    call(files.content, { params: { id: of.id }, query: { inline: true } })
      .then(async (answer) => {
        made = URL.createObjectURL(await answer.blob())
        if (gone) URL.revokeObjectURL(made)
        else setUrl(made)
      })
      .catch((error: unknown) => complain(error))
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [of.id, complain])
  return url ? <img src={url} alt={of.name} className="zj-picture" /> : null
}
