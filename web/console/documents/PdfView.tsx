import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { documentWords } from './words.ts'

/** The very PDF, in the browser's own viewer. `state` changes when it must be fetched anew. */
export function PdfView({ load, state, height }: { load: () => Promise<Response>; state: string; height?: number }) {
  const t = useWords(documentWords)
  const [url, setUrl] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<unknown>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `state` names what `load` fetches
  useEffect(() => {
    let made: string | null = null
    let gone = false
    setUrl(null)
    setTrouble(null)
    load()
      .then((answer) => answer.blob())
      .then((blob) => {
        if (gone) return
        made = URL.createObjectURL(blob)
        setUrl(made)
      })
      .catch((error: unknown) => (gone ? undefined : setTrouble(error)))
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [state])
  if (trouble) return <TroubleNotice error={trouble} />
  if (!url) return <Waiting rows={12} />
  return (
    <>
      <p className="zj-tight">
        <Button type="link" size="small" href={url} target="_blank">
          {t('openTab')}
        </Button>
      </p>
      <iframe
        title={t('page')}
        src={`${url}#navpanes=0&view=FitH`}
        className="zj-document-page"
        {...(height === undefined ? {} : { style: { height } })}
      />
    </>
  )
}
