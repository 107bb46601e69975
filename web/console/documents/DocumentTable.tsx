import { Link } from '@tanstack/react-router'
import { type DocumentRow, documents } from '@zhijiao/contract/documents'
import { templates } from '@zhijiao/contract/templates'
import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { call, useAsk } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { minute } from '../../ui/format.ts'
import { useKept } from '../../ui/kept.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { Views } from '../../ui/Views.tsx'
import { common } from '../../ui/words.ts'
import { ListExport } from '../ListExport.tsx'
import { useMay } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { BatchDialog } from './BatchDialog.tsx'
import { DocumentMarks } from './DocumentMarks.tsx'
import { NewDocument } from './NewDocument.tsx'
import { documentWords } from './words.ts'

/** What the lists of documents are looked at by. */
const views = {
  all: { word: 'vAll', query: {} },
  draft: { word: 'vDraft', query: { state: 'draft' } },
  issued: { word: 'vIssued', query: { state: 'issued' } },
  unserved: { word: 'vUnserved', query: { unserved: true } },
  void: { word: 'vVoid', query: { state: 'void' } },
} as const
type View = keyof typeof views

/** Documents in scope, or of one person. */
export function DocumentTable({ person }: { person?: { id: string; name: string } }) {
  const t = useWords(documentWords)
  const c = useWords(common)
  const say = useSpoken()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const [batch, setBatch] = useState<readonly DocumentRow[] | null>(null)
  const kinds = useAsk(templates.list, {}, { staleTime: 600_000, enabled: may('law.see') })
  const narrow = person !== undefined
  const whose = person ? { person: person.id } : {}
  const [view, setView] = useKept<View>(`documents.view.${person?.id ?? ''}`, 'all')
  const counts = useAsk(documents.counts, { query: whose }, { every: 60_000 }).data
  const name = t(views[view].word)
  return (
    <>
      <Views
        label={t('view')}
        views={(Object.keys(views) as View[]).map((id) => ({ id, label: t(views[id].word) }))}
        view={view}
        counts={counts}
        onChange={setView}
      />
      <SearchTable
        key={view}
        name={`${person ? 'person.documents' : 'documents'}.${view}`}
        label={t('documents')}
        kept={documents.list}
        fixed={{ ...whose, ...views[view].query }}
        rowKey={(d) => d.id}
        rowName={(d) => `${say(d.name)}${d.person ? ` ${d.person.name}` : ''}`}
        conditions={[
          ...(narrow ? [] : [{ name: 'q', label: t('q'), first: true, field: <Input allowClear maxLength={40} /> }]),
          {
            name: 'template',
            label: t('template'),
            first: true,
            field: (
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={c('all')}
                style={{ minWidth: 200 }}
                options={kinds.data?.map((k) => ({ value: k.id, label: `${k.id} ${say(k.name)}` })) ?? []}
              />
            ),
          },
          {
            name: 'imported',
            label: t('origin'),
            says: (v: unknown) => t(v === true || v === 'true' ? 'originOld' : 'originHere'),
            field: (
              <Select
                allowClear
                placeholder={t('originAny')}
                options={[
                  { value: false, label: t('originHere') },
                  { value: true, label: t('originOld') },
                ]}
              />
            ),
          },
          ...(narrow ? [] : [{ name: 'org', label: t('org'), field: <OrgPick /> }]),
          { name: 'from', label: t('from'), field: <DayField />, rules: [isDay(c('badDay'))] },
          { name: 'until', label: t('until'), field: <DayField />, rules: [isDay(c('badDay'))] },
        ]}
        empty={
          view === 'all'
            ? { what: t('empty'), hint: t('emptyHint') }
            : { what: view === 'unserved' ? t('emptyUnserved') : t('emptyView', { view: name }) }
        }
        tools={({ asked, total }) => (
          <Space wrap>
            <ListExport
              name={t('documents')}
              total={total}
              fetch={(reason) => call(documents.export, { query: { ...asked, reason } })}
            />
            {may('document.issue') && !narrow ? <Button onClick={() => setBatch([])}>{t('batch')}</Button> : null}
            {may('document.draft') ? (
              <Button type="primary" onClick={() => setAdding(true)}>
                {t('add')}
              </Button>
            ) : null}
          </Space>
        )}
        {...(may('document.issue') && !narrow
          ? {
              batch: (chosen: readonly DocumentRow[]) => (
                <Button
                  size="small"
                  disabled={!chosen.some((d) => d.state === 'draft')}
                  onClick={() => setBatch(chosen.filter((d) => d.state === 'draft'))}
                >
                  {t('batchChosen')}
                </Button>
              ),
            }
          : {})}
        columns={[
          {
            key: 'name',
            title: t('template'),
            width: 220,
            render: (d) => <Link to={`/documents/${d.id}`}>{say(d.name)}</Link>,
          },
          {
            key: 'number',
            title: t('number'),
            width: 240,
            render: (d) =>
              d.number ?? <span className="zj-muted">{d.state === 'draft' ? t('noNumber') : t('unnumbered')}</span>,
          },
          ...(person
            ? []
            : [
                {
                  key: 'person',
                  title: t('person'),
                  render: (d: DocumentRow) =>
                    d.person ? <Link to={`/people/${d.person.id}`}>{d.person.name}</Link> : '—',
                },
              ]),
          {
            key: 'state',
            title: t('state'),
            render: (d) => <DocumentMarks of={d} />,
          },
          { key: 'decided', title: t('decidedOn'), sort: 'decided', render: (d) => d.decidedOn },
          {
            key: 'issued',
            title: t('issuedAt'),
            sort: 'issued',
            render: (d) => (d.issuedAt ? minute(d.issuedAt) : '—'),
          },
          { key: 'issuedBy', title: t('issuedBy'), render: (d) => d.issuedByName || '—' },
          { key: 'org', title: t('org'), spare: true, render: (d) => d.orgName },
          { key: 'drafted', title: t('draftedAt'), spare: true, sort: 'drafted', render: (d) => minute(d.draftedAt) },
        ]}
      />
      {adding ? <NewDocument {...(person ? { person } : {})} onClose={() => setAdding(false)} /> : null}
      {batch ? <BatchDialog drafts={batch} onClose={() => setBatch(null)} /> : null}
    </>
  )
}
