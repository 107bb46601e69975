import { type Outage, outages } from '@zhijiao/contract/outages'
import { App, Form } from 'antd'
import { useDo } from '../../ui/api.ts'
import { InstantField, isInstant } from '../../ui/DayField.tsx'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { outageWords } from './words.ts'

/** Ends a running outage now, or at the time it truly ended. */
export function EndOutage({ outage, onClose }: { outage: Outage; onClose: () => void }) {
  const t = useWords(outageWords)
  const c = useWords(common)
  const needed = useNeeded()
  const { message } = App.useApp()
  const end = useDo(outages.end, { refreshes: ['outages', 'alarms'], onDone: () => void message.success(t('endDone')) })
  const opened = new Date(now()).toISOString()
  return (
    <FormDialog<{ endsAt: string }>
      title={`${t('endTitle')} · ${outage.orgName}`}
      okText={t('end')}
      initial={{ endsAt: opened }}
      note={
        <>
          <p className="zj-tight">{outage.reason}</p>
          <p className="zj-muted">{t('endWhat')}</p>
        </>
      }
      onClose={onClose}
      onSend={({ endsAt }) => end.mutateAsync({ params: { id: outage.id }, body: { endsAt } })}
    >
      <Form.Item
        name="endsAt"
        label={t('ends')}
        rules={[
          ...needed(t('ends')),
          isInstant(c('badInstant')),
          {
            validator: (_, v: string) =>
              Date.parse(v) <= Date.parse(outage.startsAt) ? Promise.reject(new Error(t('before'))) : Promise.resolve(),
          },
        ]}
      >
        <InstantField />
      </Form.Item>
    </FormDialog>
  )
}
