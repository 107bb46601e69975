import { orgs } from '@zhijiao/contract/orgs'
import { Table } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import { orgWords, reachWord } from './words.ts'

/** Every post, how far it sees and what it may do: read only, because the law's matrix sets it. */
export default function RoleTable() {
  const t = useWords(orgWords)
  const language = useLanguage()
  const asked = useAsk(orgs.roles, {}, { staleTime: 600_000 })
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <Screen title={t('rolesTitle')}>
      <div className="zj-panel zj-panel-flush">
        <Table
          size="small"
          rowKey="role"
          dataSource={asked.data.items}
          pagination={false}
          scroll={{ x: 'max-content' }}
          expandable={{
            expandedRowRender: (r) => <span className="zj-mono zj-small">{r.permissions.join('  ')}</span>,
          }}
          columns={[
            { title: t('roles'), render: (_, r) => r[language] },
            { title: t('level'), render: (_, r) => t(r.level) },
            {
              title: t('reach'),
              render: (_, r) => (r.administrator ? <Mark>{t('administrator')}</Mark> : t(reachWord[r.reach])),
            },
            {
              title: t('designations'),
              render: (_, r) =>
                r.byDesignation.map((d) => (d === 'minors' || d === 'sealed' ? t(d) : d)).join('、') || '—',
            },
            { title: t('permissionsN'), align: 'right', render: (_, r) => r.permissions.length },
          ]}
        />
      </div>
    </Screen>
  )
}
