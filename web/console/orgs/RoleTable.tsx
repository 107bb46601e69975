import type { Static } from '@zhijiao/contract/kernel'
import { orgs, type RoleCard } from '@zhijiao/contract/orgs'
import { permissionWords, wordsOfPermission } from '@zhijiao/law/permission-words'
import { Segmented, Select, Table } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useKept } from '../../ui/kept.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import './orgs.css'
import { orgWords, reachWord } from './words.ts'

type Card = Static<typeof RoleCard>
const uses = ['all', 'inUse', 'notYet'] as const
type Use = (typeof uses)[number]
const useWord = { all: 'useAll', inUse: 'useInUse', notYet: 'useNotYet' } as const

/** Every post, how far it sees and what it may do; or, the other way round, who holds a permission. What nothing asks for yet says so. Read only, because the law's matrix sets it. */
export default function RoleTable() {
  const t = useWords(orgWords)
  const language = useLanguage()
  const say = useSpoken()
  const { aside } = useStringing()
  const asked = useAsk(orgs.roles, {}, { staleTime: 600_000 })
  const [wanted, setWanted] = useState<string | undefined>()
  const [use, setUse] = useKept<Use>('roles.use', 'all')
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const inUse = new Set(asked.data.inUse)
  const fits = (permission: string) => use === 'all' || inUse.has(permission) === (use === 'inUse')
  const cards = asked.data.items.filter((card) =>
    wanted ? card.permissions.includes(wanted) : card.permissions.some(fits),
  )
  const choose = (next: Use) => {
    setUse(next)
    setWanted(undefined)
  }
  return (
    <Screen title={t('rolesTitle')} note={<span className="zj-muted">{t('rolesNote')}</span>}>
      <p className="zj-muted zj-small">{t('useNote')}</p>
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
            options={Object.keys(permissionWords)
              .filter(fits)
              .map((value) => {
                const words = say(wordsOfPermission(value))
                return { value, label: inUse.has(value) ? words : aside(words, t('useNotYet')) }
              })}
          />
          <Segmented<Use>
            aria-label={t('useFilter')}
            value={use}
            onChange={choose}
            options={uses.map((value) => ({ value, label: t(useWord[value]) }))}
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
          expandable={{ expandedRowRender: (card) => <Permissions of={card.permissions.filter(fits)} inUse={inUse} /> }}
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
            {
              title: t('permissionsN'),
              align: 'right',
              render: (_, card) => card.permissions.filter((p) => inUse.has(p)).length,
            },
            {
              title: t('useNotYet'),
              align: 'right',
              render: (_, card) => {
                const waiting = card.permissions.filter((p) => !inUse.has(p)).length
                return waiting === 0 ? '—' : <span className="zj-muted">{waiting}</span>
              },
            },
          ]}
        />
      </div>
    </Screen>
  )
}

function Permissions({ of, inUse }: { of: readonly string[]; inUse: ReadonlySet<string> }) {
  const t = useWords(orgWords)
  const say = useSpoken()
  return (
    <ul className="zj-permissions">
      {of.map((permission) => (
        <li key={permission}>
          {say(wordsOfPermission(permission))}
          {inUse.has(permission) ? null : (
            <>
              {' '}
              <Mark>{t('useNotYet')}</Mark>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
