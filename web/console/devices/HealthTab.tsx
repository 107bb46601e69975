import { devices } from '@zhijiao/contract/devices'
import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { History } from '../../ui/History.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { useSpelling } from './spelling.ts'
import { deviceWords } from './words.ts'

interface Inspection {
  water: 'sound' | 'damaged'
  housing: 'sound' | 'open'
  strap: 'sound' | 'worn' | 'cut'
  battery: 'sound' | 'weak' | 'dead'
  note?: string
}
const choices = {
  water: ['sound', 'damaged'],
  housing: ['sound', 'open'],
  strap: ['sound', 'worn', 'cut'],
  battery: ['sound', 'weak', 'dead'],
} as const

/** What the device says of itself and what an officer found in his hand. */
export function HealthTab({ id }: { id: string }) {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const say = useSpoken()
  const may = useMay()
  const spelling = useSpelling()
  const { message } = App.useApp()
  const [inspecting, setInspecting] = useState(false)
  const asked = useAsk(devices.health, { params: { id } })
  const inspect = useDo(devices.inspect, { onDone: () => void message.success(t('done')) })
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const { now, faults, lines } = asked.data
  const states: [string, string][] = [
    [t('battery'), now.batteryPct === null ? '—' : `${now.batteryPct}%`],
    [t('charging'), now.charging === null ? '—' : c(now.charging ? 'yes' : 'no')],
    [t('strap'), t(now.strap)],
    [t('housing'), t(now.housing)],
    [t('water'), t(now.water)],
    [t('gnss'), t(now.gnss)],
    [t('firmware'), now.firmware ?? '—'],
    [t('selfCheck'), now.selfCheckAt ? minute(now.selfCheckAt) : '—'],
  ]
  return (
    <Panel
      title={t('health')}
      extra={
        may('device.command') ? (
          <Button size="small" onClick={() => setInspecting(true)}>
            {t('inspect')}
          </Button>
        ) : null
      }
    >
      <dl className="zj-facts zj-gap">
        {states.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {faults.length === 0 ? (
        <p className="zj-muted">{t('noFaults')}</p>
      ) : (
        faults.map((f) => (
          <Mark key={f.zh} tone="yellow">
            {say(f)}
          </Mark>
        ))
      )}
      {lines.length === 0 ? (
        <EmptyState why="nothing" what={t('noLines')} />
      ) : (
        <History
          of={lines.map((line, i) => ({
            key: `${line.at}${line.kind}${i}`,
            at: line.at,
            title: spelling.word(line.kind),
            more: spelling.line(line.detail),
          }))}
        />
      )}
      {inspecting ? (
        <FormDialog<Inspection>
          title={t('inspect')}
          initial={{ water: 'sound', housing: 'sound', strap: 'sound', battery: 'sound' }}
          onClose={() => setInspecting(false)}
          onSend={(body) => inspect.mutateAsync({ params: { id }, body })}
        >
          <div className="zj-formrow">
            {Object.entries(choices).map(([name, values]) => (
              <Form.Item key={name} name={name} label={t(name as keyof typeof choices)}>
                <Select options={values.map((value) => ({ value, label: t(value) }))} />
              </Form.Item>
            ))}
          </div>
          <Form.Item name="note" label={t('note')}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Panel>
  )
}
