import { type Org, orgs } from '@zhijiao/contract/orgs'
import { App, Button, Checkbox, Form, Input, Space, Switch, Table } from 'antd'
import { useMemo, useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay, useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { orgWords } from './words.ts'

type Branch = Org & { children2?: Branch[] }

/** The five-level tree at and below the own unit. */
export default function OrgRoom() {
  const t = useWords(orgWords)
  const c = useWords(common)
  const language = useLanguage()
  const may = useMay()
  const me = useMe()
  const complain = useComplain()
  const { message } = App.useApp()
  const [closed, setClosed] = useState(false)
  const [editing, setEditing] = useState<Org | { below: string } | null>(null)
  const [closing, setClosing] = useState<Org | null>(null)
  const asked = useAsk(orgs.tree, { query: { closed } }, { keep: true })
  const close = useDo(orgs.close, { onDone: () => void message.success(t('done')) })
  const reopen = useDo(orgs.reopen, { onDone: () => void message.success(t('done')) })
  const tree = useMemo(() => grow(asked.data?.items ?? []), [asked.data])
  const edit = may('org.edit')
  return (
    <Screen
      title={t('title')}
      actions={
        <>
          <Checkbox checked={closed} onChange={(e) => setClosed(e.target.checked)}>
            {t('showClosed')}
          </Checkbox>
          {edit ? (
            <Button type="primary" onClick={() => setEditing({ below: me.org.code })}>
              {t('add')}
            </Button>
          ) : null}
        </>
      }
    >
      <Panel flush>
        {asked.isPending ? <Waiting /> : null}
        {asked.error && !asked.data ? <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
        {asked.data?.cut ? <p>{t('cut')}</p> : null}
        {asked.data ? (
          <Table<Branch>
            size="small"
            rowKey={(o) => o.code || 'top'}
            dataSource={tree}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: t('nothing') }}
            expandable={{ childrenColumnName: 'children2', defaultExpandAllRows: (asked.data.items.length ?? 0) < 60 }}
            columns={[
              { title: t('name'), render: (_, o) => (language === 'en' && o.nameEn) || o.name },
              { title: t('code'), render: (_, o) => <span className="zj-mono">{o.code || '—'}</span> },
              { title: t('level'), render: (_, o) => t(o.level) },
              { title: t('urban'), render: (_, o) => (o.urban ? c('yes') : '') },
              { title: t('staffN'), align: 'right', dataIndex: 'staff' },
              { title: t('phone'), render: (_, o) => o.phone ?? '—' },
              { title: t('address'), render: (_, o) => o.address ?? '—' },
              {
                title: t('state'),
                render: (_, o) => (
                  <>
                    {o.active ? t('active') : <Mark>{t('closed')}</Mark>}{' '}
                    {o.synthetic ? <Mark>{t('synthetic')}</Mark> : null}
                  </>
                ),
              },
              ...(edit
                ? [
                    {
                      title: c('actions'),
                      render: (_: unknown, o: Branch) => (
                        <Space size={0}>
                          <Button
                            size="small"
                            type="link"
                            aria-label={`${c('edit')} ${o.name}`}
                            onClick={() => setEditing(o)}
                          >
                            {c('edit')}
                          </Button>
                          {o.active && o.level !== 'office' ? (
                            <Button
                              size="small"
                              type="link"
                              aria-label={`${t('addBelow')} ${o.name}`}
                              onClick={() => setEditing({ below: o.code })}
                            >
                              {t('addBelow')}
                            </Button>
                          ) : null}
                          {o.active ? (
                            <Button
                              size="small"
                              type="link"
                              aria-label={`${t('close')} ${o.name}`}
                              onClick={() => setClosing(o)}
                            >
                              {t('close')}
                            </Button>
                          ) : (
                            <Button
                              size="small"
                              type="link"
                              onClick={() =>
                                reopen.mutate({ params: { code: o.code } }, { onError: (e) => complain(e) })
                              }
                            >
                              {t('reopen')}
                            </Button>
                          )}
                        </Space>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        ) : null}
      </Panel>
      {editing ? (
        <OrgForm
          {...('below' in editing ? { org: null, below: editing.below } : { org: editing, below: '' })}
          onClose={() => setEditing(null)}
        />
      ) : null}
      <ReasonDialog
        open={closing !== null}
        danger
        title={`${t('close')} · ${closing?.name ?? ''}`}
        note={t('closeNote')}
        busy={close.isPending}
        onCancel={() => setClosing(null)}
        onReason={(reason) => {
          if (closing)
            close.mutate(
              { params: { code: closing.code }, body: { reason } },
              { onSuccess: () => setClosing(null), onError: (e) => complain(e) },
            )
        }}
      />
    </Screen>
  )
}

/** Parents come first, so each unit finds its branch already there. */
function grow(items: readonly Org[]): Branch[] {
  const known = new Map<string, Branch>()
  const tops: Branch[] = []
  for (const org of items) {
    const branch: Branch = { ...org }
    known.set(org.code, branch)
    const parent = org.parent === null ? undefined : known.get(org.parent)
    if (parent) {
      parent.children2 ??= []
      parent.children2.push(branch)
    } else tops.push(branch)
  }
  return tops
}

interface Filled {
  code: string
  name: string
  nameEn?: string
  phone?: string
  address?: string
  urban: boolean
}

function OrgForm({ org, below, onClose }: { org: Org | null; below: string; onClose: () => void }) {
  const t = useWords(orgWords)
  const c = useWords(common)
  const needed = useNeeded()
  const { message } = App.useApp()
  const said = { onDone: () => void message.success(t('done')) }
  const add = useDo(orgs.add, said)
  const change = useDo(orgs.change, said)
  return (
    <FormDialog<Filled>
      title={org ? `${c('edit')} · ${org.name}` : t('add')}
      okText={c('save')}
      initial={
        org
          ? {
              name: org.name,
              nameEn: org.nameEn ?? '',
              phone: org.phone ?? '',
              address: org.address ?? '',
              urban: org.urban,
            }
          : { code: below, urban: false }
      }
      onClose={onClose}
      onSend={({ code, nameEn, phone, address, ...rest }) => {
        const fields = { ...rest, nameEn: nameEn || null, phone: phone || null, address: address || null }
        return org
          ? change.mutateAsync({ params: { code: org.code }, body: { ...fields, revision: org.revision } })
          : add.mutateAsync({ body: { code, ...fields } })
      }}
    >
      {org ? null : (
        <Form.Item
          name="code"
          label={t('code')}
          extra={t('codeHint')}
          rules={[...needed(t('code')), { pattern: /^(\d{2}){1,3}$|^\d{9}$/, message: t('codeBad') }]}
        >
          <Input maxLength={9} inputMode="numeric" />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('name')} rules={needed(t('name'))}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('nameEn')}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="phone" label={t('phone')}>
        <Input maxLength={30} inputMode="tel" />
      </Form.Item>
      <Form.Item name="address" label={t('address')}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="urban" label={t('urban')} extra={t('urbanHint')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  )
}
