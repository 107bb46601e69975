import { type AuditLine, audits } from '@zhijiao/contract/audits'
import type { Static } from '@zhijiao/contract/kernel'
import { orgs } from '@zhijiao/contract/orgs'
import { isRole, roles } from '@zhijiao/law/roles'
import { App, Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { call, saveFile, useAsk } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { InstantField, isInstant } from '../../ui/DayField.tsx'
import { count, instant, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { type Listed, SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { OrgPick, StaffPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import './system.css'
import { auditWords } from './words.ts'

type Line = Static<typeof AuditLine>
const acts = ['view', 'search', 'export', 'write', 'security', 'refused'] as const
const outcomeWord = { ok: 'ok', refused: 'refusedOut', open: 'open' } as const
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** C116 审计日志: who asked for what, when, why, and what became of it. */
export default function AuditList() {
  const t = useWords(auditWords)
  const c = useWords(common)
  const say = useSpoken()
  const tree = useAsk(orgs.tree, { query: { closed: true } }, { staleTime: 600_000 }).data
  const units = useMemo(() => new Map(tree?.items.map((o) => [o.code, o.name])), [tree])
  const { message } = App.useApp()
  const [exporting, setExporting] = useState<Listed | null>(null)
  const [busy, run] = useBusy()
  const choice = (options: { value: string; label: string }[]) => <AnyOf options={options} />
  const isTime = isInstant(c('badInstant'))
  const when = (v: unknown) => minute(String(v))
  return (
    <Screen title={t('title')}>
      <SearchTable
        name="audits"
        label={t('title')}
        kept={audits.list}
        rowKey={(a) => a.id}
        conditions={[
          { name: 'from', label: t('from'), first: true, field: <InstantField />, rules: [isTime], says: when },
          {
            name: 'to',
            label: t('to'),
            first: true,
            field: <InstantField />,
            rules: [
              isTime,
              ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
                validator: (_: unknown, v: unknown) =>
                  typeof v === 'string' &&
                  typeof getFieldValue('from') === 'string' &&
                  v < String(getFieldValue('from'))
                    ? Promise.reject(new Error(t('badSpan')))
                    : Promise.resolve(),
              }),
            ],
            says: when,
          },
          {
            name: 'act',
            label: t('act'),
            first: true,
            field: choice(acts.map((v) => ({ value: v, label: t(v) }))),
            says: (v) => t(acts.find((a) => a === v) ?? 'view'),
          },
          {
            name: 'outcome',
            label: t('outcome'),
            first: true,
            field: choice(Object.entries(outcomeWord).map(([value, word]) => ({ value, label: t(word) }))),
          },
          { name: 'staff', label: t('who'), field: <StaffPick /> },
          { name: 'org', label: t('org'), field: <OrgPick /> },
          {
            name: 'phase',
            label: t('phase'),
            field: choice((['attempt', 'result'] as const).map((v) => ({ value: v, label: t(v) }))),
          },
          {
            name: 'promise',
            label: t('promise'),
            field: <Input allowClear maxLength={80} placeholder={t('promiseHint')} />,
          },
          { name: 'request', label: t('request'), field: <Input allowClear maxLength={40} /> },
          { name: 'ip', label: t('ip'), field: <Input allowClear maxLength={45} /> },
          {
            name: 'person',
            label: t('person'),
            field: <Input allowClear maxLength={36} />,
            rules: [{ pattern: uuid, message: t('personBad') }],
          },
        ]}
        empty={{ what: t('empty'), hint: t('emptyHint') }}
        tools={(now) => (
          <Button disabled={now.total === 0} onClick={() => setExporting(now)}>
            {c('exportOut')}
          </Button>
        )}
        expand={(a) => <Detail of={a} />}
        columns={[
          { key: 'at', title: t('at'), sort: 'at', render: (a) => <span className="zj-mono">{instant(a.at)}</span> },
          { key: 'who', title: t('who'), render: (a) => a.staffName ?? '—' },
          { key: 'act', title: t('act'), render: (a) => t(a.act) },
          { key: 'says', title: t('says'), width: 300, render: (a) => say(a.says) },
          { key: 'phase', title: t('phase'), render: (a) => <span className="zj-muted">{t(a.phase)}</span> },
          { key: 'outcome', title: t('outcome'), width: 180, render: (a) => <Outcome of={a} /> },
          { key: 'reason', title: t('reason'), width: 200, render: (a) => a.reason ?? '—' },
          { key: 'rows', title: t('rows'), align: 'right', render: (a) => (a.rows === null ? '—' : count(a.rows)) },
          {
            key: 'org',
            title: t('org'),
            render: (a) => units.get(a.org) ?? <span className="zj-mono">{a.org || '—'}</span>,
          },
          { key: 'ip', title: t('ip'), render: (a) => <span className="zj-mono">{a.ip ?? '—'}</span> },
          {
            key: 'request',
            title: t('request'),
            spare: true,
            render: (a) => <span className="zj-mono">{a.request}</span>,
          },
          {
            key: 'promise',
            title: t('promise'),
            spare: true,
            render: (a) => <span className="zj-mono">{a.promise}</span>,
          },
        ]}
      />
      <ReasonDialog
        open={exporting !== null}
        title={t('exportTitle')}
        note={t('exportNote', { n: count(exporting?.total ?? 0) })}
        okText={c('exportOut')}
        busy={busy}
        onCancel={() => setExporting(null)}
        onReason={async (reason) => {
          await run(async () => {
            // The table's conditions are those of the list, and the export knows the same ones.
            const answer = await call(audits.export, { query: { ...exporting?.asked, reason } })
            void message.success(t('exported', { name: await saveFile(answer, 'audits.xlsx') }))
            setExporting(null)
          })
        }}
      />
    </Screen>
  )
}

function Outcome({ of }: { of: Line }) {
  const t = useWords(auditWords)
  const say = useSpoken()
  if (of.outcome === null || of.outcomeSays === null) return <span className="zj-muted">—</span>
  return of.outcome === 'ok' ? (
    <span>{t('ok')}</span>
  ) : (
    <>
      <Mark tone="yellow">{say(of.outcomeSays)}</Mark>
      <div className="zj-mono zj-small zj-muted zj-wrap">{of.outcome}</div>
    </>
  )
}

function Detail({ of }: { of: Line }) {
  const t = useWords(auditWords)
  const { list } = useStringing()
  const language = useLanguage()
  const asked = Object.entries(of.detail)
  return (
    <dl className="zj-facts">
      <Fact name={t('request')} text={of.request} />
      <Fact name={t('promise')} text={of.promise} />
      <Fact name={t('roles')} text={list(of.roles.map((r) => (isRole(r) ? roles[r][language] : r)))} />
      <Fact name={t('person')} text={of.person ?? '—'} />
      <div className="zj-audit-asked">
        <dt>{t('detail')}</dt>
        <dd>
          {asked.length === 0 ? (
            <span className="zj-muted">{t('noDetail')}</span>
          ) : (
            <pre className="zj-mono">{asked.map(([k, v]) => `${k}: ${JSON.stringify(v)}`).join('\n')}</pre>
          )}
        </dd>
      </div>
    </dl>
  )
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="zj-mono">{text || '—'}</dd>
    </div>
  )
}
