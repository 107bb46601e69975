import { Link } from '@tanstack/react-router'
import { type DocumentRow, documentStates, documents } from '@zhijiao/contract/documents'
import { templates } from '@zhijiao/contract/templates'
import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { BatchDialog } from './BatchDialog.tsx'
import { NewDocument } from './NewDocument.tsx'
import { documentWords, stateTone, stateWord } from './words.ts'

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
  return (
    <>
      <SearchTable
        name={person ? 'person.documents' : 'documents'}
        label={t('documents')}
        kept={documents.list}
        fixed={person ? { person: person.id } : {}}
        rowKey={(d) => d.id}
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
            name: 'state',
            label: t('state'),
            first: true,
            field: (
              <Select
                allowClear
                placeholder={c('all')}
                options={documentStates.map((value) => ({ value, label: t(stateWord[value]) }))}
              />
            ),
          },
          ...(narrow ? [] : [{ name: 'org', label: t('org'), field: <OrgPick /> }]),
          { name: 'from', label: t('from'), field: <DayField />, rules: [isDay(c('badDay'))] },
          { name: 'until', label: t('until'), field: <DayField />, rules: [isDay(c('badDay'))] },
        ]}
        empty={{ what: t('empty'), hint: t('emptyHint') }}
        tools={() => (
          <Space>
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
            render: (d) => (
              <Space size={4}>
                <Mark tone={stateTone[d.state]}>{t(stateWord[d.state])}</Mark>
                {d.sealed ? <Mark>{t('sealed')}</Mark> : null}
                {d.signatures > 0 ? <Mark>{t('signedN', { n: d.signatures })}</Mark> : null}
                {d.deliveries > 0 ? <Mark>{t('deliveredN', { n: d.deliveries })}</Mark> : null}
              </Space>
            ),
          },
          { key: 'decided', title: t('decidedOn'), sort: 'decided', render: (d) => d.decidedOn },
          {
            key: 'issued',
            title: t('issuedAt'),
            sort: 'issued',
            render: (d) => (d.issuedAt ? minute(d.issuedAt) : '—'),
          },
          { key: 'issuedBy', title: t('issuedBy'), render: (d) => d.issuedBy?.name ?? '—' },
          { key: 'org', title: t('org'), spare: true, render: (d) => d.orgName },
          { key: 'drafted', title: t('draftedAt'), spare: true, sort: 'drafted', render: (d) => minute(d.draftedAt) },
        ]}
      />
      {adding ? <NewDocument {...(person ? { person } : {})} onClose={() => setAdding(false)} /> : null}
      {batch ? <BatchDialog drafts={batch} onClose={() => setBatch(null)} /> : null}
    </>
  )
}
