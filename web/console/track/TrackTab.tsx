import { Refused } from '@zhijiao/contract/client'
import { rowsOf } from '@zhijiao/contract/columns'
import { positions } from '@zhijiao/contract/positions'
import { needsReason } from '@zhijiao/law/permissions'
import { isRole } from '@zhijiao/law/roles'
import { Button, Form, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMe } from '../me.ts'
import { Replay } from './Replay.tsx'
import { trackWords } from './words.ts'

/** C31 轨迹回放 of one legal day. Whoever looks from above states why, before anything is asked for. */
export default function TrackTab({ personId }: { personId: string }) {
  const t = useWords(trackWords)
  const c = useWords(common)
  const me = useMe()
  const must = me.roles.some((role) => isRole(role) && needsReason(role, 'position.track'))
  const [day, setDay] = useState(() => dayOf(now()))
  const [reason, setReason] = useState<string | null>(must ? null : '')
  const ready = reason !== null
  const days = useAsk(positions.days, { params: { personId }, query: {} }, { enabled: ready, staleTime: 300_000 })
  const track = useAsk(
    positions.day,
    { params: { personId, day }, query: reason ? { reason } : {} },
    { enabled: ready, staleTime: 60_000 },
  )
  const shown = useMemo(() => track.data && { ...track.data, fixes: rowsOf(track.data.fixes) }, [track.data])
  const asks = track.error instanceof Refused && track.error.problem.code === 'ZJ_REASON_MISSING'
  const [form] = Form.useForm<{ day: string }>()
  return (
    <Panel>
      <Form form={form} layout="inline" initialValues={{ day }} onFinish={(filled) => setDay(filled.day)}>
        <Form.Item name="day" label={t('day')} rules={[{ required: true, message: c('badDay') }, isDay(c('badDay'))]}>
          <DayField style={{ width: 140 }} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={track.isFetching}>
          {t('show')}
        </Button>
        <Select
          style={{ minWidth: 220, marginInlineStart: 12 }}
          placeholder={t('daysWith')}
          aria-label={t('daysWith')}
          value={null}
          loading={ready && days.isPending}
          options={
            days.data?.items.map((d) => ({ value: d.day, label: t('dayCount', { day: d.day, n: d.fixes }) })) ?? []
          }
          onChange={(chosen: string | null) => {
            if (!chosen) return
            form.setFieldValue('day', chosen)
            setDay(chosen)
          }}
        />
      </Form>
      {ready && track.isPending ? <Waiting rows={8} /> : null}
      {track.error && !asks ? <TroubleNotice error={track.error} onRetry={() => void track.refetch()} /> : null}
      {shown && shown.fixes.length === 0 ? <EmptyState why="nothing" what={t('none')} hint={t('noneHint')} /> : null}
      {shown && shown.fixes.length > 0 ? <Replay key={`${personId}.${shown.day}`} track={shown} /> : null}
      <ReasonDialog
        open={!ready || asks}
        title={t('reasonTitle')}
        note={t('reasonNote')}
        onReason={setReason}
        onCancel={() => setReason(asks ? null : reason)}
      />
    </Panel>
  )
}
