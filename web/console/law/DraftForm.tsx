import { lawDesk } from '@zhijiao/contract/settings'
import { App, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { addDays, dayOf } from '../../ui/format.ts'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { Changes } from './Changes.tsx'
import './law.css'
import { levelsAmong, valueText } from './value.ts'
import { lawWords } from './words.ts'

type Given = number | string | { min: number; max: number }
interface Filled {
  from: string
  source: string
  values?: Record<string, Given>
  confirms?: string[]
}

/** How settings that are texts are written, by their unit. */
const help: Readonly<Record<string, 'namesHelp' | 'aheadHelp' | 'listHelp' | 'bothHelp'>> = {
  'code=name/English name, comma between': 'namesHelp',
  'number and d or m, comma between': 'aheadHelp',
  'days, comma between': 'listHelp',
  'hours, comma between': 'listHelp',
  'both | departure': 'bothHelp',
}

/** A change of local numbers, or the word that recalled rules were read in their official text. */
export function DraftForm({ confirms: given = [], onClose }: { confirms?: readonly string[]; onClose: () => void }) {
  const t = useWords(lawWords)
  const c = useWords(common)
  const language = useLanguage()
  const { list } = useStringing()
  const chosen = useChosen()
  const needed = useNeeded()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const filled = Form.useWatch([], form) as Partial<Filled> | undefined
  const [picked, setPicked] = useState<readonly string[]>([])
  const parameters = useAsk(lawDesk.parameters, {}).data?.items ?? []
  const recalled = useAsk(lawDesk.rules, { query: { recalled: true, size: 200 } }).data?.items ?? []
  const shippedLevels = levelsAmong(Object.fromEntries(parameters.map((p) => [p.id, p.shipped])))
  const levels = levelsAmong(onlyPicked(filled?.values ?? {}, picked))
  const levelsSaid = list(levels.map((l) => `${l.code} ${l[language]}`))
  const draft = useDo(lawDesk.draft, { onDone: () => void message.success(t('drafted1')) })
  return (
    <FormDialog<Filled>
      title={t('draft')}
      form={form}
      width={760}
      note={<p>{t('draftNote')}</p>}
      initial={{ from: addDays(dayOf(now()), 1), confirms: [...given] }}
      onClose={onClose}
      onSend={({ from, source, values = {}, confirms = [] }) =>
        draft.mutateAsync({
          body: {
            from,
            source,
            confirms,
            values: onlyPicked(values, picked),
          },
        })
      }
    >
      <div className="zj-formrow">
        <Form.Item name="from" label={t('effective')} rules={[...chosen(t('effective')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
        <Form.Item name="source" label={t('document')} rules={needed(t('document'))}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item label={t('changes')}>
        <Select
          mode="multiple"
          aria-label={t('changes')}
          value={[...picked]}
          onChange={setPicked}
          showSearch={{ optionFilterProp: 'label' }}
          options={parameters.map((p) => ({ value: p.id, label: `${p.id} ${p[language]}` }))}
        />
      </Form.Item>
      {parameters
        .filter((p) => picked.includes(p.id))
        .map((p) =>
          typeof p.value === 'object' ? (
            <div key={p.id} className="zj-formrow">
              {(['min', 'max'] as const).map((side) => (
                <Form.Item
                  key={side}
                  name={['values', p.id, side]}
                  label={`${p[language]} · ${t(side)}`}
                  rules={chosen(t(side))}
                  initialValue={typeof p.value === 'object' ? p.value[side] : undefined}
                >
                  <InputNumber />
                </Form.Item>
              ))}
            </div>
          ) : (
            <Form.Item
              key={p.id}
              name={['values', p.id]}
              label={p[language]}
              extra={[
                t('shippedIs', { value: valueText(p.shipped, p.unit, language, shippedLevels) }),
                ...(p.bounds ? [t('boundsAre', p.bounds)] : []),
                ...(p.unit && help[p.unit] ? [t(help[p.unit] ?? 'listHelp')] : []),
                ...(p.unit?.startsWith('level=') ? [t('levelsHelp', { levels: levelsSaid })] : []),
              ].join(' · ')}
              rules={chosen(p[language])}
              initialValue={p.value}
            >
              {typeof p.value === 'number' ? (
                <InputNumber {...(p.bounds ? { min: p.bounds.min, max: p.bounds.max } : {})} />
              ) : (
                <Input />
              )}
            </Form.Item>
          ),
        )}
      <Form.Item name="confirms" label={t('confirms')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={recalled.map((r) => ({ value: r.rule, label: `${r.rule} ${language === 'zh' ? r.zh : r.en}` }))}
        />
      </Form.Item>
      <h3>{t('wouldChange')}</h3>
      <div aria-live="polite">
        <Changes values={onlyPicked(filled?.values ?? {}, picked)} confirms={filled?.confirms ?? given} />
      </div>
    </FormDialog>
  )
}

/** A parameter taken off the list leaves its field's value behind; it is no part of the draft. */
const onlyPicked = (values: Readonly<Record<string, Given>>, picked: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([id, value]) => picked.includes(id) && value != null))
