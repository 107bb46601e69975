import type { Static } from '@zhijiao/contract/kernel'
import { type LawRevision, type LawRule, lawDesk, type Parameter } from '@zhijiao/contract/settings'
import { placeWritten } from '@zhijiao/law/article'
import { App, Button, Input, Space, Table, Tabs } from 'antd'
import { useState } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
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
import { Changes } from './Changes.tsx'
import { CorrectForm } from './CorrectForm.tsx'
import { DraftForm } from './DraftForm.tsx'
import { Holidays } from './Holidays.tsx'
import './law.css'
import { PublishDialog } from './PublishDialog.tsx'
import { levelsAmong, sameValue, valueText } from './value.ts'
import { kindWord, lawWords } from './words.ts'

type Rule = Static<typeof LawRule>

/** Rules with their article and whether their text was checked; local numbers with draft and publication. */
export default function LawRoom() {
  const t = useWords(lawWords)
  const may = useMay()
  const [tab, setTab] = useKept('law.tab', 'rules')
  const [drafting, setDrafting] = useState<readonly string[] | null>(null)
  return (
    <Screen
      title={t('title')}
      actions={
        may('law.edit') ? (
          <Button type="primary" onClick={() => setDrafting([])}>
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
          { key: 'rules', label: t('rules'), children: <Rules onConfirm={setDrafting} /> },
          { key: 'parameters', label: t('parameters'), children: <Parameters /> },
          { key: 'calendar', label: t('calendar'), children: <Holidays /> },
          { key: 'revisions', label: t('revisions'), children: <Revisions /> },
        ]}
      />
      {drafting ? <DraftForm confirms={drafting} onClose={() => setDrafting(null)} /> : null}
    </Screen>
  )
}

function Rules({ onConfirm }: { onConfirm: (rules: readonly string[]) => void }) {
  const t = useWords(lawWords)
  const c = useWords(common)
  const language = useLanguage()
  const may = useMay()
  const [correcting, setCorrecting] = useState<Rule | null>(null)
  const unread = useAsk(lawDesk.rules, { query: { recalled: true, size: 1 } }).data?.total ?? 0
  return (
    <>
      {unread > 0 ? <p className="zj-muted">{t('recalledN', { n: unread })}</p> : null}
      <SearchTable
        name="law.rules"
        label={t('rules')}
        kept={lawDesk.rules}
        rowKey={(r) => r.rule}
        rowName={(r) => r.rule}
        conditions={[
          { name: 'q', label: t('q'), field: <Input allowClear maxLength={40} /> },
          {
            name: 'kind',
            label: t('kind'),
            field: <AnyOf options={Object.entries(kindWord).map(([value, word]) => ({ value, label: t(word) }))} />,
          },
          {
            name: 'recalled',
            label: t('onlyRecalled'),
            field: (
              <AnyOf
                options={[
                  { value: true, label: t('recalled') },
                  { value: false, label: t('checked') },
                ]}
              />
            ),
          },
        ]}
        empty={{ what: t('noRules') }}
        {...(may('law.edit')
          ? {
              batch: (chosen: readonly { rule: string; recalled: boolean }[]) => (
                <Button
                  size="small"
                  disabled={!chosen.some((r) => r.recalled)}
                  onClick={() => onConfirm(chosen.filter((r) => r.recalled).map((r) => r.rule))}
                >
                  {t('confirmChosen')}
                </Button>
              ),
            }
          : {})}
        columns={[
          { key: 'rule', title: t('rule'), sort: 'rule', render: (r) => <span className="zj-mono">{r.rule}</span> },
          {
            key: 'text',
            title: t('text'),
            width: 340,
            ellipsis: false,
            render: (r) => (language === 'zh' ? r.zh : r.en),
          },
          { key: 'source', title: t('source'), sort: 'source', width: 200, render: (r) => placeWritten(r) },
          { key: 'value', title: t('value'), render: (r) => valueText(r.value, r.unit, language) },
          { key: 'from', title: t('from'), sort: 'from', render: (r) => r.from },
          {
            key: 'state',
            title: t('state'),
            render: (r) =>
              r.recalled ? (
                <Mark>{t('recalled')}</Mark>
              ) : r.corrected ? (
                <Mark tone="blue">{t('corrected')}</Mark>
              ) : (
                <span className="zj-muted">{t('checked')}</span>
              ),
          },
          // Notes of the data are in English only.
          ...(language === 'en'
            ? [{ key: 'note', title: t('note'), width: 260, spare: true, render: (r: Rule) => r.note ?? '' }]
            : []),
          ...(may('law.edit')
            ? [
                {
                  key: 'actions',
                  title: c('actions'),
                  render: (r: Rule) =>
                    r.correctable ? (
                      <Button size="small" type="link" onClick={() => setCorrecting(r)}>
                        {t('correct')}
                      </Button>
                    ) : null,
                },
              ]
            : []),
        ]}
      />
      {correcting ? <CorrectForm of={correcting} onClose={() => setCorrecting(null)} /> : null}
    </>
  )
}

