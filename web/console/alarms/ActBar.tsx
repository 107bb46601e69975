import { type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import { App, Button } from 'antd'
import { useState } from 'react'
import { call, refresh, useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { PackButton } from '../evidence/PackButton.tsx'
import { useMay } from '../me.ts'
import { TransferDialog } from '../tasks/TransferDialog.tsx'
import { CallForm } from './CallForm.tsx'
import { CloseForm } from './CloseForm.tsx'
import { DismissForm } from './DismissForm.tsx'
import { MergeDialog, useOthers } from './MergeDialog.tsx'
import { NoteForm } from './NoteForm.tsx'
import { ReviewForm } from './ReviewForm.tsx'
import { VisitForm } from './VisitForm.tsx'
import { alarmWords } from './words.ts'

type Form = 'call' | 'visit' | 'note' | 'close' | 'dismiss' | 'review' | 'transfer' | 'merge'

/** Exactly what this person may do with this alarm now, as the server says it; the first one is the next step. */
export function ActBar({ alarm }: { alarm: AlarmFile }) {
  const t = useWords(alarmWords)
  const { message } = App.useApp()
  const complain = useComplain()
  const may = useMay()
  const [form, setForm] = useState<Form | null>(null)
  const said = { refreshes: ['alarms', 'tasks'], onDone: () => void message.success(t('done')) }
  const acknowledge = useDo(alarms.acknowledge, said)
  const claim = useDo(alarms.claim, said)
  const withdraw = useDo(alarms.withdraw, said)
  const can = (act: AlarmFile['may'][number]) => alarm.may.includes(act)
  const at = { params: { id: alarm.id } }
  const now = { ...at, body: { revision: alarm.revision } }
  const sorry = { onError: (error: unknown) => complain(error) }
  const close = () => setForm(null)
  const others = useOthers(alarm)
  return (
    <div className="zj-alarm-acts">
      {can('review') ? (
        <Button type="primary" onClick={() => setForm('review')}>
          {t('reviewTitle')}
        </Button>
      ) : null}
      {can('acknowledge') && !alarm.acknowledgedAt ? (
        <Button type="primary" loading={acknowledge.isPending} onClick={() => acknowledge.mutate(at, sorry)}>
          {t('acknowledge')}
        </Button>
      ) : null}
      {can('claim') ? (
        <Button
          type={alarm.acknowledgedAt ? 'primary' : 'default'}
          loading={claim.isPending}
          onClick={() => claim.mutate(now, sorry)}
        >
          {t('claim')}
        </Button>
      ) : null}
      {can('submit') ? (
        <Button type={alarm.acknowledgedAt && !can('claim') ? 'primary' : 'default'} onClick={() => setForm('close')}>
          {t('close')}
        </Button>
      ) : null}
      {can('note') ? (
        <>
          {can('submit') ? (
            <>
              <Button onClick={() => setForm('call')}>{t('call')}</Button>
              <Button onClick={() => setForm('visit')}>{t('visit')}</Button>
            </>
          ) : null}
          <Button onClick={() => setForm('note')}>{t('note')}</Button>
        </>
      ) : null}
      {can('attach') ? (
        <PhotoUpload
          hint={false}
          text={t('attach')}
          onFile={async (file) => {
            await call(alarms.attach, { ...at, body: {}, file, fileName: file.name })
            refresh('alarms')
            void message.success(t('done'))
          }}
        />
      ) : null}
      {can('dismiss') ? <Button onClick={() => setForm('dismiss')}>{t('dismiss')}</Button> : null}
      {can('merge') && others.items.length > 0 ? <Button onClick={() => setForm('merge')}>{t('merge')}</Button> : null}
      {can('withdraw') ? (
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(now, sorry)}>
          {t('withdraw')}
        </Button>
      ) : null}
      {can('transfer') && alarm.task ? <Button onClick={() => setForm('transfer')}>{t('transfer')}</Button> : null}
      {may('evidence.export') ? <PackButton about="episode" id={alarm.id} /> : null}
      {form === 'call' ? <CallForm alarm={alarm} onClose={close} /> : null}
      {form === 'visit' ? <VisitForm alarm={alarm} onClose={close} /> : null}
      {form === 'note' ? <NoteForm alarm={alarm} onClose={close} /> : null}
      {form === 'close' ? <CloseForm alarm={alarm} onClose={close} /> : null}
      {form === 'dismiss' ? <DismissForm alarm={alarm} onClose={close} /> : null}
      {form === 'review' ? <ReviewForm alarm={alarm} onClose={close} /> : null}
      {form === 'merge' ? <MergeDialog alarm={alarm} onClose={close} /> : null}
      {form === 'transfer' && alarm.task ? <TransferDialog task={alarm.task} onClose={close} /> : null}
    </div>
  )
}
