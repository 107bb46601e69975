import type { Static } from '@zhijiao/contract/kernel'
import type { Setting as SettingModel } from '@zhijiao/contract/settings'
import { Button, Table } from 'antd'
import { useState } from 'react'
import { minute } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import './system.css'
import { SettingForm } from './SettingForm.tsx'
import { settingWords } from './words.ts'

export type Setting = Static<typeof SettingModel>
export type Value = Setting['value']

/** The settings of one kind, each with its bounds, its basis and who changed it last. */
export function SettingTable({
  of,
  onSet,
}: {
  of: readonly Setting[]
  onSet: (key: string, value: Value) => Promise<unknown>
}) {
  const t = useWords(settingWords)
  const c = useWords(common)
  const say = useSpoken()
  const shown = useShown()
  const [changing, setChanging] = useState<Setting | null>(null)
  return (
    <div className="zj-panel zj-panel-flush">
      <Table<Setting>
        size="small"
        rowKey="key"
        dataSource={[...of]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('empty') }}
        columns={[
          { title: t('setting'), render: (_, s) => say(s.says) },
          {
            title: t('value'),
            render: (_, s) => (
              <span className={`zj-setting${s.value === s.shipped ? '' : ' zj-strong'}`}>{shown(s, s.value)}</span>
            ),
          },
          { title: t('shipped'), render: (_, s) => <span className="zj-muted">{shown(s, s.shipped)}</span> },
          {
            title: t('bounds'),
            render: (_, s) => (s.min === null || s.max === null ? '—' : t('boundsOf', { min: s.min, max: s.max })),
          },
          { title: t('source'), render: (_, s) => s.source ?? '—' },
          {
            title: t('changed'),
            render: (_, s) =>
              s.changedBy && s.changedAt ? (
                t('changedAs', { name: s.changedBy, at: minute(s.changedAt) })
              ) : (
                <span className="zj-muted">{t('never')}</span>
              ),
          },
          {
            title: c('actions'),
            fixed: 'right',
            render: (_, s) => (
              <Button
                size="small"
                type="link"
                aria-label={`${c('edit')} ${say(s.says)}`}
                onClick={() => setChanging(s)}
              >
                {c('edit')}
              </Button>
            ),
          },
        ]}
      />
      {changing ? (
        <SettingForm of={changing} onClose={() => setChanging(null)} onSend={(value) => onSet(changing.key, value)} />
      ) : null}
    </div>
  )
}

/** A value as people read it, with its unit. */
export function useShown(): (setting: Setting, value: Value) => string {
  const t = useWords(settingWords)
  const say = useSpoken()
  return (setting, value) =>
    typeof value === 'boolean'
      ? t(value ? 'on' : 'off')
      : value === ''
        ? t('blank')
        : `${value}${setting.unit ? ` ${say(setting.unit)}` : ''}`
}
