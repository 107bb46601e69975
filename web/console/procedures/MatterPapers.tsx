import { lazy, Suspense } from 'react'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { matterWords } from './words.ts'

const DocumentsOf = lazy(() => import('../documents/index.tsx').then((room) => ({ default: room.DocumentsOf })))

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