function Parameters() {
  const t = useWords(lawWords)
  const language = useLanguage()
  const asked = useAsk(lawDesk.parameters, {})
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const shippedLevels = levelsAmong(Object.fromEntries(asked.data.items.map((p) => [p.id, p.shipped])))
  return (
    <div className="zj-panel zj-panel-flush">
      <Table
        size="small"
        rowKey="id"
        dataSource={asked.data.items}
        pagination={false}
        scroll={{ x: 720 }}
        footer={() => t('now', { revision: asked.data.revision })}
        columns={[
          { title: t('rule'), width: 90, render: (_, p) => <span className="zj-mono">{p.id}</span> },
          { title: t('text'), render: (_, p) => p[language] },
          { title: t('value'), render: (_, p) => <Held of={p} /> },
          { title: t('shipped'), render: (_, p) => valueText(p.shipped, p.unit, language, shippedLevels) },
          { title: t('source'), dataIndex: 'source' },
        ]}
      />
    </div>
  )
}

/** The number in force; what a unit set itself stands out by word and weight. */
function Held({ of }: { of: Static<typeof Parameter> }) {
  const t = useWords(lawWords)
  const language = useLanguage()
  const text = valueText(of.value, of.unit, language)
  return sameValue(of.value, of.shipped) ? (
    <span>{text}</span>
  ) : (
    <>
      <strong>{text}</strong> <Mark>{t('changedHere')}</Mark>
    </>
  )
}

function Revisions() {
  const t = useWords(lawWords)
  const c = useWords(common)
  const me = useMe()
  const may = useMay()
  const complain = useComplain()
  const { message } = App.useApp()
  const [publishing, setPublishing] = useState<Static<typeof LawRevision> | null>(null)
  const [withdrawing, setWithdrawing] = useState<string | null>(null)
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
          <Changes
            values={r.values}
            confirms={r.confirms}
            corrects={r.corrects}
            holidays={r.holidays}
            settled={r.state !== 'draft'}
          />
        )}
        columns={[
          {
            key: 'state',
            title: t('state'),
            render: (r) => <Mark tone={r.state === 'draft' ? 'blue' : 'quiet'}>{t(states[r.state])}</Mark>,
          },
          {
            key: 'scope',
            title: t('scope'),
            render: (r) => r.orgName,
          },
          { key: 'from', title: t('effective'), render: (r) => r.from },
          { key: 'source', title: t('document'), width: 260, render: (r) => r.source },
          {
            key: 'changes',
            title: t('changes'),
            align: 'right',
            render: (r) =>
              Object.keys(r.values).length +
              r.confirms.length +
              Object.keys(r.corrects).length +
              Object.keys(r.holidays).length,
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
                    <Button size="small" type="link" onClick={() => setPublishing(r)}>
                      {t('publish')}
                    </Button>
                  ) : (
                    <span className="zj-muted">{t('ownDraft')}</span>
                  )}
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
      {publishing ? <PublishDialog of={publishing} onClose={() => setPublishing(null)} /> : null}
      <ReasonDialog
        open={withdrawing !== null}
        title={t('withdraw')}
        note={t('withdrawNote')}
        okText={t('withdraw')}
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
