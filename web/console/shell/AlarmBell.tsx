import { useNavigate } from '@tanstack/react-router'
import { alarms } from '@zhijiao/contract/alarms'
import type { LiveNews } from '@zhijiao/contract/live'
import { App, Button } from 'antd'
import { useCallback, useEffect, useRef } from 'react'
import { refresh, useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { useNews } from '../../ui/live.ts'
import { useStanding } from '../../ui/session.ts'
import { ring } from '../../ui/sound.ts'
import { useMay, useMe } from '../me.ts'
import { forgetMeanwhile, rangMeanwhile, seenElsewhere, useMeanwhile } from './meanwhile.ts'
import { shellWords } from './words.ts'

/** A grave alarm that nobody has acknowledged rings again this often, signed in or idled out. */
const againMs = 12_000
/** Words of the line after which an alarm is in somebody's hands. */
const inHand: ReadonlySet<string> = new Set(['acknowledged', 'submitted', 'settled', 'merged'])

/**
 * Rings as soon as the live line says that an alarm was raised or ran over its clock, before any list has loaded. Levels 1
 * and 2 ring again until somebody says “seen”.
 */
export function AlarmBell() {
  const may = useMay()
  return may('alarm.see') ? <Bell /> : null
}

function Bell() {
  const t = useWords(shellWords)
  const me = useMe()
  const handles = me.permissions.includes('alarm.handle') || me.permissions.includes('alarm.review')
  const { notification } = App.useApp()
  const navigate = useNavigate()
  const lost = useStanding() === 'lost'
  const meanwhile = useMeanwhile()
  useEffect(() => {
    if (!lost) forgetMeanwhile()
  }, [lost])
  const said = useRef<HTMLDivElement>(null)
  const hear = useCallback(
    (news: LiveNews) => {
      if (news.topic === 'alarm' && inHand.has(news.what)) seenElsewhere(news.id)
      if (news.topic !== 'alarm' || (news.what !== 'raised' && news.what !== 'overdue')) return
      const level = news.level ?? 3
      refresh('alarms', 'tasks')
      if (!handles && !news.mine) return
      ring(level)
      if (lost) rangMeanwhile(news.id, level)
      const title = news.what === 'raised' ? t('newAlarm', { level }) : t('overdueAlarm')
      if (said.current) said.current.textContent = title
      notification.warning({
        key: news.id,
        title,
        placement: 'bottomRight',
        duration: level <= 2 ? 30 : 10,
        actions: (
          <Button
            type="primary"
            size="small"
            onClick={() => {
              notification.destroy(news.id)
              void navigate({ to: `/alarms/${news.id}` })
            }}
          >
            {t('goThere')}
          </Button>
        ),
      })
    },
    [handles, lost, navigate, notification, t],
  )
  useNews(hear)
  const open = useAsk(
    alarms.list,
    { query: { state: ['raised'], level: [1, 2], size: 20 } },
    { enabled: handles, every: 60_000 },
  ).data
  const unseen = open?.items.filter((a) => !a.acknowledgedAt && !a.imported) ?? []
  const worst = Math.min(9, ...unseen.map((a) => a.level), ...meanwhile.values())
  useEffect(() => {
    if (worst > 2) return
    const timer = setInterval(() => ring(worst), againMs)
    return () => clearInterval(timer)
  }, [worst])
  return <div ref={said} className="zj-hidden" role="alert" aria-live="assertive" />
}
