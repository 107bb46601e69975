import { type Obligation, obligations } from '@zhijiao/contract/obligations'
import { Button, Space, Tooltip } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { DueCell } from '../tasks/DueCell.tsx'
import { SettleDialog } from './SettleDialog.tsx'
import { obligationWords } from './words.ts'
import '../tasks/tasks.css'
import './obligations.css'

/** What one person has to do, until when and by which article; what he did lately. For the person file. */
export function DutiesOf({ person }: { person: string }) {
  const t = useWords(obligationWords)
  const asked = useAsk(obligations.ofPerson, { params: { personId: person }, query: { size: 10 } })
  return (
    <Panel title={t('title')}>
      {asked.isPending ? <Waiting rows={3} /> : null}
      {asked.error ? <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {asked.data?.running.length === 0 ? <EmptyState why="nothing" what={t('none')} hint={t('noneHint')} /> : null}
      {asked.data && asked.data.running.length > 0 ? (
        <ul className="zj-duties" aria-label={t('running')}>
          {asked.data.running.map((duty) => (
            <Running key={duty.id} duty={duty} />
          ))}
        </ul>
      ) : null}
      {asked.data && asked.data.settled.length > 0 ? (
        <>
          <h3>{t('settled')}</h3>
          <ul className="zj-rows">
            {asked.data.settled.map((duty) => (
              <Done key={duty.id} duty={duty} />
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  )
}

function Running({ duty }: { duty: Obligation }) {
  const t = useWords(obligationWords)
  const say = useSpoken()
  const may = useMay()
  const [act, setAct] = useState<'fulfil' | 'excuse' | null>(null)
  return (
    <li>
      <div className="zj-duty-what">
        <strong>{say(duty.kindName)}</strong>
        <span className="zj-muted zj-small">
          {t('from', { day: duty.from })}
          {duty.clock.counted ? ` · ${say(duty.clock.counted)}` : ''}
        </span>
        {duty.state === 'missed' ? (
          <Tooltip title={duty.missedAt ? minute(duty.missedAt) : ''}>
            <span>
              <Mark tone="red">{t('missedOn')}</Mark>
            </span>
          </Tooltip>
        ) : null}
        {duty.outageMinutes > 0 ? (
          <span className="zj-muted zj-small">{t('outage', { n: duty.outageMinutes })}</span>
        ) : null}
      </div>
      <DueCell clock={duty.clock} paused={duty.paused} />
      {may('person.edit') ? (
        <Space size={4}>
          <Button size="small" onClick={() => setAct('fulfil')}>
            {t('fulfil')}
          </Button>
          <Button size="small" type="link" onClick={() => setAct('excuse')}>
            {t('excuse')}
          </Button>
        </Space>
      ) : null}
      {act ? <SettleDialog duty={duty} act={act} onClose={() => setAct(null)} /> : null}
    </li>
  )
}

function Done({ duty }: { duty: Obligation }) {
  const t = useWords(obligationWords)
  const say = useSpoken()
  return (
    <li>
      <span>
        {say(duty.kindName)}{' '}
        <span className="zj-muted">
          {duty.state === 'excused'
            ? `${t('stateExcused')} · ${duty.note}`
            : `${duty.doneOn ?? ''} ${t('stateFulfilled')}`}
        </span>{' '}
        {duty.late ? <Mark tone="yellow">{t('late')}</Mark> : null}
      </span>
      <span className="zj-muted zj-small">{duty.settledBy ? t('by', { who: duty.settledBy }) : ''}</span>
    </li>
  )
}
