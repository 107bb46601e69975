import { type ComponentType, lazy, Suspense } from 'react'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { matterWords } from './words.ts'

// The documents room brings its own list of what was drafted for a matter.
const found = Object.values(
  import.meta.glob<{ DocumentsOf: ComponentType<{ subject: string }> }>('../documents/DocumentsOf.tsx'),
)[0]
const DocumentsOf = found ? lazy(() => found().then((m) => ({ default: m.DocumentsOf }))) : null

/** The documents drafted, signed and delivered for a matter. */
export function MatterPapers({ id }: { id: string }) {
  const t = useWords(matterWords)
  if (!DocumentsOf) return null
  return (
    <Panel title={t('documents')}>
      <Suspense fallback={<Waiting rows={2} />}>
        <DocumentsOf subject={id} />
      </Suspense>
    </Panel>
  )
}
