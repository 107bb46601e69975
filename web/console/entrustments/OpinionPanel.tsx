import { documents } from '@zhijiao/contract/documents'
import type { Entrustment } from '@zhijiao/contract/entrustments'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { call, refresh, saveFile, useAsk } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { entrustWords } from './words.ts'

/** What the county answered, and its document. The organ may read the document from the moment it is issued. */
export function OpinionPanel({
  id,
  opinion,
  fetchedAt,
}: {
  id: string
  opinion: NonNullable<Entrustment['opinion']>
  fetchedAt: Entrustment['fetchedAt']
}) {
  const t = useWords(entrustWords)
  const say = useSpoken()
  const complain = useComplain()
  const [busy, setBusy] = useState('')
  const papers = useAsk(
    documents.list,
    { query: { subject: id, template: 'D02', state: 'issued', size: 20 } },
    { every: 60_000 },
  )
  const save = async (paper: string, name: string, kind: 'pdf' | 'docx') => {
    setBusy(`${paper}.${kind}`)
    try {
      const params = { id: paper }
      const answer =
        kind === 'pdf' ? await call(documents.pdf, { params, query: {} }) : await call(documents.docx, { params })
      await saveFile(answer, `${name}.${kind}`)
      // The first time opens what the organ has to say of it.
      refresh('entrustments')
    } catch (error) {
      complain(error)
    } finally {
      setBusy('')
    }
  }
  return (
    <Panel title={t('paper')}>
      <p>
        <strong>{say(opinion.said)}</strong>
      </p>
      {opinion.conclusion ? <p className="zj-wrap">{opinion.conclusion}</p> : null}
      {papers.isPending ? <Waiting rows={1} /> : null}
      {papers.error ? <TroubleNotice error={papers.error} onRetry={() => void papers.refetch()} /> : null}
      {papers.data?.items.length === 0 ? <p className="zj-muted">{t('paperSoon')}</p> : null}
      {papers.data?.items.map((paper) => (
        <Space key={paper.id} wrap>
          <span>
            {say(paper.name)} {paper.number ?? ''}
          </span>
          {(['pdf', 'docx'] as const).map((kind) => (
            <Button
              key={kind}
              type={kind === 'pdf' ? 'primary' : 'default'}
              loading={busy === `${paper.id}.${kind}`}
              onClick={() => void save(paper.id, paper.number ?? say(paper.name), kind)}
            >
              {t(kind === 'pdf' ? 'downloadPdf' : 'downloadWord')}
            </Button>
          ))}
        </Space>
      ))}
      {fetchedAt ? <p className="zj-muted zj-small">{t('fetchedAt', { time: minute(fetchedAt) })}</p> : null}
    </Panel>
  )
}
