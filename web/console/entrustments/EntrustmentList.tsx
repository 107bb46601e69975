import { Link, useNavigate } from '@tanstack/react-router'
import { entrustments } from '@zhijiao/contract/entrustments'
import { Button } from 'antd'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { Screen } from '../Screen.tsx'
import { Due } from './Due.tsx'
import { isFruitless } from './stands.ts'
import { entrustWords } from './words.ts'

/** What this organ asked of the counties, newest first. */
export default function EntrustmentList() {
  const t = useWords(entrustWords)
  const say = useSpoken()
  const navigate = useNavigate()
  const add = (
    <Button type="primary" onClick={() => void navigate({ to: '/entrustments/new' })}>
      {t('add')}
    </Button>
  )
  return (
    <Screen title={t('title')} note={t('note')}>
      <SearchTable
        name="entrustments"
        label={t('title')}
        kept={entrustments.list}
        rowKey={(e) => e.id}
        every={60_000}
        empty={{ what: t('empty'), hint: t('emptyHint'), action: add }}
        tools={({ total }) => (total > 0 ? add : null)}
        columns={[
          {
            key: 'who',
            title: t('who'),
            width: 120,
            render: (e) => <Link to={`/entrustments/${e.id}`}>{e.who}</Link>,
          },
          { key: 'letter', title: t('letter'), width: 240, render: (e) => String(e.form.letter ?? '—') },
          { key: 'county', title: t('county'), render: (e) => e.countyName },
          {
            key: 'state',
            title: t('state'),
            width: 110,
            render: (e) => <Mark tone={isFruitless(e) ? 'yellow' : 'quiet'}>{say(e.said)}</Mark>,
          },
          { key: 'received', title: t('received'), width: 150, render: (e) => minute(e.times.receivedAt) },
          { key: 'due', title: t('due'), width: 150, render: (e) => <Due of={e} /> },
          {
            key: 'opinion',
            title: t('opinion'),
            width: 130,
            render: (e) =>
              e.opinion ? (
                <Mark tone="green">{t('opinionReady')}</Mark>
              ) : (
                <span className="zj-muted">{isFruitless(e) ? '—' : t('opinionNone')}</span>
              ),
          },
        ]}
      />
    </Screen>
  )
}
