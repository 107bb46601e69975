import { useNavigate } from '@tanstack/react-router'
import { entrustments } from '@zhijiao/contract/entrustments'
import { Alert, App, Button, Form, Select, Space } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { useChosen } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { draftOf, dropDraft, keepDraft } from '../../ui/kept.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { Panel } from '../../ui/Page.tsx'
import { troubleOf } from '../../ui/problem.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { useMe } from '../me.ts'
import { AboutForm } from '../procedures/about.ts'
import { enterGoesOn } from '../procedures/enter.ts'
import { type Fault, Faults, faultsOf, ownFaults, stillWrong } from '../procedures/Faults.tsx'
import { FormFields } from '../procedures/FormFields.tsx'
import { type Filled, toSend } from '../procedures/values.ts'
import { entrustFields } from './fields.ts'
import { entrustWords } from './words.ts'

interface Draft {
  readonly id: string
  readonly values: Filled
  readonly at: number
}
const formName = 'entrust'
/** What an organ writes the same way each time; taken over from its latest request. */
const usual = ['principalType', 'principal', 'contact'] as const

/**
 * The request itself. What is typed is kept in this tab until it is sent; its id is chosen with the first key, so that
 * sending twice entrusts once and the annexes have a home before there is a request.
 */
export function EntrustForm() {
  const t = useWords(entrustWords)
  const c = useWords(common)
  const me = useMe()
  const language = useLanguage()
  const navigate = useNavigate()
  const complain = useComplain()
  const chosen = useChosen()
  const { message, modal } = App.useApp()
  const [form] = Form.useForm()
  const [kept, setKept] = useState<Draft | null>(() => draftOf<Draft>(me.id, formName))
  const [id, setId] = useState(() => kept?.id ?? newId())
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const counties = useAsk(entrustments.counties, {}, { staleTime: 600_000 })
  const latest = useAsk(entrustments.list, { query: { size: 1 } }, { enabled: kept === null })
  const send = useDo(entrustments.entrust)
  const about = useMemo(() => ({ matter: id, person: null, org: null }), [id])

  const before = latest.data?.items[0]?.form
  const only = counties.data?.length === 1 ? counties.data[0]?.code : undefined
  useEffect(() => {
    for (const name of usual)
      if (before?.[name] !== undefined && !form.isFieldTouched(name) && !form.getFieldValue(name))
        form.setFieldValue(name, before[name])
    if (only && !form.getFieldValue('county')) form.setFieldValue('county', only)
  }, [before, only, form])

  const afresh = () => {
    dropDraft(me.id, formName)
    setKept(null)
    setFaults([])
    setId(newId())
    for (const name of ['county', ...entrustFields.map((field) => field.id)]) form.setFieldValue(name, undefined)
  }
  const submit = async () => {
    try {
      await form.validateFields()
    } catch (error) {
      setFaults(ownFaults(error))
      return
    }
    setFaults([])
    const values = form.getFieldsValue(true) as Filled
    try {
      const begun = await send.mutateAsync({
        body: { id, county: String(values.county), form: toSend(entrustFields, values) },
      })
      dropDraft(me.id, formName)
      void message.success(t('sent'))
      void navigate({ to: `/entrustments/${begun.id}`, replace: true })
    } catch (error) {
      const found = faultsOf(form, troubleOf(error, language))
      if (found.length > 0) setFaults(found)
      else complain(error)
    }
  }
  return (
    <AboutForm value={about}>
      {kept ? (
        <Alert
          className="zj-gap"
          type="info"
          role="status"
          title={t('restored', { time: minute(kept.at) })}
          action={
            <Button
              size="small"
              onClick={() => void modal.confirm({ title: t('discard'), content: t('discardSure'), onOk: afresh })}
            >
              {t('discard')}
            </Button>
          }
        />
      ) : null}
      <Faults form={formName} of={faults} />
      <Panel>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for keys of the fields within */}
        <div onKeyDown={(event) => enterGoesOn(event, () => void submit())}>
          <Form
            form={form}
            name={formName}
            layout="vertical"
            initialValues={kept?.values ?? {}}
            onValuesChange={() => keepDraft(me.id, formName, { id, values: form.getFieldsValue(true), at: now() })}
            onFieldsChange={() => setFaults((was) => stillWrong(form, was))}
            scrollToFirstError={false}
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
          </Form>
        </div>
        <Space wrap className="zj-register-acts">
          <Button type="primary" loading={send.isPending} onClick={() => void submit()}>
            {t('send')}
          </Button>
          <Button disabled={send.isPending} onClick={() => void navigate({ to: '/entrustments' })}>
            {c('back')}
          </Button>
        </Space>
      </Panel>
    </AboutForm>
  )
}
