import { type AlarmKind, alarmKinds } from '@zhijiao/contract/alarms'
import { App, Button, Form, Input, InputNumber, Select, Switch, Table } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { LevelMark, Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { alarmWords } from './words.ts'

const holes = {
  who: 'hWho',
  since: 'hSince',
  where: 'hWhere',
  fence: 'hFence',
  battery: 'hBattery',
  sure: 'hSure',
  next: 'hNext',
} as const
const isHole = (name: string): name is keyof typeof holes => Object.hasOwn(holes, name)

/** C43 报警类型: level, clock, waiting and wording of each kind, as it holds for this unit. */
export default function KindsTable() {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const say = useSpoken()
  const language = useLanguage()
  const may = useMay()
  const kinds = useAsk(alarmKinds.list, {})
  const [editing, setEditing] = useState<AlarmKind | null>(null)
  /** A template as it is read: what is filled in later stands in marks, by name. */
  const read = (text: string) =>
    text.replace(/\{(\w+)\}/g, (hole, name: string) =>
      isHole(name) ? (language === 'zh' ? `〔${t(holes[name])}〕` : `[${t(holes[name])}]`) : hole,
    ) || '—'
  if (kinds.isPending) return <Waiting />
  if (kinds.error) return <TroubleNotice error={kinds.error} onRetry={() => void kinds.refetch()} />
  return (
    <Screen title={t('kindsTitle')} note={<span className="zj-muted">{t('kindsNote')}</span>}>
      <div className="zj-panel zj-panel-flush">
        <Table
          size="small"
          rowKey="kind"
          dataSource={kinds.data}
          pagination={false}
          sticky
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('kind'), render: (_, k) => say(k.name) },
            { title: t('level'), render: (_, k) => <LevelMark level={k.level} /> },
            { title: t('enabled'), render: (_, k) => (k.enabled ? c('yes') : <Mark tone="yellow">{c('no')}</Mark>) },
            { title: t('clockMin'), align: 'right', dataIndex: 'clockMin' },
            { title: t('ladderS'), align: 'right', dataIndex: 'ladderS' },
            { title: t('toPersonText'), width: 230, render: (_, k) => read(say(k.toPerson)) },
            { title: t('toOfficerText'), width: 230, render: (_, k) => read(say(k.toOfficer)) },
            {
              title: t('from'),
              render: (_, k) => (k.from === '' && !k.changedBy ? t('shipped') : `${k.from} ${k.changedBy?.name ?? ''}`),
            },
            ...(may('alarm.rules')
              ? [
                  {
                    title: c('actions'),
                    fixed: 'right' as const,
                    render: (_: unknown, k: AlarmKind) => (
                      <Button
                        type="link"
                        size="small"
                        aria-label={t('editKind', { kind: say(k.name) })}
                        onClick={() => setEditing(k)}
                      >
                        {c('edit')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </div>
      {editing ? <KindForm kind={editing} onClose={() => setEditing(null)} /> : null}
    </Screen>
  )
}

interface Filled {
  level: number
  enabled: boolean
  clockMin: number
  ladderS: number
  toPerson: { zh: string; en: string }
  toOfficer: { zh: string; en: string }
  note: string
}

function KindForm({ kind, onClose }: { kind: AlarmKind; onClose: () => void }) {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const say = useSpoken()
  const needed = useNeeded()
  const { list } = useStringing()
  const { message } = App.useApp()
  const edit = useDo(alarmKinds.edit, { onDone: () => void message.success(c('saved')) })
  return (
    <FormDialog<Filled>
      title={t('editKind', { kind: say(kind.name) })}
      okText={c('save')}
      width={680}
      note={
        <p className="zj-muted">
          {t('holesNote', { list: list(Object.entries(holes).map(([name, word]) => `{${name}} ${t(word)}`)) })}
        </p>
      }
      initial={{ ...kind, note: '' }}
      onClose={onClose}
      onSend={(body) => edit.mutateAsync({ params: { kind: kind.kind }, body: { ...body, revision: kind.revision } })}
    >
      <div className="zj-formrow">
        <Form.Item name="level" label={t('level')}>
          <Select options={([1, 2, 3, 4] as const).map((n) => ({ value: n, label: c(`level${n}`) }))} />
        </Form.Item>
        <Form.Item name="enabled" label={t('enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="clockMin" label={t('clockMin')} rules={[{ required: true }]}>
          <InputNumber min={1} max={10_080} precision={0} />
        </Form.Item>
        <Form.Item name="ladderS" label={t('ladderS')} rules={[{ required: true }]}>
          <InputNumber min={0} max={600} precision={0} />
        </Form.Item>
      </div>
      {(['toPerson', 'toOfficer'] as const).map((whom) =>
        (['zh', 'en'] as const).map((language) => (
          <Form.Item
            key={`${whom}.${language}`}
            name={[whom, language]}
            label={`${t(whom === 'toPerson' ? 'toPersonText' : 'toOfficerText')} · ${t(language)}`}
          >
            <Input.TextArea rows={2} maxLength={300} />
          </Form.Item>
        )),
      )}
      <Form.Item name="note" label={t('why')} rules={needed(t('why'))}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}
