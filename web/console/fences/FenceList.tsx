import { Link, useNavigate } from '@tanstack/react-router'
import { fences } from '@zhijiao/contract/fences'
import { Button, Input, Select } from 'antd'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { fenceWords, kindWord } from './words.ts'

/** C32 电子围栏. */
export default function FenceList() {
  const t = useWords(fenceWords)
  const c = useWords(common)
  const may = useMay()
  const navigate = useNavigate()
  const add = may('fence.edit') ? (
    <Button type="primary" onClick={() => void navigate({ to: '/fences/new' })}>
      {t('add')}
    </Button>
  ) : null
  return (
    <Screen title={t('title')} actions={add}>
      <SearchTable
        name="fences"
        label={t('title')}
        kept={fences.list}
        rowKey={(f) => f.id}
        conditions={[
          { name: 'q', label: t('name'), field: <Input allowClear maxLength={40} /> },
          {
            name: 'kind',
            label: t('kind'),
            field: <AnyOf options={Object.entries(kindWord).map(([value, word]) => ({ value, label: t(word) }))} />,
          },
          { name: 'org', label: t('org'), field: <OrgPick /> },
          {
            name: 'retired',
            label: t('showRetired'),
            field: <Select allowClear placeholder={c('no')} options={[{ value: true, label: c('yes') }]} />,
          },
        ]}
        empty={{ what: t('empty'), hint: t('emptyHint') }}
        columns={[
          {
            key: 'name',
            title: t('name'),
            sort: 'name',
            width: 240,
            render: (f) => <Link to={`/fences/${f.id}`}>{f.name}</Link>,
          },
          {
            key: 'kind',
            title: t('kind'),
            sort: 'kind',
            render: (f) => (f.personal ? t('personalKind') : t(kindWord[f.kind])),
          },
          { key: 'shape', title: t('shape'), render: (f) => t(f.shape) },
          { key: 'org', title: t('org'), sort: 'org', render: (f) => f.orgName },
          { key: 'people', title: t('people'), align: 'right', render: (f) => f.people },
          {
            key: 'calendar',
            title: t('calendar'),
            render: (f) => (f.calendar ? t('windows', { n: f.calendar.windows.length }) : t('always')),
          },
          { key: 'basis', title: t('basis'), width: 220, render: (f) => f.basis || '—' },
          { key: 'datum', title: t('datum'), spare: true, render: (f) => f.datum },
          {
            key: 'state',
            title: t('state'),
            render: (f) => (
              <>
                {f.active ? t('active') : <Mark>{t('retired')}</Mark>}{' '}
                {f.synthetic ? <Mark>{t('synthetic')}</Mark> : null}
              </>
            ),
          },
        ]}
      />
    </Screen>
  )
}
