import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { roster, type Shift } from '@zhijiao/contract/roster'
import { App, Button, Space } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { AsOf } from '../../ui/Freshness.tsx'
import { addDays, dayOf, startOfDay } from '../../ui/format.ts'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay, useMe } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { AddShifts } from './AddShifts.tsx'
import { OnCall } from './OnCall.tsx'
import './roster.css'
import { ShiftDetail } from './ShiftDetail.tsx'
import { WeekTable } from './WeekTable.tsx'
import { mondayOf, repeated } from './week.ts'
import { rosterWords } from './words.ts'

/** C44 值班表: a unit's week, who answers at this moment, shifts set, ended and handed over. */
export default function RosterRoom() {
  const t = useWords(rosterWords)
  const me = useMe()
  const may = useMay()
  const { modal, message } = App.useApp()
  const complain = useComplain()
  const today = dayOf(now())
  const [org, setOrg] = useKept('roster.org', me.org.code)
  const [monday, setMonday] = useKept('roster.week', mondayOf(today))
  const [seen, setSeen] = useState<Shift | null>(null)
  const [adding, setAdding] = useState<{ day: string } | null>(null)
  const until = addDays(monday, 7)
  const week = useAsk(
    roster.list,
    { query: { org, from: startOfDay(monday), until: startOfDay(until) } },
    { keep: true },
  )
  const last = useAsk(
    roster.list,
    { query: { org, from: startOfDay(addDays(monday, -7)), until: startOfDay(monday) } },
    { enabled: may('alarm.roster') },
  )
  const set = useDo(roster.set)
  // The roster belongs to counties and offices; above them there is nobody to call.
  const mine = may('alarm.roster') && org.startsWith(me.org.code) && org.length >= 6
  const copies = repeated(last.data ?? [], week.data ?? [], org, now())

  return (
    <Screen
      title={t('title')}
      actions={
        mine ? (
          <>
            <Button
              disabled={copies.length === 0 || until <= today}
              title={copies.length === 0 ? t('copyNone') : undefined}
              onClick={() =>
                modal.confirm({
                  title: t('copySure', { n: copies.length }),
                  content: t('copyText'),
                  okText: t('copy'),
                  onOk: () =>
                    set
                      .mutateAsync({ body: { shifts: copies } })
                      .then((done) => void message.success(t('setDone', { n: done.length })))
                      .catch((error: unknown) => complain(error)),
                })
              }
            >
              {t('copy')}
            </Button>
            <Button type="primary" onClick={() => setAdding({ day: monday > today ? monday : today })}>
              {t('set')}
            </Button>
          </>
        ) : null
      }
    >
      <div className="zj-panel zj-roster-bar">
        <Space wrap>
          <OrgPick value={org} onChange={(code) => setOrg(code ?? me.org.code)} aria-label={t('unit')} />
          <Space.Compact>
            <Button
              icon={<LeftOutlined />}
              aria-label={t('former')}
              title={t('former')}
              onClick={() => setMonday(addDays(monday, -7))}
            />
            <Button disabled={monday === mondayOf(today)} onClick={() => setMonday(mondayOf(today))}>
              {t('thisWeek')}
            </Button>
            <Button
              icon={<RightOutlined />}
              aria-label={t('later')}
              title={t('later')}
              onClick={() => setMonday(until)}
            />
          </Space.Compact>
          <strong aria-live="polite">{t('span', { from: monday, until: addDays(monday, 6) })}</strong>
        </Space>
        <AsOf at={week.dataUpdatedAt || null} />
      </div>
      <OnCall org={org} />
      {week.isPending ? (
        <Waiting />
      ) : week.error && !week.data ? (
        <TroubleNotice error={week.error} onRetry={() => void week.refetch()} />
      ) : (
        <WeekTable
          org={org}
          monday={monday}
          today={today}
          shifts={week.data ?? []}
          onSee={setSeen}
          {...(mine ? { onAdd: (day: string) => setAdding({ day }) } : {})}
        />
      )}
      {adding ? <AddShifts org={org} day={adding.day} onClose={() => setAdding(null)} /> : null}
      {seen ? <ShiftDetail shift={seen} onClose={() => setSeen(null)} /> : null}
    </Screen>
  )
}
