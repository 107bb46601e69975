import { lawDesk } from '@zhijiao/contract/settings'
import { App, Button, Input, Select, Space, Table, Tabs } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { useKept } from '../../ui/kept.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay, useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { DraftForm } from './DraftForm.tsx'
import { valueText } from './value.ts'
import { lawWords } from './words.ts'

/** Rules with their article and whether their text was checked; local numbers with draft and publication. */
export default function LawRoom() {
  const t = useWords(lawWords)
  const may = useMay()
  const [tab, setTab] = useKept('law.tab', 'rules')
  const [drafting, setDrafting] = useState(false)
  return (
    <Screen
      title={t('title')}
      actions={
        may('law.edit') ? (
          <Button type="primary" onClick={() => setDrafting(true)}>
            {t('draft')}
          </Button>
        ) : null
      }
    >
      <Tabs
        activeKey={tab}
        onChange={setTab}
        destroyOnHidden
        items={[
          { key: 'rules', label: t('rules'), children: <Rules /> },
          { key: 'parameters', label: t('parameters'), children: <Parameters /> },
          { key: 'revisions', label: t('revisions'), children: <Revisions /> },
        ]}
      />
      {drafting ? <DraftForm onClose={() => setDrafting(false)} /> : null}
    </Screen>
  )
}

function Rules() {
  const t = useWords(lawWords)
  const c = useWords(common)
  const language = useLanguage()
  return (
    <SearchTable
      name="law.rules"
      label={t('rules')}
      kept={lawDesk.rules}
      rowKey={(r) => r.rule}
      conditions={[
        { name: 'q', label: t('q'), field: <Input allowClear maxLength={40} /> },
        {
          name: 'recalled',
          label: t('onlyRecalled'),
          field: (
            <Select
              allowClear
              placeholder={c('all')}
              options={[
                { value: true, label: t('recalled') },
                { value: false, label: t('checked') },
              ]}
            />
          ),
        },
      ]}
      empty={{ what: t('noRules') }}
      columns={[
        { key: 'rule', title: t('rule'), render: (r) => <span className="zj-mono">{r.rule}</span> },
        {
          key: 'text',
          title: t('text'),
          width: 460,
          ellipsis: false,
          render: (r) => (language === 'zh' ? r.zh : r.en),
        },
        { key: 'source', title: t('source'), width: 220, render: (r) => `${r.source} ${r.article}` },
        { key: 'value', title: t('value'), render: (r) => valueText(r.value, r.unit) },
        { key: 'from', title: t('from'), render: (r) => r.from },
        {
          key: 'state',
          title: t('state'),
          render: (r) =>
            r.recalled ? <Mark tone="yellow">{t('recalled')}</Mark> : <span className="zj-muted">{t('checked')}</span>,
        },
        { key: 'note', title: t('note'), width: 260, spare: true, render: (r) => r.note ?? '' },
      ]}
    />
  )
}

function Parameters() {
  const t = useWords(lawWords)
  const language = useLanguage()
  const asked = useAsk(lawDesk.parameters, {})
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <div className="zj-panel zj-panel-flush">
      <Table
        size="small"
        rowKey="id"
        dataSource={asked.data.items}
        pagination={false}
        scroll={{ x: 'max-content' }}
        footer={() => t('now', { revision: asked.data.revision })}
        columns={[
          { title: t('rule'), render: (_, p) => <span className="zj-mono">{p.id}</span> },
          { title: t('text'), width: 420, render: (_, p) => p[language] },
          { title: t('value'), render: (_, p) => <strong>{valueText(p.value, p.unit)}</strong> },
          { title: t('shipped'), render: (_, p) => valueText(p.shipped, p.unit) },
          { title: t('source'), dataIndex: 'source' },
        ]}
      />
    </div>
  )
}

function Revisions() {
  const t = useWords(lawWords)
  const c = useWords(common)
  const me = useMe()
  const may = useMay()
  const complain = useComplain()
  const { message, modal } = App.useApp()
  const [withdrawing, setWithdrawing] = useState<string | null>(null)
  const publish = useDo(lawDesk.publish, { onDone: () => void message.success(t('done')) })
  const withdraw = useDo(lawDesk.withdraw, { onDone: () => void message.success(t('done')) })
  const states = { draft: 'sDraft', published: 'sPublished', withdrawn: 'sWithdrawn' } as const
  return (
    <>
      <SearchTable
        name="law.revisions"
        label={t('revisions')}
        kept={lawDesk.revisions}
        rowKey={(r) => r.id}
        empty={{ what: t('noRevisions') }}
        expand={(r) => (
          <ul className="zj-tight">
            {Object.entries(r.values).map(([id, value]) => (
              <li key={id}>
                <span className="zj-mono">{id}</span> → {valueText(value, null)}
              </li>
            ))}
            {r.confirms.length > 0 ? (
              <li>
                {t('confirms')}: {r.confirms.join('、')}
              </li>
            ) : null}
          </ul>
        )}
        columns={[
          {
            key: 'state',
            title: t('state'),
            render: (r) => <Mark tone={r.state === 'draft' ? 'blue' : 'quiet'}>{t(states[r.state])}</Mark>,
          },
          { key: 'from', title: t('effective'), render: (r) => r.from },
          { key: 'source', title: t('document'), width: 260, render: (r) => r.source },
          {
            key: 'changes',
            title: t('changes'),
            align: 'right',
            render: (r) => Object.keys(r.values).length + r.confirms.length,
          },
          { key: 'drafted', title: t('drafted'), render: (r) => `${r.draftedBy} ${minute(r.draftedAt)}` },
          {
            key: 'published',
            title: t('published'),
            render: (r) => (r.publishedBy ? `${r.publishedBy} ${r.publishedAt ? minute(r.publishedAt) : ''}` : '—'),
          },
          {
            key: 'actions',
            title: c('actions'),
            render: (r) =>
              r.state === 'draft' ? (
                <Space size={0}>
                  {may('law.publish') && r.draftedById !== me.id ? (
                    <Button
                      size="small"
                      type="link"
                      onClick={() =>
                        modal.confirm({
                          title: t('publish'),
                          content: t('publishSure'),
                          okText: t('publish'),
                          cancelText: c('cancel'),
                          onOk: () => publish.mutateAsync({ params: { id: r.id } }).catch((e: unknown) => complain(e)),
                        })
                      }
                    >
                      {t('publish')}
                    </Button>
                  ) : null}
                  {may('law.publish') || r.draftedById === me.id ? (
                    <Button size="small" type="link" onClick={() => setWithdrawing(r.id)}>
                      {t('withdraw')}
                    </Button>
                  ) : null}
                </Space>
              ) : null,
          },
        ]}
      />
      <ReasonDialog
        open={withdrawing !== null}
        title={t('withdraw')}
        busy={withdraw.isPending}
        onCancel={() => setWithdrawing(null)}
        onReason={(reason) => {
          if (withdrawing)
            withdraw.mutate(
              { params: { id: withdrawing }, body: { reason } },
              { onSuccess: () => setWithdrawing(null), onError: (e) => complain(e) },
            )
        }}
      />
    </>
  )
}
