import { roster, type Shift } from '@zhijiao/contract/roster'
import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useChosen } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { useMay, useMe } from '../me.ts'
import { ColleaguePick } from './ColleaguePick.tsx'
import { standingOf } from './week.ts'
import { rosterWords } from './words.ts'

/** One shift: whom to ring, and, for who is in it or in charge, the hand-over and the early end. */
export function ShiftDetail({ shift, onClose }: { shift: Shift; onClose: () => void }) {
  const t = useWords(rosterWords)
  const c = useWords(common)
  const me = useMe()
  const may = useMay()
  const { message } = App.useApp()
  const complain = useComplain()
  const [doing, setDoing] = useState<'hand' | 'end' | null>(null)
  const end = useDo(roster.end, {
    onDone: () => {
      void message.success(t('endDone'))
      onClose()
    },
  })
  const standing = standingOf(shift, now())
  const inCharge = may('alarm.roster') && shift.org.startsWith(me.org.code)
  const canHand = standing !== 'over' && (inCharge || (shift.staff.id === me.id && may('task.act')))
  const endWord = t(standing === 'coming' ? 'strike' : 'end')
  if (doing === 'hand') return <HandOver shift={shift} onClose={() => setDoing(null)} onDone={onClose} />
  return (
    <>
      <Modal
        open
        title={`${shift.staff.name} · ${t(shift.place)}`}
        onCancel={onClose}
        footer={[
          standing !== 'over' && inCharge ? (
            <Button key="end" onClick={() => setDoing('end')}>
              {endWord}
            </Button>
          ) : null,
          canHand ? (
            <Button key="hand" type="primary" onClick={() => setDoing('hand')}>
              {t('handOver')}
            </Button>
          ) : null,
          <Button key="close" onClick={onClose}>
            {c('close')}
          </Button>,
        ]}
      >
        <dl className="zj-facts">
          <Fact name={t('time')}>
            {minute(shift.from)} – {minute(shift.until)}{' '}
            <Mark tone={standing === 'running' ? 'green' : 'quiet'}>{t(standing)}</Mark>
            {shift.endedAt ? (
              <div className="zj-small zj-muted">{t('endedAt', { at: minute(shift.endedAt) })}</div>
            ) : null}
          </Fact>
          <Fact name={t('unit')}>{shift.orgName}</Fact>
          <Fact name={t('phone')}>
            {shift.staff.phone ? <a href={`tel:${shift.staff.phone}`}>{shift.staff.phone}</a> : '—'}
          </Fact>
          <Fact name={t('note')}>
            {shift.note || '—'} {shift.handedFrom ? <Mark>{t('handed')}</Mark> : null}
          </Fact>
        </dl>
      </Modal>
      <ReasonDialog
        open={doing === 'end'}
        title={endWord}
        note={t('endWhat', { name: shift.staff.name })}
        okText={endWord}
        danger
        busy={end.isPending}
        onCancel={() => setDoing(null)}
        onReason={(reason) =>
          end.mutate({ params: { id: shift.id }, body: { reason } }, { onError: (error) => complain(error) })
        }
      />
    </>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function HandOver({ shift, onClose, onDone }: { shift: Shift; onClose: () => void; onDone: () => void }) {
  const t = useWords(rosterWords)
  const chosen = useChosen()
  const { message } = App.useApp()
  const handOver = useDo(roster.handOver, { refreshes: ['roster', 'tasks', 'alarms'] })
  return (
    <FormDialog<{ to: string; note?: string }>
      title={`${t('handOver')} · ${shift.staff.name}`}
      okText={t('handOver')}
      note={<p>{t('handWhat', { until: minute(shift.until) })}</p>}
      onClose={onClose}
      onSend={async ({ to, note }) => {
        const done = await handOver.mutateAsync({ params: { id: shift.id }, body: { to, ...(note ? { note } : {}) } })
        void message.success(t('handDone', { name: done.shift.staff.name, n: done.tasks }))
        onDone()
      }}
    >
      <Form.Item name="to" label={t('handTo')} rules={chosen(t('handTo'))}>
        <ColleaguePick org={shift.org} except={shift.staff.id} />
      </Form.Item>
      <Form.Item name="note" label={t('handNote')}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}
