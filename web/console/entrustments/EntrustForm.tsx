import { useNavigate } from '@tanstack/react-router'
import { entrustments } from '@zhijiao/contract/entrustments'
import { App, Button, Form, Select } from 'antd'
import { useEffect } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { useChosen } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { FormFields } from '../procedures/FormFields.tsx'
import { FormFrame } from '../procedures/FormFrame.tsx'
import { useKeptForm } from '../procedures/useKeptForm.ts'
import { toSend } from '../procedures/values.ts'
import { entrustFields } from './fields.ts'
import { entrustWords } from './words.ts'

/** What an organ writes the same way each time; taken over from its latest request. */
const usual = ['principalType', 'principal', 'contact'] as const
const nobody = { person: null, org: null } as const

/** The request itself: which county is asked, and the county's own register form. */
export function EntrustForm() {
  const t = useWords(entrustWords)
  const c = useWords(common)
  const navigate = useNavigate()
  const chosen = useChosen()
  const { message } = App.useApp()
  const frame = useKeptForm('entrust', 'entrust')
  const { form, kept } = frame
  const counties = useAsk(entrustments.counties, {}, { staleTime: 600_000 })
  const latest = useAsk(entrustments.list, { query: { size: 1 } }, { enabled: kept === null })
  const send = useDo(entrustments.entrust)

  const before = latest.data?.items[0]?.form
  const only = counties.data?.length === 1 ? counties.data[0]?.code : undefined
  useEffect(() => {
    for (const name of usual)
      if (before?.[name] !== undefined && !form.isFieldTouched(name) && !form.getFieldValue(name))
        form.setFieldValue(name, before[name])
    if (only && !form.getFieldValue('county')) form.setFieldValue('county', only)
  }, [before, only, form])

  const submit = async () => {
    const begun = await frame.send((values) =>
      send.mutateAsync({
        body: { id: frame.id, county: String(values.county), form: toSend(entrustFields, values) },
      }),
    )
    if (!begun) return
    void message.success(t('sent'))
    void navigate({ to: `/entrustments/${begun.id}`, replace: true })
  }
  return (
    <FormFrame
      of={frame}
      about={nobody}
      onSend={() => void submit()}
      onKeep={() => frame.keep({})}
      onAfresh={frame.afresh}
      discardSure={t('discardSure')}
      acts={
        <>
          <Button type="primary" loading={frame.sending} onClick={() => void submit()}>
            {t('send')}
          </Button>
          <Button disabled={frame.sending} onClick={() => void navigate({ to: '/entrustments' })}>
            {c('back')}
          </Button>
        </>
      }
    >
      <div className="zj-fields">
        <div className="zj-field">
          <Form.Item name="county" label={t('county')} extra={t('countyHelp')} rules={chosen(t('county'))}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={c('choose')}
              loading={counties.isPending}
              options={(counties.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            />
          </Form.Item>
        </div>
      </div>
      <FormFields fields={entrustFields} />
    </FormFrame>
  )
}
