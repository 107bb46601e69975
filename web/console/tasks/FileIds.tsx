import { Tag } from 'antd'
import { useState } from 'react'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { upload } from '../../ui/upload.ts'

/** Files of a form as ids: each is uploaded at once, to the person it is about or to the matter. */
export function FileIds({
  about,
  onChange,
}: {
  about: { person: string | null; subject: string }
  value?: readonly string[]
  onChange?: (ids: readonly string[]) => void
}) {
  const [cards, setCards] = useState<readonly { id: string; name: string }[]>([])
  const keep = (next: typeof cards) => {
    setCards(next)
    onChange?.(next.map((c) => c.id))
  }
  return (
    <div>
      <PhotoUpload
        onFile={async (file) => {
          const home = about.person ? { person: about.person } : { subject: about.subject }
          const card = await upload(file, file.name, home)
          setCards((before) => {
            const next = [...before, { id: card.id, name: card.name }]
            onChange?.(next.map((c) => c.id))
            return next
          })
        }}
      />
      {cards.map((card) => (
        <Tag key={card.id} closable onClose={() => keep(cards.filter((c) => c.id !== card.id))}>
          {card.name}
        </Tag>
      ))}
    </div>
  )
}
