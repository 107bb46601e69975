import { type Leave, leaves } from '@zhijiao/contract/permits'
import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useCodes } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { PersonPick } from '../pick.tsx'
import { Competence } from './Competence.tsx'
import { leaveWords } from './words.ts'

interface Filled {
  person: string
  from: string
  until: string
  text: string
  area?: string
  travelBy?: NonNullable<Leave['travelBy']>
  reason: string
  reasonText: string
}

/** Records an application and says, before it is sent, who is competent for it. */
export function AskLeave({ person, onClose }: { person?: { id: string; name: string }; onClose: () => void }) {
  const t = useWords(leaveWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const complain = useComplain()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const reasons = useCodes('leaveReason')
  const modes = useCodes('travelMode')
  const [weighed, setWeighed] = useState<Leave['competence'] | null>(null)
  const weigh = useDo(leaves.weigh, { refreshes: [] })
  const ask = useDo(leaves.ask, { refreshes: ['leaves', 'tasks'], onDone: () => void message.success(t('done')) })
  const wishOf = ({ text, area, person: id, from, until, travelBy = [], reason }: Filled) => ({
    person: id,
    from,
    until,
    reason,
    travelBy,
    destination: { text, ...(area ? { area } : {}), country: 'CN' },
  })
  return (
    <FormDialog<Filled>
      title={t('add')}
      form={form}
      width={640}
      initial={person ? { person: person.id } : {}}
      onClose={onClose}
      onSend={(filled) => ask.mutateAsync({ body: { ...wishOf(filled), reasonText: filled.reasonText } })}
    >
      <Form.Item name="person" label={t('person')} rules={chosen(t('person'))}>
        <PersonPick {...(person ? { known: person } : {})} />
      </Form.Item>
      <div className="zj-formrow">
        <Form.Item name="from" label={t('from')} rules={[...chosen(t('from')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
        <Form.Item name="until" label={t('until')} rules={[...chosen(t('until')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
        <Form.Item name="text" label={t('destination')} rules={needed(t('destination'))}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="area"
          label={t('area')}
          extra={t('areaHint')}
          rules={[{ pattern: /^\d{6}$/, message: t('area') }]}
        >
          <Input maxLength={6} inputMode="numeric" />
        </Form.Item>
      </div>
      <Form.Item name="travelBy" label={t('travelBy')} extra={t('travelByHint')}>
        <Select mode="multiple" allowClear options={modes} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} rules={chosen(t('reason'))}>
        <Select options={reasons} />
      </Form.Item>
      <Form.Item name="reasonText" label={t('reasonText')} rules={needed(t('reasonText'))}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
      <Button
        loading={weigh.isPending}
        onClick={async () => {
          try {
            const filled = await form.validateFields(['person', 'from', 'until', 'text', 'area', 'travelBy', 'reason'])
            setWeighed(await weigh.mutateAsync({ body: wishOf({ ...filled, reasonText: '' }) }))
          } catch (error) {
            if (error instanceof Error) complain(error, form)
          }
        }}
      >
        {t('weigh')}
      </Button>
      {weighed ? <Competence of={weighed} /> : null}
    </FormDialog>
  )
}
