import { lawDesk } from '@zhijiao/contract/settings'
import { Alert, App, Button, Form, Input, Table } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { dayOf } from '../../ui/format.ts'
import { useStringing, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { lawWords } from './words.ts'

interface Filled {
  year: string
  off: string
  work?: string
  source: string
}

const daysIn = (text = '') => text.split(/[\s,，、;；]+/).filter((day) => day !== '')

/** Which years' holidays and make-up days are known, and the draft of another year's notice. */
export function Holidays() {
  const t = useWords(lawWords)
  const { list } = useStringing()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const asked = useAsk(lawDesk.calendar, {})
  if (asked.isPending) return <Waiting />
  if (asked.error) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const { years, missing } = asked.data
  return (
    <>
      {missing.length > 0 ? (
        <Alert showIcon type="warning" title={t('yearMissing', { years: list(missing.map(String)) })} />
      ) : null}
      {may('law.edit') ? (
        <p>
          <Button onClick={() => setAdding(true)}>{t('addYear')}</Button>
        </p>
      ) : null}
      <Table
        size="small"
        pagination={false}
        rowKey="year"
        dataSource={years}
        scroll={{ x: true }}
        columns={[
          { key: 'year', title: t('year'), dataIndex: 'year', width: 90 },
          { key: 'off', title: t('off'), render: (_, y) => <Days of={y.off} /> },
          { key: 'work', title: t('work'), render: (_, y) => <Days of={y.work} /> },
        ]}
      />
      {adding ? <AddYear onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Days({ of }: { of: readonly string[] }) {
  const { list } = useStringing()
  return (
    <span>
      {of.length}
      <span className="zj-muted zj-small"> {list(of.map((day) => day.slice(5)))}</span>
    </span>
  )
}

function AddYear({ onClose }: { onClose: () => void }) {
  const t = useWords(lawWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const [form] = Form.useForm<Filled>()
  const draft = useDo(lawDesk.draft, { onDone: () => void message.success(t('drafted1')) })
  const ofYear = {
    validator: async (_: unknown, text: string | undefined) => {
      const year = String(form.getFieldValue('year') ?? '')
      const wrong = daysIn(text).find((day) => !/^\d{4}-\d{2}-\d{2}$/.test(day) || !day.startsWith(`${year}-`))
      if (wrong) throw new Error(t('daysWrong', { text: wrong, year }))
    },
  }
  return (
    <FormDialog<Filled>
      title={t('addYear')}
      form={form}
      note={<p>{t('addYearNote')}</p>}
      initial={{ year: String(Number(dayOf(now()).slice(0, 4)) + 1) }}
      onClose={onClose}
      onSend={({ year, off, work, source }) =>
        draft.mutateAsync({
          body: {
            from: dayOf(now()),
            source,
            values: {},
            confirms: [],
            holidays: { [year]: { off: daysIn(off), work: daysIn(work) } },
          },
        })
      }
    >
      <div className="zj-formrow">
        <Form.Item
          name="year"
          label={t('year')}
          rules={[...needed(t('year')), { pattern: /^20\d{2}$/, message: t('yearWrong') }]}
        >
          <Input maxLength={4} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="source" label={t('document')} rules={needed(t('document'))}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name="off" label={t('off')} extra={t('daysHelp')} rules={[...needed(t('off')), ofYear]}>
        <Input.TextArea rows={4} />
      </Form.Item>
      <Form.Item name="work" label={t('work')} rules={[ofYear]}>
        <Input.TextArea rows={2} />
      </Form.Item>
    </FormDialog>
  )
}
