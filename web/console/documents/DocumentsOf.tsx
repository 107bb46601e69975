import { Link } from '@tanstack/react-router'
import { type DocumentRow, documents } from '@zhijiao/contract/documents'
import { App, Button, Modal, Space } from 'antd'
import { useState } from 'react'
import { call, useAsk, useDo } from '../../ui/api.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { DocumentMarks } from './DocumentMarks.tsx'
import { PdfView } from './PdfView.tsx'
import { documentWords } from './words.ts'

/** The documents of one case, for its page: open, look at, issue. */
export function DocumentsOf({ subject }: { subject: string }) {
  const t = useWords(documentWords)
  const say = useSpoken()
  const may = useMay()
  const complain = useComplain()
  const { message, modal } = App.useApp()
  const asked = useAsk(documents.list, { query: { subject, size: 100, sort: 'drafted' } })
  const issue = useDo(documents.issue, { refreshes: ['documents'], onDone: () => void message.success(t('done')) })
  const [looking, setLooking] = useState<DocumentRow | null>(null)
  if (asked.isPending) return <Waiting rows={3} />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data.items.length === 0) return <p className="zj-muted">{t('empty')}</p>
  return (
    <>
      <ul className="zj-tight" aria-label={t('documents')}>
        {asked.data.items.map((d) => (
          <li key={d.id}>
            <Space size={4} wrap>
              <Link to={`/documents/${d.id}`}>{say(d.name)}</Link>
              <DocumentMarks of={d} />
              <span>{d.number ?? (d.state === 'draft' ? t('noNumber') : t('unnumbered'))}</span>
              <Button size="small" type="link" onClick={() => setLooking(d)}>
                {t('preview')}
              </Button>
              {d.state === 'draft' && may('document.issue') ? (
                <Button
                  size="small"
                  type="link"
                  onClick={() =>
                    modal.confirm({
                      content: t('issueSure'),
                      onOk: () =>
                        issue
                          .mutateAsync({ params: { id: d.id }, body: { revision: d.revision } })
                          .catch((error: unknown) => complain(error)),
                    })
                  }
                >
                  {t('issue')}
                </Button>
              ) : null}
            </Space>
          </li>
        ))}
      </ul>
      <Modal
        open={looking !== null}
        width={900}
        footer={null}
        title={looking ? say(looking.name) : ''}
        onCancel={() => setLooking(null)}
      >
        {looking ? (
          <PdfView
            height={620}
            state={`${looking.id} ${looking.revision}`}
            load={() => call(documents.pdf, { params: { id: looking.id } })}
          />
        ) : null}
      </Modal>
    </>
  )
}
