import { exitBans } from '@zhijiao/contract/permits'
import { Select } from 'antd'
import { call } from '../../ui/api.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { ListExport } from '../ListExport.tsx'
import { useMay } from '../me.ts'
import { LinkButton } from '../procedures/LinkButton.tsx'
import { Screen } from '../Screen.tsx'
import { exitBanWords } from './words.ts'

/** 法定不准出境人员报备: whose ban is not reported yet, and the way to report it. */
export default function ExitBanRoom() {
  const t = useWords(exitBanWords)
  const may = useMay()
  return (
    <Screen title={t('title')}>
      <p className="zj-muted">{t('what')}</p>
      <SearchTable
        name="exitBans"
        label={t('title')}
        kept={exitBans.unreported}
        rowKey={(r) => r.id}
        numbered
        conditions={[
          {
            name: 'overdue',
            label: t('only'),
            first: true,
            field: <Select allowClear placeholder={t('all')} options={[{ value: true, label: t('onlyLate') }]} />,
          },
        ]}
        tools={({ asked, total }) => (
          <ListExport
            name={t('title')}
            total={total}
            fetch={(reason) => call(exitBans.export, { query: { ...asked, reason } })}
          />
        )}
        empty={{ what: t('none') }}
        columns={[
          { key: 'name', title: t('person'), sort: 'name', render: (r) => `${r.name} ${r.number}` },
          { key: 'org', title: t('unit'), sort: 'org', render: (r) => r.orgName },
          { key: 'since', title: t('since'), render: (r) => r.since },
          { key: 'due', title: t('due'), sort: 'due', render: (r) => r.dueOn },
          {
            key: 'state',
            title: t('state'),
            render: (r) => <Mark tone={r.overdue ? 'red' : 'quiet'}>{t(r.overdue ? 'overdue' : 'inTime')}</Mark>,
          },
          {
            key: 'act',
            title: '',
            render: (r) =>
              r.matter ? (
                <LinkButton to={`/matters/exitBan/${r.matter}`}>{t('go')}</LinkButton>
              ) : may('permit.edit') ? (
                <LinkButton to="/matters/exitBan/new" search={{ person: r.id }}>
                  {t('begin')}
                </LinkButton>
              ) : null,
          },
        ]}
      />
    </Screen>
  )
}
