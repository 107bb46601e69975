import { type Device, devices } from '@zhijiao/contract/devices'
import { App, Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { PersonPick } from '../pick.tsx'
import { DevicePick } from './DevicePick.tsx'
import { SecretShown } from './SecretShown.tsx'
import { deviceWords } from './words.ts'

type Act = 'issue' | 'swap' | 'takeBack' | 'move' | 'secret' | 'edit'
type To = 'stock' | 'repair' | 'retired' | 'lost'
interface Filled {
  personId: string
  note?: string
  toDeviceId: string
  oldState: To
  state: To
  reason: string
  model?: string
  sim?: string
  crs?: 'WGS84' | 'GCJ02' | 'BD09'
  atRegistration?: boolean
}

/** What may be done with a device in its present state. */
export function DeviceActs({ device }: { device: Device }) {
  const t = useWords(deviceWords)
  const may = useMay()
  const [act, setAct] = useState<Act | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  if (!may('device.edit')) return null
  const held = device.state === 'issued'
  return (
    <>
      {device.state === 'stock' ? (
        <Button type="primary" onClick={() => setAct('issue')}>
          {t('issue')}
        </Button>
      ) : null}
      {held ? (
        <>
          <Button onClick={() => setAct('swap')}>{t('swap')}</Button>
          <Button onClick={() => setAct('takeBack')}>{t('takeBack')}</Button>
        </>
      ) : (
        <Button onClick={() => setAct('move')}>{t('move')}</Button>
      )}
      <Button onClick={() => setAct('edit')}>{t('edit')}</Button>
      <Button onClick={() => setAct('secret')}>{t('renewSecret')}</Button>
      {act ? <ActForm act={act} device={device} onSecret={setSecret} onClose={() => setAct(null)} /> : null}
      <SecretShown secret={secret} onClose={() => setSecret(null)} />
    </>
  )
}

function ActForm({
  act,
  device,
  onSecret,
  onClose,
}: {
  act: Act
  device: Device
  onSecret: (secret: string) => void
  onClose: () => void
}) {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const chosen = useChosen()
  const needed = useNeeded()
  const { message } = App.useApp()
  const said = { refreshes: ['devices', 'activations', 'people'], onDone: () => void message.success(t('done')) }
  const issue = useDo(devices.issue, said)
  const swap = useDo(devices.swap, said)
  const takeBack = useDo(devices.takeBack, said)
  const move = useDo(devices.retire, said)
  const renew = useDo(devices.secret, said)
  const edit = useDo(devices.edit, said)
  const params = { id: device.id }
  const { revision } = device
  const send = async (v: Filled): Promise<unknown> => {
    if (act === 'issue')
      return issue.mutateAsync({
        params,
        body: { personId: v.personId, ...(v.note ? { note: v.note } : {}), revision },
      })
    if (act === 'swap')
      return swap.mutateAsync({
        params,
        body: { toDeviceId: v.toDeviceId, oldState: v.oldState, reason: v.reason, revision },
      })
    if (act === 'takeBack')
      return takeBack.mutateAsync({ params, body: { state: v.state, reason: v.reason, revision } })
    if (act === 'move') return move.mutateAsync({ params, body: { state: v.state, reason: v.reason, revision } })
    if (act === 'edit')
      return edit.mutateAsync({
        params,
        body: { model: v.model ?? '', sim: v.sim || null, ...(v.crs ? { crs: v.crs } : {}), revision },
      })
    const answer = await renew.mutateAsync({
      params,
      body: { reason: v.reason, ...(v.atRegistration ? { atRegistration: true } : {}), revision },
    })
    onSecret(answer.secret)
    return answer
  }
  const states = (['stock', 'repair', 'retired', 'lost'] as const).map((value) => ({ value, label: t(value) }))
  const notes = {
    issue: null,
    swap: t('swapNote'),
    takeBack: t('takeBackNote'),
    move: null,
    secret: t('renewNote'),
    edit: null,
  }
  const titles = {
    issue: 'issue',
    swap: 'swap',
    takeBack: 'takeBack',
    move: 'move',
    secret: 'renewSecret',
    edit: 'edit',
  } as const
  return (
    <FormDialog<Filled>
      title={`${t(titles[act])} · ${device.identity}`}
      note={notes[act] ? <p>{notes[act]}</p> : null}
      initial={{ oldState: 'repair', state: 'stock', model: device.model, sim: device.sim ?? '', crs: device.crs }}
      onClose={onClose}
      onSend={send}
    >
      {act === 'issue' ? (
        <>
          <Form.Item name="personId" label={t('person')} rules={chosen(t('person'))}>
            <PersonPick />
          </Form.Item>
          <Form.Item name="note" label={t('note')}>
            <Input maxLength={200} />
          </Form.Item>
        </>
      ) : null}
      {act === 'swap' ? (
        <>
          <Form.Item name="toDeviceId" label={t('newDevice')} rules={chosen(t('newDevice'))}>
            <DevicePick state="stock" />
          </Form.Item>
          <Form.Item name="oldState" label={t('oldState')}>
            <Select options={states} />
          </Form.Item>
        </>
      ) : null}
      {act === 'takeBack' || act === 'move' ? (
        <Form.Item name="state" label={t('toState')}>
          <Select options={states} />
        </Form.Item>
      ) : null}
      {act === 'edit' ? (
        <>
          <Form.Item name="model" label={t('model')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="sim" label={t('sim')}>
            <Input maxLength={20} />
          </Form.Item>
          <Form.Item name="crs" label={t('crs')}>
            <Select options={['WGS84', 'GCJ02', 'BD09'].map((value) => ({ value, label: value }))} />
          </Form.Item>
        </>
      ) : null}
      {act === 'secret' && device.protocol === 'jt808' ? (
        <Form.Item name="atRegistration" valuePropName="checked" extra={t('atRegistrationHint')}>
          <Checkbox>{t('atRegistration')}</Checkbox>
        </Form.Item>
      ) : null}
      {act === 'issue' || act === 'edit' ? null : (
        <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
      )}
    </FormDialog>
  )
}
