import { leaveHelp } from '@zhijiao/contract/permits'
import { Button } from 'antd'
import { useState } from 'react'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { AnswerDialog } from './AwayDialogs.tsx'
import { leaveWords } from './words.ts'

/** 协助监管: what other counties ask of this one about people on leave here. */
export function HelpTable() {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const may = useMay()
  const [answering, setAnswering] = useState<{ id: string; who: string } | null>(null)
  return (
    <>
      <SearchTable
        name="leaveHelp"
        label={t('helpReceived')}
        kept={leaveHelp.received}
        rowKey={(h) => h.id}
        empty={{ what: t('helpNone'), hint: t('helpNoneHint') }}
        columns={[
          { key: 'who', title: t('person'), render: (h) => h.about.name },
          {
            key: 'state',
            title: t('state'),
            render: (h) => <Mark tone={h.answer ? 'quiet' : 'blue'}>{t(h.answer ? 'helpDone' : 'helpToAnswer')}</Mark>,
          },
          { key: 'from', title: t('helpFrom'), render: (h) => h.from },
          { key: 'where', title: t('destination'), width: 200, render: (h) => h.about.destination },
          { key: 'days', title: t('helpDays'), render: (h) => `${h.about.from} — ${h.about.until}` },
          {
            key: 'contact',
            title: t('contact'),
            render: (h) => (h.about.contact ? `${h.about.contact.name} ${h.about.contact.phone}` : '—'),
          },
          { key: 'wish', title: t('helpWish'), width: 240, render: (h) => h.wish },
          { key: 'asked', title: t('asked'), render: (h) => `${minute(h.askedAt)} ${h.askedBy}` },
          { key: 'answer', title: t('helpFound'), width: 240, render: (h) => h.answer ?? '—' },
          {
            key: 'actions',
            title: c('actions'),
            fixed: 'right',
            render: (h) =>
              !h.answer && may('leave.edit') ? (
                <Button size="small" type="link" onClick={() => setAnswering({ id: h.id, who: h.about.name })}>
                  {t('helpAnswer')}
                </Button>
              ) : null,
          },
        ]}
      />
      {answering ? <AnswerDialog help={answering.id} who={answering.who} onClose={() => setAnswering(null)} /> : null}
    </>
  )
}
