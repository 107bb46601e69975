import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { documents } from '@zhijiao/contract/documents'
import { Alert, App, Button, Checkbox, Descriptions, Space } from 'antd'
import { useState } from 'react'
import { call, saveFile, useAsk, useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { AddScan } from './AddScan.tsx'
import { CorrectDialog } from './CorrectDialog.tsx'
import { DeliverDialog } from './DeliverDialog.tsx'
import { DocumentMarks } from './DocumentMarks.tsx'
import { NoticesPanel } from './NoticesPanel.tsx'
import { PdfView } from './PdfView.tsx'
import { SignDialog } from './SignDialog.tsx'
import { copyWord, documentWords, wayWord } from './words.ts'

/** C27 one document: the paper itself, and what can be done with it now. */
export default function DocumentPage() {
  const t = useWords(documentWords)
  const { list, named } = useStringing()
  const say = useSpoken()
  const may = useMay()
  const complain = useComplain()
  const navigate = useNavigate()
  const { message, modal } = App.useApp()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const asked = useAsk(documents.get, { params: { id } })
  const [open, setOpen] = useState<'correct' | 'sign' | 'deliver' | 'void' | null>(null)
  const [again, setAgain] = useState(true)
  const said = { refreshes: ['documents'], onDone: () => void message.success(t('done')) }
  const issue = useDo(documents.issue, said)
  const seal = useDo(documents.seal, said)
  const cancel = useDo(documents.void, said)
  if (asked.isPending) return <Waiting rows={12} />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const paper = asked.data
  const params = { id }
  const body = { revision: paper.revision }
  const sure = (content: string, work: () => Promise<unknown>) =>
    modal.confirm({ content, onOk: () => work().catch((error: unknown) => complain(error)) })
  const save = (what: 'pdf' | 'docx' | 'copy') =>
    (what === 'docx'
      ? call(documents.docx, { params })
      : call(documents.pdf, { params, query: what === 'copy' ? { copy: true } : {} })
    )
      .then((answer) => saveFile(answer, `document.${what === 'docx' ? 'docx' : 'pdf'}`))
      .catch((error: unknown) => complain(error))
  const print = async () => {
    try {
      const url = URL.createObjectURL(await (await call(documents.pdf, { params })).blob())
      window.open(url, '_blank')?.addEventListener('load', (event) => (event.currentTarget as Window).print())
    } catch (error) {
      complain(error)
    }
  }
  const verify = async () => {
    try {
      const found = await call(documents.verify, { params })
      if (found.intact && found.sameAsLedger) message.success(t('verified'))
      else message.error(t('broken', { why: found.why ? say(found.why) : '—' }))
    } catch (error) {
      complain(error)
    }
  }
  const isDraft = paper.state === 'draft'
  const isIssued = paper.state === 'issued'
  const bare = paper.imported && !paper.scanned
  const origin = { source: paper.source ?? '—', at: paper.importedAt ? minute(paper.importedAt) : '—' }
  return (
    <Screen
      title={say(paper.name)}
      last={paper.number ?? say(paper.name)}
      note={
        <Space wrap>
          <DocumentMarks of={paper} />
          <span>{paper.number ?? (isDraft ? t('noNumber') : t('unnumbered'))}</span>
        </Space>
      }
      actions={
        <Space wrap>
          {isDraft && may('document.draft') ? <Button onClick={() => setOpen('correct')}>{t('correct')}</Button> : null}
          {isDraft && may('document.issue') ? (
            <Button
              type="primary"
              disabled={paper.missing.length > 0}
              onClick={() => sure(t('issueSure'), () => issue.mutateAsync({ params, body }))}
            >
              {t('issue')}
            </Button>
          ) : null}
          {isIssued &&
          !paper.imported &&
          !paper.sealed &&
          may('document.draft') &&
          paper.signatureList.length < paper.places.length ? (
            <Button onClick={() => setOpen('sign')}>{t('sign')}</Button>
          ) : null}
          {isIssued && !paper.imported && !paper.sealed && paper.takesSeal && may('document.seal') ? (
            <Button onClick={() => sure(t('sealSure'), () => seal.mutateAsync({ params, body }))}>{t('seal')}</Button>
          ) : null}
          {isIssued && may('document.deliver') ? (
            <Button onClick={() => setOpen('deliver')}>{t('deliver')}</Button>
          ) : null}
          {paper.sealed ? <Button onClick={() => void verify()}>{t('verify')}</Button> : null}
          <Button onClick={() => void print()}>{t(bare ? 'printCopy' : 'print')}</Button>
          <Button onClick={() => void save('pdf')}>{t('pdf')}</Button>
          {paper.scanned ? <Button onClick={() => void save('copy')}>{t('makeCopy')}</Button> : null}
          <Button onClick={() => void save('docx')}>{t('docx')}</Button>
          {isIssued && may('document.issue') ? (
            <Button danger onClick={() => setOpen('void')}>
              {t('voidIt')}
            </Button>
          ) : null}
        </Space>
      }
    >
      {isDraft && paper.missing.length > 0 ? (
        <Alert className="zj-gap" type="warning" showIcon title={t('missing', { names: list(paper.missing) })} />
      ) : null}
      {paper.hints.map((hint) => (
        <Alert key={hint.zh} className="zj-gap zj-alert-wraps" type="info" showIcon title={say(hint)} />
      ))}
      {paper.noGlyph.length > 0 ? (
        <Alert className="zj-gap" type="warning" showIcon title={t('noGlyph', { chars: paper.noGlyph.join(' ') })} />
      ) : null}
      {paper.imported ? (
        <Alert
          className="zj-gap zj-alert-wraps"
          type="info"
          showIcon
          title={t(bare ? 'oldWithout' : 'oldWith', origin)}
          action={bare && may('history.import') ? <AddScan paper={paper} /> : null}
        />
      ) : null}
      {paper.certificate?.selfMade ? <Alert className="zj-gap" type="info" showIcon title={t('selfMade')} /> : null}
      <div className="zj-document">
        <Panel title={t('preview')}>
          <PdfView state={`${id} ${paper.revision}`} load={() => call(documents.pdf, { params })} />
        </Panel>
        <div>
          <Panel title={t('document')}>
            <Descriptions
              size="small"
              column={1}
              items={[
                {
                  key: 'person',
                  label: t('person'),
                  children: paper.person ? <Link to={`/people/${paper.person.id}`}>{paper.person.name}</Link> : '—',
                },
                { key: 'on', label: t('decidedOn'), children: paper.decidedOn },
                { key: 'org', label: t('org'), children: paper.orgName },
                {
                  key: 'issued',
                  label: t('issuedAt'),
                  children: paper.issuedAt ? `${minute(paper.issuedAt)} ${paper.issuedByName}` : '—',
                },
                ...(paper.imported
                  ? [{ key: 'origin', label: t('origin'), children: `${origin.source} · ${origin.at}` }]
                  : []),
                ...(paper.sealedAt
                  ? [
                      {
                        key: 'sealed',
                        label: t('sealed'),
                        children: `${minute(paper.sealedAt)} ${paper.certificate?.subject ?? ''}`,
                      },
                    ]
                  : []),
                ...(paper.voidReason ? [{ key: 'void', label: t('history'), children: paper.voidReason }] : []),
                ...(paper.replacedBy
                  ? [
                      {
                        key: 'new',
                        label: t('replacedBy'),
                        children: <Link to={`/documents/${paper.replacedBy}`}>{t('open')}</Link>,
                      },
                    ]
                  : []),
                ...(paper.replaces
                  ? [
                      {
                        key: 'old',
                        label: t('replaces'),
                        children: <Link to={`/documents/${paper.replaces}`}>{t('open')}</Link>,
                      },
                    ]
                  : []),
              ]}
            />
          </Panel>
          <Panel title={t('cites')}>
            <p className="zj-muted zj-tight">{t('asOf')}</p>
            <ul className="zj-tight">
              {paper.cites.map((cite) => (
                <li key={cite.rule}>
                  {cite.clause} <span className="zj-muted">{cite.zh}</span>{' '}
                  {cite.recalled ? <Mark tone="yellow">{t('recalled')}</Mark> : null}
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={t('signatures')}>
            {paper.signatureList.length + paper.oldSigners.length === 0 ? (
              <p className="zj-muted">{t('noSignatures')}</p>
            ) : null}
            <ul className="zj-tight">
              {paper.oldSigners.map((s) => (
                <li key={`${s.label} ${s.name}`}>
                  {named(s.label, s.name)} {s.on ? `· ${s.on}` : ''} <span className="zj-muted">{t('oldSigners')}</span>
                </li>
              ))}
              {paper.signatureList.map((s) => (
                <li key={s.id}>
                  {named(s.label, s.name)} · {minute(s.at)} {s.witness ? `· ${t('witness')} ${s.witness.name}` : ''}
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={t('deliveries')}>
            {paper.deliveryList.length === 0 ? <p className="zj-muted">{t('noDeliveries')}</p> : null}
            <ul className="zj-tight">
              {paper.deliveryList.map((d) => (
                <li key={d.id}>
                  {t(copyWord[d.copy])} → {d.addressee} · {t(wayWord[d.how])} · {minute(d.at)}{' '}
                  {[d.receiver || d.witness, d.servedByName].filter(Boolean).map((name) => `· ${name} `)}
                  {d.imported ? <Mark>{t('originOld')}</Mark> : null}{' '}
                  <Button
                    type="link"
                    size="small"
                    onClick={() =>
                      void call(documents.receipt, { params: { id, deliveryId: d.id } })
                        .then((answer) => saveFile(answer, 'receipt.pdf'))
                        .catch((error: unknown) => complain(error))
                    }
                  >
                    {t('receipt')}
                  </Button>
                </li>
              ))}
            </ul>
          </Panel>
          {paper.state !== 'draft' ? <NoticesPanel paper={paper} /> : null}
        </div>
      </div>
      {open === 'correct' ? <CorrectDialog paper={paper} onClose={() => setOpen(null)} /> : null}
      {open === 'sign' ? <SignDialog paper={paper} onClose={() => setOpen(null)} /> : null}
      {open === 'deliver' ? <DeliverDialog paper={paper} onClose={() => setOpen(null)} /> : null}
      <ReasonDialog
        open={open === 'void'}
        danger
        title={t('voidIt')}
        note={<p>{t('voidWhy')}</p>}
        busy={cancel.isPending}
        onCancel={() => setOpen(null)}
        onReason={(reason) =>
          void cancel
            .mutateAsync({ params, body: { reason, again, ...body } })
            .then((stands) => {
              setOpen(null)
              void navigate({ to: `/documents/${stands.id}` })
            })
            .catch((error: unknown) => complain(error))
        }
      >
        <Checkbox checked={again} onChange={(event) => setAgain(event.target.checked)}>
          {t('voidAgain')}
        </Checkbox>
      </ReasonDialog>
    </Screen>
  )
}
