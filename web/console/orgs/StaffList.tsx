import { staff } from '@zhijiao/contract/orgs'
import { isRole, roleNames, roles } from '@zhijiao/law/roles'
import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { Freshness } from '../../ui/Freshness.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { Certificate } from './Certificate.tsx'
import { OrganList } from './OrganList.tsx'
import { StaffActs } from './StaffActs.tsx'
import { StaffForm } from './StaffForm.tsx'
import { orgWords } from './words.ts'

/** Accounts: the system administrator opens and closes them, the security administrator gives posts and recovers. */
export default function StaffList() {
  const t = useWords(orgWords)
  const c = useWords(common)
  const language = useLanguage()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const [organs, setOrgans] = useState(false)
  return (
    <Screen
      title={t('staffTitle')}
      actions={
        may('staff.edit') ? (
          <Space>
            <Button onClick={() => setOrgans(true)}>{t('organs')}</Button>
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('addStaff')}
            </Button>
          </Space>
        ) : null
      }
    >
      <SearchTable
        name="staff"
        label={t('staffTitle')}
        kept={staff.list}
        rowKey={(s) => s.id}
        conditions={[
          { name: 'q', label: t('q'), field: <Input allowClear maxLength={40} /> },
          { name: 'org', label: t('org'), field: <OrgPick /> },
          {
            name: 'role',
            label: t('roles'),
            field: (
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={c('all')}
                options={roleNames.map((value) => ({ value, label: roles[value][language] }))}
              />
            ),
          },
          {
            name: 'active',
            label: t('state'),
            field: (
              <AnyOf
                options={[
                  { value: true, label: t('active') },
                  { value: false, label: t('closed') },
                ]}
              />
            ),
          },
          {
            name: 'certificate',
            label: t('certificate'),
            field: (
              <AnyOf
                options={[
                  { value: 'held', label: t('cHeld') },
                  { value: 'missing', label: t('cMissing') },
                  { value: 'ending', label: t('cEnding') },
                ]}
              />
            ),
          },
        ]}
        empty={{ what: t('empty'), hint: t('emptyStaffHint') }}
        columns={[
          { key: 'name', title: t('staffName'), sort: 'name', fixed: 'left', render: (s) => <strong>{s.name}</strong> },
          { key: 'login', title: t('login'), sort: 'login', render: (s) => <span className="zj-mono">{s.login}</span> },
          {
            key: 'state',
            title: t('state'),
            render: (s) => (
              <>
                {s.active ? t('active') : <Mark>{t('closed')}</Mark>}{' '}
                {s.locked ? <Mark tone="yellow">{t('locked')}</Mark> : null}{' '}
                {s.active && s.mustChangePassword ? <Mark>{t('mustChange')}</Mark> : null}
              </>
            ),
          },
          { key: 'number', title: t('number'), sort: 'number', render: (s) => s.number },
          { key: 'org', title: t('org'), sort: 'org', render: (s) => s.org.name },
          { key: 'organ', title: t('organ'), spare: true, render: (s) => s.organ?.name ?? '—' },
          {
            key: 'roles',
            title: t('roles'),
            width: 220,
            render: (s) =>
              s.roles.length === 0 ? (
                <Mark tone="yellow">{t('noRoles')}</Mark>
              ) : (
                s.roles.map((r) => (isRole(r) ? roles[r][language] : r)).join(language === 'zh' ? '、' : ', ')
              ),
          },
          {
            key: 'designations',
            title: t('designations'),
            render: (s) => s.designations.map((d) => t(d)).join(language === 'zh' ? '、' : ', ') || '—',
          },
          {
            key: 'factor',
            title: t('factor'),
            render: (s) => (s.secondFactor ? t('bound') : <span className="zj-muted">{t('unbound')}</span>),
          },
          {
            key: 'certificate',
            title: t('certificate'),
            render: (s) => <Certificate of={s} />,
          },
          { key: 'phone', title: t('phone'), spare: true, render: (s) => s.phone ?? '—' },
          {
            key: 'last',
            title: t('lastLogin'),
            sort: 'lastLogin',
            render: (s) =>
              s.lastLoginAt ? <Freshness at={s.lastLoginAt} staleMs={Number.POSITIVE_INFINITY} /> : t('never'),
          },
          { key: 'actions', title: c('actions'), fixed: 'right', render: (s) => <StaffActs member={s} /> },
        ]}
      />
      {organs ? <OrganList onClose={() => setOrgans(false)} /> : null}
      {adding ? <StaffForm member={null} onClose={() => setAdding(false)} /> : null}
    </Screen>
  )
}
