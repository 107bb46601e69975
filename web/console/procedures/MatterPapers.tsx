import { type DocumentRow, documents } from '@zhijiao/contract/documents'
import { Button } from 'antd'
import { type ComponentType, lazy, Suspense, useState } from 'react'
import { call, saveFile, useAsk } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { matterWords } from './words.ts'

// The documents room brings its own list of what was drafted for a case; until it stands, papers are listed plainly.
const found = Object.values(
  import.meta.glob<{ DocumentsOf: ComponentType<{ subject: string }> }>('../documents/DocumentsOf.tsx'),
)[0]
const DocumentsOf = found ? lazy(() => found().then((m) => ({ default: m.DocumentsOf }))) : PaperList

/** The documents drafted, signed and delivered for a matter. */
export function MatterPapers({ id }: { id: string }) {
  const t = useWords(matterWords)
  const may = useMay()
  if (!may('document.see')) return null
  return (
    <Panel title={t('documents')}>
      <Suspense fallback={<Waiting rows={2} />}>
        <DocumentsOf subject={id} />
      </Suspense>
    </Panel>
  )
}

const words = { draft: 'paperDraft', issued: 'paperIssued', void: 'paperVoid' } as const

function PaperList({ subject }: { subject: string }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const complain = useComplain()
  const [busy, setBusy] = useState<string | null>(null)
  const asked = useAsk(documents.list, { query: { subject, size: 50 } })
  const open = async (paper: DocumentRow) => {
    setBusy(paper.id)
    try {
      await saveFile(await call(documents.pdf, { params: { id: paper.id }, query: {} }), `${say(paper.name)}.pdf`)
    } catch (error) {
      complain(error)
    } finally {
      setBusy(null)
    }
  }
  if (!asked.data) return <span className="zj-muted">…</span>
  if (asked.data.items.length === 0) return <span className="zj-muted">{t('noPapers')}</span>
  return (
    <ul className="zj-facts-list">
      {asked.data.items.map((paper) => (
        <li key={paper.id}>
          <Button type="link" size="small" loading={busy === paper.id} onClick={() => void open(paper)}>
            {say(paper.name)}
          </Button>
          <span className="zj-muted zj-small">
            {t(words[paper.state])} {paper.number ?? ''} {minute(paper.issuedAt ?? paper.draftedAt)}
          </span>
        </li>
      ))}
    </ul>
  )
}
