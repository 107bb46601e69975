import { outages } from '@zhijiao/contract/outages'
import { App, Form, Input, Radio, Select } from 'antd'
import { useDo } from '../../ui/api.ts'
import { InstantField, isInstant } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { useMe } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { protocolName, protocolNames } from './protocols.ts'
import { outageWords } from './words.ts'

interface Filled {
  org: string
  of: 'platform' | 'protocol' | 'network'
  protocol?: string
  note?: string
  reason: string
  startsAt: string
  endsAt?: string | null
}

const earliestMs = 30 * 86_400_000
/** The clocks of desk and server may differ by as much. */
const graceMs = 60_000

/** Declares an outage, running or over. Its consequence is said before it is sent, because it settles alarms at once. */
export function DeclareOutage({ onClose }: { onClose: () => void }) {
  const t = useWords(outageWords)
  const c = useWords(common)
  const me = useMe()
  const language = useLanguage()
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const of = Form.useWatch('of', form)
  const declare = useDo(outages.declare, { refreshes: ['outages', 'alarms'] })
  const within = {
    validator: (_: unknown, v: string | null | undefined) => {
      const ms = Date.parse(v ?? '')
      if (Number.isNaN(ms)) return Promise.resolve()
      if (ms > now() + graceMs) return Promise.reject(new Error(t('future')))
      return ms < now() - earliestMs ? Promise.reject(new Error(t('early'))) : Promise.resolve()
    },
  }
  return (
    <FormDialog<Filled>
      title={t('declare')}
      okText={t('declare')}
      form={form}
      width={720}
      initial={{ org: me.org.code, of: 'network', startsAt: new Date(now()).toISOString() }}
      note={<p className="zj-muted">{t('consequence', { unit: me.org.name })}</p>}
      onClose={onClose}
      onSend={async ({ org, of: what, protocol, note, reason, startsAt, endsAt }) => {
        const scope = { of: what, ...(what === 'protocol' && protocol ? { protocol } : {}), ...(note ? { note } : {}) }
        const done = await declare.mutateAsync({
          body: { org, reason, scope, startsAt, ...(endsAt ? { endsAt } : {}) },
        })
        void message.success(t('done', { n: done.settled }))
      }}
    >
      <Form.Item name="of" label={t('what')} extra={t(`${of ?? 'network'}Hint`)}>
        <Radio.Group
          options={[
            { value: 'network', label: t('network') },
            { value: 'protocol', label: t('protocol') },
            { value: 'platform', label: t('platform') },
          ]}
        />
      </Form.Item>
      {of === 'protocol' ? (
        <Form.Item name="protocol" label={t('whichProtocol')} rules={chosen(t('whichProtocol'))}>
          <Select options={protocolNames.map((p) => ({ value: p, label: protocolName(p, language) }))} />
        </Form.Item>
      ) : null}
      <div className="zj-formrow">
        <Form.Item name="org" label={t('unit')} rules={chosen(t('unit'))}>
          <OrgPick />
        </Form.Item>
        <Form.Item name="note" label={t('scopeNote')} extra={t('scopeNoteHint')}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <div className="zj-formrow">
        <Form.Item
          name="startsAt"
          label={t('starts')}
          rules={[...needed(t('starts')), isInstant(c('badInstant')), within]}
        >
          <InstantField />
        </Form.Item>
        <Form.Item
          name="endsAt"
          label={t('ends')}
          extra={t('endsHint')}
          rules={[
            isInstant(c('badInstant')),
            within,
            ({ getFieldValue }) => ({
              validator: (_, v: string | null | undefined) =>
                v && Date.parse(v) <= Date.parse(getFieldValue('startsAt'))
                  ? Promise.reject(new Error(t('before')))
                  : Promise.resolve(),
            }),
          ]}
        >
          <InstantField />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t('reason')} rules={needed(t('reason'))}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}
