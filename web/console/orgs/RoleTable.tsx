import type { Static } from '@zhijiao/contract/kernel'
import { orgs, type RoleCard } from '@zhijiao/contract/orgs'
import type { Permission } from '@zhijiao/law/permissions'
import { Select, Table } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { type Pair, useLanguage, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import './orgs.css'
import { permissionWords } from './permissionWords.ts'
import { orgWords, reachWord } from './words.ts'

type Card = Static<typeof RoleCard>

/** Every post, how far it sees and what it may do; or, the other way round, who holds a permission. Read only, because the law's matrix sets it. */
export default function RoleTable() {
  const t = useWords(orgWords)
  const language = useLanguage()
  const asked = useAsk(orgs.roles, {}, { staleTime: 600_000 })
  const [wanted, setWanted] = useState<string | undefined>()
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const cards = asked.data.items.filter((card) => !wanted || card.permissions.includes(wanted))
  const say = (pair: Pair) => pair[language === 'zh' ? 0 : 1]
  return (
    <Screen title={t('rolesTitle')} note={<span className="zj-muted">{t('rolesNote')}</span>}>
      <div className="zj-list">
        <div className="zj-list-bar">
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('whoMay')}
            placeholder={t('whoMay')}
            value={wanted}
            onChange={setWanted}
            style={{ minWidth: 320 }}
            options={Object.entries(permissionWords).map(([value, pair]) => ({ value, label: say(pair) }))}
          />
        </div>
        <Table<Card>
          size="small"
          rowKey="role"
          dataSource={cards}
          pagination={false}
          sticky
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <EmptyState why="nothing" what={t('nobodyMay')} /> }}
          expandable={{ expandedRowRender: (card) => <Permissions of={card} /> }}
          columns={[
            {
              title: t('roles'),
              render: (_, card) => (
                <>
                  <strong>{card[language]}</strong> {card.administrator ? <Mark>{t('administrator')}</Mark> : null}
                </>
              ),
            },
            { title: t('level'), render: (_, card) => (card.administrator ? '—' : t(card.level)) },
            { title: t('reach'), render: (_, card) => t(reachWord[card.reach]) },
            {
              title: t('designations'),
              render: (_, card) =>
                card.byDesignation
                  .map((d) => (d === 'minors' || d === 'sealed' ? t(d) : d))
                  .join(language === 'zh' ? '、' : ', ') || '—',
            },
            { title: t('permissionsN'), align: 'right', render: (_, card) => card.permissions.length },
          ]}
        />
      </div>
    </Screen>
  )
}

const isKnown = (permission: string): permission is Permission => Object.hasOwn(permissionWords, permission)

function Permissions({ of }: { of: Card }) {
  const language = useLanguage()
  return (
    <ul className="zj-permissions">
      {of.permissions.map((p) => (
        <li key={p}>{isKnown(p) ? permissionWords[p][language === 'zh' ? 0 : 1] : p}</li>
      ))}
    </ul>
  )
}
