import type { Leave } from '@zhijiao/contract/permits'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { LinkButton } from '../procedures/LinkButton.tsx'
import { AnswerDialog, CallDialog, HelpDialog, RecallDialog } from './AwayDialogs.tsx'
import { leaveWords, meansWord, resultWord, toldWord } from './words.ts'

/** 外出期间监管: contacts, help of the agency there, the order to return; and what may be done now. */
export function LeaveAway({ leave }: { leave: Leave }) {
  const t = useWords(leaveWords)
  const may = useMay()
  const [act, setAct] = useState<'call' | 'help' | 'recall' | null>(null)
  const [answering, setAnswering] = useState<string | null>(null)
  const { calls, helps, recall, away, overstayed } = leave
  const edits = may('leave.edit') && leave.state === 'approved'
  if (!edits && calls.length === 0 && helps.length === 0 && !recall) return null
  const close = () => setAct(null)
  return (
    <section aria-label={t('supervision')}>
      <Space wrap className="zj-tight">
        <strong>{t('supervision')}</strong>
        {edits && away ? (
          <Button size="small" onClick={() => setAct('call')}>
            {t('call')}
          </Button>
        ) : null}
        {edits ? (
          <Button size="small" onClick={() => setAct('help')}>
            {t('help')}
          </Button>
        ) : null}
        {edits && away && !recall && may('leave.approve') ? (
          <Button size="small" danger onClick={() => setAct('recall')}>
            {t('recall')}
          </Button>
        ) : null}
        {overstayed && may('sanction.prepare') ? (
          <LinkButton to="/matters/violation/new" search={{ person: leave.person.id }}>
            {t('violation')}
          </LinkButton>
        ) : null}
      </Space>
      {recall ? (
        <p className="zj-tight">
          <Mark tone="red">{t('recalled')}</Mark>{' '}
          {t('recalledSaid', {
            at: minute(recall.at),
            who: recall.by,
            told: t(toldWord[recall.told]),
            until: minute(recall.until),
            reason: recall.reason,
          })}
        </p>
      ) : null}
      {calls.length > 0 ? (
        <ul className="zj-tight" aria-label={t('calls')}>
          {calls.map((one) => (
            <li key={one.id}>
              {minute(one.at)} {t(meansWord[one.means])}{' '}
              <Mark tone={one.result === 'reached' ? 'quiet' : 'yellow'}>{t(resultWord[one.result])}</Mark> {one.note}{' '}
              <span className="zj-muted">{one.by}</span>
            </li>
          ))}
        </ul>
      ) : away ? (
        <p className="zj-tight zj-muted">{t('callsNone')}</p>
      ) : null}
      {helps.length > 0 ? (
        <ul className="zj-tight" aria-label={t('helps')}>
          {helps.map((one) => (
            <li key={one.id}>
              {t('helpSaid', { at: minute(one.askedAt), organ: one.organ, wish: one.wish, letter: one.letter || '—' })}{' '}
              {one.answer ? (
                t('helpAnswered', {
                  at: one.answeredAt ? minute(one.answeredAt) : '—',
                  who: one.answeredBy ?? '—',
                  answer: one.answer,
                })
              ) : (
                <Mark tone="blue">{t('helpOpen')}</Mark>
              )}
              {!one.answer && !one.here && may('leave.edit') ? (
                <Button size="small" type="link" onClick={() => setAnswering(one.id)}>
                  {t('helpEnter')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {act === 'call' ? <CallDialog leave={leave} onClose={close} /> : null}
      {act === 'help' ? <HelpDialog leave={leave} onClose={close} /> : null}
      {act === 'recall' ? <RecallDialog leave={leave} onClose={close} /> : null}
      {answering ? <AnswerDialog help={answering} who={leave.person.name} onClose={() => setAnswering(null)} /> : null}
    </section>
  )
}
