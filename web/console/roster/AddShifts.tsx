import { roster } from '@zhijiao/contract/roster'
import { Alert, App, Form, Input, Radio, Select } from 'antd'
import { useAsk, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { addDays, minute, typedDay } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { type PlannedShift, plan, typedClock } from './week.ts'
import { rosterWords } from './words.ts'

interface Filled {
  place: 'duty' | 'head'
  staff: string[]
  firstDay: string
  lastDay: string
  starts: string
  ends: string
  note?: string
}

/** Sets one shift a day over some days; several people take turns. What will be set is read back before it is sent. */
export function AddShifts({ org, day, onClose }: { org: string; day: string; onClose: () => void }) {
  const t = useWords(rosterWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const filled = Form.useWatch([], form) as Partial<Filled> | undefined
  const candidates = useAsk(roster.candidates, { query: { org } })
  const set = useDo(roster.set)
  const planned = plannedOf(filled)
  const isClock = {
    validator: (_: unknown, v: string | undefined) =>
      !v || typedClock(v) !== null ? Promise.resolve() : Promise.reject(new Error(t('badClock'))),
  }
  return (
    <FormDialog<Filled>
      title={t('set')}
      okText={planned.length > 0 ? t('willSet', { n: planned.length }) : t('set')}
      form={form}
      width={760}
      initial={{ place: 'duty', staff: [], firstDay: day, lastDay: addDays(day, 6), starts: '08:30', ends: '08:30' }}
      onClose={onClose}
      onSend={async ({ place, note }) => {
        const shifts = planned.map(({ staff, from, until }) => ({
          org,
          staff,
          place,
          from,
          until,
          ...(note ? { note } : {}),
        }))
        const done = await set.mutateAsync({ body: { shifts } })
        void message.success(t('setDone', { n: done.length }))
      }}
    >
      {candidates.data?.length === 0 ? <Alert type="warning" title={t('nobodyFit')} className="zj-gap" /> : null}
      <Form.Item name="place" label={t('place')} extra={t(filled?.place === 'head' ? 'headHint' : 'dutyHint')}>
        <Radio.Group
          options={[
            { value: 'duty', label: t('duty') },
            { value: 'head', label: t('head') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="staff"
        label={t('staff')}
        extra={t('staffHint')}
        rules={[...chosen(t('staff')), { type: 'array', min: 1 }]}
      >
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          loading={candidates.isPending}
          options={candidates.data?.map((s) => ({ value: s.id, label: s.name })) ?? []}
        />
      </Form.Item>
      <div className="zj-roster-four">
        <Form.Item name="firstDay" label={t('firstDay')} rules={[...needed(t('firstDay')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
        <Form.Item
          name="lastDay"
          label={t('lastDay')}
          rules={[
            ...needed(t('lastDay')),
            isDay(c('badDay')),
            ({ getFieldValue }) => ({
              validator: (_, v: string) =>
                v && v < getFieldValue('firstDay')
                  ? Promise.reject(new Error(t('lastBeforeFirst')))
                  : Promise.resolve(),
            }),
          ]}
        >
          <DayField />
        </Form.Item>
        <Form.Item name="starts" label={t('starts')} rules={[...needed(t('starts')), isClock]}>
          <Input inputMode="numeric" autoComplete="off" maxLength={5} />
        </Form.Item>
        <Form.Item name="ends" label={t('ends')} extra={t('endsHint')} rules={[...needed(t('ends')), isClock]}>
          <Input inputMode="numeric" autoComplete="off" maxLength={5} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('note')}>
        <Input maxLength={200} />
      </Form.Item>
      <Preview of={planned} names={new Map(candidates.data?.map((s) => [s.id, s.name]))} />
    </FormDialog>
  )
}

function Preview({ of, names }: { of: readonly PlannedShift[]; names: ReadonlyMap<string, string> }) {
  const t = useWords(rosterWords)
  if (of.length === 0) return null
  if (of.length > 200) return <Alert type="warning" title={t('tooLong')} />
  return (
    <section aria-live="polite" aria-label={t('willSet', { n: of.length })}>
      <ul className="zj-roster-preview">
        {of.slice(0, 7).map((s) => (
          <li key={s.from}>
            <span className="zj-mono">
              {minute(s.from)} – {minute(s.until).slice(5)}
            </span>{' '}
            {names.get(s.staff) ?? ''}
          </li>
        ))}
        {of.length > 7 ? <li className="zj-muted">{t('andMore', { n: of.length - 7 })}</li> : null}
      </ul>
    </section>
  )
}

function plannedOf(filled: Partial<Filled> | undefined): PlannedShift[] {
  const firstDay = typedDay(filled?.firstDay ?? '')
  const lastDay = typedDay(filled?.lastDay ?? '')
  const starts = typedClock(filled?.starts)
  const ends = typedClock(filled?.ends)
  if (!firstDay || !lastDay || starts === null || ends === null) return []
  return plan({ staff: filled?.staff ?? [], firstDay, lastDay, starts, ends })
}
