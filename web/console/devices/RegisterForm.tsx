import { type DeviceKind, devices, type NewDevice, type Protocol } from '@zhijiao/contract/devices'
import { Form, Input, Select } from 'antd'
import { useRef, useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { filledOnly } from '../people/HeaderFields.tsx'
import { OrgPick } from '../pick.tsx'
import { SecretShown } from './SecretShown.tsx'
import { deviceWords, protocols, protocolWord } from './words.ts'

/** Takes a device into the inventory, known by hand or found as an unknown one. */
export function RegisterForm({
  unknown,
  onClose,
}: {
  unknown?: { protocol: Protocol; identity: string }
  onClose: () => void
}) {
  const t = useWords(deviceWords)
  const chosen = useChosen()
  const needed = useNeeded()
  const registered = useRef(false)
  const [secret, setSecret] = useState<string | null>(null)
  const register = useDo(devices.register)
  const adopt = useDo(devices.adopt)
  if (secret !== null) return <SecretShown secret={secret} onClose={onClose} />
  return (
    <FormDialog<NewDevice>
      title={t('register')}
      initial={
        unknown
          ? { ...unknown, kind: 'wristband', crs: 'WGS84' }
          : { kind: 'wristband', protocol: 'jt808', crs: 'WGS84' }
      }
      // Kept open by the secret that follows; that dialog closes both.
      onClose={() => (registered.current ? undefined : onClose())}
      onSend={async (values) => {
        const { protocol, identity, kind, org, model, crs } = filledOnly(values) as NewDevice
        const answer = unknown
          ? await adopt.mutateAsync({
              params: unknown,
              body: { kind, ...(org ? { org } : {}), ...(model ? { model } : {}), ...(crs ? { crs } : {}) },
            })
          : await register.mutateAsync({ body: { ...(filledOnly(values) as NewDevice), protocol, identity } })
        registered.current = true
        setSecret(answer.secret)
      }}
    >
      <div className="zj-formrow">
        <Form.Item name="kind" label={t('kind')} rules={chosen(t('kind'))}>
          <Select
            options={(['wristband', 'phone', 'simulator'] as const satisfies readonly DeviceKind[]).map((value) => ({
              value,
              label: t(value),
            }))}
          />
        </Form.Item>
        <Form.Item name="protocol" label={t('protocol')} rules={chosen(t('protocol'))}>
          <Select
            disabled={unknown !== undefined}
            options={protocols.map((value) => ({ value, label: t(protocolWord[value]) }))}
          />
        </Form.Item>
        <Form.Item name="identity" label={t('identity')} rules={needed(t('identity'))}>
          <Input maxLength={64} disabled={unknown !== undefined} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="model" label={t('model')}>
          <Input maxLength={60} />
        </Form.Item>
        {unknown ? null : (
          <Form.Item name="sim" label={t('sim')}>
            <Input maxLength={20} inputMode="tel" />
          </Form.Item>
        )}
        <Form.Item name="crs" label={t('crs')}>
          <Select options={['WGS84', 'GCJ02', 'BD09'].map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="org" label={t('org')}>
          <OrgPick />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
