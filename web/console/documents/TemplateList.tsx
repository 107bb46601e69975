import { Link } from '@tanstack/react-router'
import { templates } from '@zhijiao/contract/templates'
import { Table } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { documentWords, groupWord } from './words.ts'

/** Every template: who issues it, to whom, and which wording is in force here. */
export function TemplateList() {
  const t = useWords(documentWords)
  const say = useSpoken()
  const asked = useAsk(templates.list, {})
  if (asked.isPending) return <Waiting rows={12} />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={asked.data}
      columns={[
        { title: '', render: (_, r) => <span className="zj-mono">{r.id}</span> },
        { title: t('template'), render: (_, r) => <Link to={`/document-templates/${r.id}`}>{say(r.name)}</Link> },
        {
          title: t('group'),
          filters: Object.entries(groupWord).map(([value, word]) => ({ value, text: t(word) })),
          onFilter: (value, r) => r.group === value,
          render: (_, r) => t(groupWord[r.group]),
        },
        { title: t('series'), render: (_, r) => r.series || t('unnumbered') },
        { title: t('issuer'), render: (_, r) => r.issuer },
        { title: t('to'), render: (_, r) => r.to },
        {
          title: t('version'),
          render: (_, r) => (
            <>
              {r.version === 0 ? t('shipped') : t('versionN', { n: r.version })}{' '}
              {r.drafts > 0 ? <Mark tone="yellow">{t('draftsN', { n: r.drafts })}</Mark> : null}
            </>
          ),
        },
        {
          title: t('source'),
          render: (_, r) => (
            <>
              {r.source} {r.recalled ? <Mark tone="yellow">{t('recalled')}</Mark> : null}
            </>
          ),
        },
      ]}
    />
  )
}
