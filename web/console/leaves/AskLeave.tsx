import { type Leave, leaves } from '@zhijiao/contract/permits'
import { App, Button, Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useCodes } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { PersonPick } from '../pick.tsx'
import { Competence } from './Competence.tsx'
import { ProofField } from './ProofField.tsx'
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
  contact: { name: string; phone: string; relation: string; address?: string }
  proofs?: string[]
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
  // Chosen before it is asked for, so that its proofs have a home; sent again after a lost answer it is the same one.
  const [id] = useState(newId)
  const whose = Form.useWatch('person', form) ?? person?.id
  // A file belongs to the person it was uploaded for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever it is for, the files of another are no proof
  useEffect(() => form.setFieldValue('proofs', []), [whose, form])
  const reasons = useCodes('leaveReason')
  const modes = useCodes('travelMode')
  const [weighed, setWeighed] = useState<Leave['competence'] | null>(null)
  const weigh = useDo(leaves.weigh, { refreshes: [] })
  const ask = useDo(leaves.ask, { refreshes: ['leaves', 'tasks'], onDone: () => void message.success(t('done')) })
  const wishOf = ({
    text,
    area,
    person: who,
    from,
    until,
    travelBy = [],
    reason,
  }: Omit<Filled, 'reasonText' | 'contact' | 'proofs'>) => ({
    person: who,
    from,
    until,
    reason,
    travelBy,
    destination: { text, ...(area ? { area } : {}), country: 'CN' },
  })
  const bodyOf = (filled: Filled) => {
    const { name, phone, relation, address } = filled.contact
    return {
      id,
      ...wishOf(filled),
      reasonText: filled.reasonText,
      contact: { name, phone, relation, ...(address ? { address } : {}) },
      proofs: filled.proofs ?? [],
    }
  }
  return (
    <FormDialog<Filled>
      title={t('add')}
      form={form}
      width={640}
      initial={person ? { person: person.id } : {}}
      onClose={onClose}
      onSend={(filled) => ask.mutateAsync({ body: bodyOf(filled) })}
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
      <fieldset className="zj-fieldset">
        <legend>{t('contact')}</legend>
        <div className="zj-formrow">
          <Form.Item name={['contact', 'name']} label={t('contactName')} rules={needed(t('contactName'))}>
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name={['contact', 'phone']}
            label={t('contactPhone')}
            rules={[...needed(t('contactPhone')), { pattern: /^[0-9+()\- ]{5,20}$/, message: t('contactPhoneBad') }]}
          >
            <Input maxLength={20} inputMode="tel" autoComplete="off" />
          </Form.Item>
          <Form.Item name={['contact', 'relation']} label={t('contactRelation')} rules={needed(t('contactRelation'))}>
            <Input maxLength={30} />
          </Form.Item>
          <Form.Item name={['contact', 'address']} label={t('contactAddress')}>
            <Input maxLength={120} />
          </Form.Item>
        </div>
      </fieldset>
      <ProofField leave={id} person={whose} />
      <Button
        loading={weigh.isPending}
        onClick={async () => {
          try {
            const filled = await form.validateFields(['person', 'from', 'until', 'text', 'area', 'travelBy', 'reason'])
            setWeighed(await weigh.mutateAsync({ body: wishOf(filled) }))
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
