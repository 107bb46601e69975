import { useQuery } from '@tanstack/react-query'
import { type HistoryKind, history } from '@zhijiao/contract/history'
import { Drawer } from 'antd'
import { call } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { historyWords } from './words.ts'

const paragraphs = {
  people: 'formatPeople',
  tracks: 'formatTracks',
  matters: 'formatMatters',
  leaves: 'formatLeaves',
  documents: 'formatDocuments',
} as const
const paths: Readonly<Record<HistoryKind, string>> = {
  people: 'POST /api/people/history',
  tracks: 'POST /api/tracks/import',
  matters: 'POST /api/matters/history',
  leaves: 'POST /api/leaves/history',
  documents: 'POST /api/documents/history',
}
/** The pages of docs/reference, read when somebody asks for them. */
const pages: Readonly<Record<HistoryKind, () => Promise<{ default: string }>>> = {
  people: () => import('../../../docs/reference/history-import.md?raw'),
  tracks: () => import('../../../docs/reference/track-import.md?raw'),
  matters: () => import('../../../docs/reference/history-import.md?raw'),
  leaves: () => import('../../../docs/reference/history-import.md?raw'),
  documents: () => import('../../../docs/reference/document-import.md?raw'),
}

/** How a file of a kind is written: in words, by the first line of the example, and the reference for scripts. */
export function FormatDrawer({ kind, onClose }: { kind: HistoryKind; onClose: () => void }) {
  const t = useWords(historyWords)
  const line = useQuery({
    queryKey: ['history', 'example', kind],
    queryFn: async () => firstLine(await (await call(history.example, { params: { kind } })).text()),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const page = useQuery({
    queryKey: ['history', 'reference', kind],
    queryFn: async () => (await pages[kind]()).default,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Drawer open title={t('formatTitle', { kind: t(kind) })} size={Math.min(720, window.innerWidth)} onClose={onClose}>
      <p>{t('formatCommon')}</p>
      <p>{t(paragraphs[kind])}</p>
      <h3>{t('formatLine')}</h3>
      {line.error ? (
        <TroubleNotice error={line.error} onRetry={() => void line.refetch()} />
      ) : line.data === undefined ? (
        <Waiting />
      ) : (
        <Text label={t('formatLine')}>{line.data}</Text>
      )}
      <p>{t('formatApi', { path: paths[kind] })}</p>
      {page.data === undefined ? <Waiting /> : <Text label="docs/reference">{page.data}</Text>}
    </Drawer>
  )
}

/** A text as it is written; it scrolls within itself and can be reached by the keyboard. */
function Text({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
    <section className="zj-format" aria-label={label} tabIndex={0}>
      <pre className="zj-mono zj-small">{children}</pre>
    </section>
  )
}

/** Spread over lines, as nobody would write it but anybody can read it. */
function firstLine(text: string): string {
  const [first = ''] = text.split('\n')
  return JSON.stringify(JSON.parse(first), null, 2)
}
