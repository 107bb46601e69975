import { activations } from '@zhijiao/contract/devices'
import { App, Form, Input, Radio, Select } from 'antd'
import { useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { addDays, dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { DevicePick } from './DevicePick.tsx'
import { deviceWords } from './words.ts'

const grounds = {
  injunctionBreach: 'gInjunctionBreach',
  leftWithoutApproval: 'gLeftWithoutApproval',
  refusedToReport: 'gRefusedToReport',
  policePenalty: 'gPolicePenalty',
  revocationProposed: 'gRevocationProposed',
} as const
interface Filled {
  regime: 'check' | 'device'
  deviceId: string
  ground: keyof typeof grounds
  facts: string
  lastDay?: string
  document?: string
}

/** Two regimes, never mixed: the information check in the officer's own name, or a device under Art. 29 for approval. */
export function ProposeForm({ person, onClose }: { person: { id: string; name: string }; onClose: () => void }) {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const chosen = useChosen()
  const needed = useNeeded()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const regime = Form.useWatch('regime', form) ?? 'check'
  const propose = useDo(activations.propose, {
    refreshes: ['activations', 'devices', 'tasks'],
    onDone: () => void message.success(t('proposed')),
  })
  return (
    <FormDialog<Filled>
      title={`${t('propose')} · ${person.name}`}
      form={form}
      width={640}
      initial={{ regime: 'check' }}
      onClose={onClose}
      onSend={({ regime: way, deviceId, ground, facts, lastDay, document }) =>
        propose.mutateAsync({
          params: { personId: person.id },
          body:
            way === 'check'
              ? { regime: 'check', deviceId, ...(lastDay ? { lastDay } : {}), ...(document ? { document } : {}) }
              : {
                  regime: 'device',
                  deviceId,
                  ground,
                  facts,
                  lastDay: lastDay ?? addDays(dayOf(now()), 89),
                  ...(document ? { document } : {}),
                },
        })
      }
    >
      <Form.Item name="regime" label={t('regime')} extra={t('phoneOnly')}>
        <Radio.Group
          options={[
            { value: 'check', label: t('check') },
            { value: 'device', label: t('device') },
          ]}
        />
      </Form.Item>
      <Form.Item name="deviceId" label={t('whichDevice')} rules={chosen(t('whichDevice'))}>
        <DevicePick holder={person.id} />
      </Form.Item>
      {regime === 'device' ? (
        <>
          <p className="zj-muted">{t('approveNote')}</p>
          <Form.Item name="ground" label={t('ground')} rules={chosen(t('ground'))}>
            <Select options={Object.entries(grounds).map(([value, word]) => ({ value, label: t(word) }))} />
          </Form.Item>
          <Form.Item name="facts" label={t('facts2')} extra={t('factsHint')} rules={needed(t('facts2'))}>
            <Input.TextArea rows={4} maxLength={1000} showCount />
          </Form.Item>
        </>
      ) : null}
      <div className="zj-formrow">
        <Form.Item
          name="lastDay"
          label={t('lastDay')}
          rules={[...(regime === 'device' ? chosen(t('lastDay')) : []), isDay(c('badDay'))]}
        >
          <DayField />
        </Form.Item>
        <Form.Item name="document" label={t('document')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
