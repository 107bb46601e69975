import { type Batch, type DocumentRow, documents } from '@zhijiao/contract/documents'
import { people } from '@zhijiao/contract/people'
import { Button, Checkbox, Form, Modal, Progress, Select, Table } from 'antd'
import { useState } from 'react'
import { call, saveFile, useAsk, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { dayOf } from '../../ui/format.ts'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { TemplatePick } from './NewDocument.tsx'
import { documentWords } from './words.ts'

interface Filled {
  template: string
  people?: string[]
  on: string
  seal?: boolean
}

/** 批量制发: many people, or the drafts chosen; the server does it and this shows how far it is. */
export function BatchDialog({ drafts, onClose }: { drafts: readonly DocumentRow[]; onClose: () => void }) {
  const t = useWords(documentWords)
  const { list } = useStringing()
  const c = useWords(common)
  const may = useMay()
  const complain = useComplain()
  const [form] = Form.useForm<Filled>()
  const [asked, setAsked] = useState<string | null>(null)
  const [q, setQ] = useState('')
  const found = useAsk(
    people.list,
    { query: { q, size: 200 } },
    { enabled: drafts.length === 0 && q.length >= 2, keep: true },
  )
  const ask = useDo(documents.batch, { refreshes: ['documents'] })
  const progress = useAsk(
    documents.progress,
    { params: { id: asked ?? '' } },
    { enabled: asked !== null, every: 1_000 },
  )
  return (
    <Modal
      open
      width={720}
      title={t('batch')}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        asked ? (
          <Button onClick={onClose}>{t('close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{c('cancel')}</Button>
            <Button
              type="primary"
              loading={ask.isPending}
              onClick={async () => {
                try {
                  const { template, people: chosen, on, seal = false } = await form.validateFields()
                  const [first] = drafts
                  const made = await ask.mutateAsync({
                    body: first
                      ? { template: first.template, drafts: drafts.map((d) => d.id), seal }
                      : { template, people: chosen ?? [], on, seal },
                  })
                  setAsked(made.id)
                } catch (error) {
                  if (error instanceof Error) complain(error, form)
                }
              }}
            >
              {t('batchStart')}
            </Button>
          </>
        )
      }
    >
      {asked ? (
        progress.data ? (
          <Running of={progress.data} />
        ) : null
      ) : (
        <Form
          form={form}
          layout="vertical"
          name="batch"
          initialValues={{ template: 'D29', on: dayOf(now()), seal: may('document.seal') }}
        >
          <p className="zj-muted">{t('batchHint')}</p>
          {drafts.length > 0 ? (
            <p>{list(drafts.map((d) => d.person?.name ?? d.id.slice(0, 8)))}</p>
          ) : (
            <>
              <Form.Item name="template" label={t('template')} rules={[{ required: true, message: t('template') }]}>
                <TemplatePick />
              </Form.Item>
              <Form.Item name="people" label={t('batchPeople')} rules={[{ required: true, message: t('batchPeople') }]}>
                <Select
                  mode="multiple"
                  showSearch={{ filterOption: false, onSearch: (text) => setQ(text.trim()) }}
                  placeholder={c('choosePerson')}
                  loading={found.isFetching}
                  options={found.data?.items.map((p) => ({ value: p.id, label: `${p.name} · ${p.number}` })) ?? []}
                />
              </Form.Item>
              <Form.Item name="on" label={t('decidedOn')} rules={[isDay(c('badDay'))]}>
                <DayField />
              </Form.Item>
            </>
          )}
          {may('document.seal') ? (
            <Form.Item name="seal" valuePropName="checked">
              <Checkbox>{t('batchSeal')}</Checkbox>
            </Form.Item>
          ) : null}
        </Form>
      )}
    </Modal>
  )
}

function Running({ of }: { of: Batch }) {
  const t = useWords(documentWords)
  const say = useSpoken()
  const complain = useComplain()
  const { id, done, failed, total } = of
  const bad = of.items.filter((i) => i.state === 'failed')
  return (
    <div aria-live="polite">
      <p>{t('batchNow', { done, total, failed })}</p>
      <Progress
        percent={Math.floor(((done + failed) / Math.max(1, total)) * 100)}
        status={of.state === 'running' ? 'active' : failed > 0 ? 'exception' : 'success'}
        aria-label={t('batch')}
      />
      {bad.length > 0 ? (
        <Table
          size="small"
          rowKey="place"
          pagination={false}
          dataSource={bad}
          columns={[
            { title: t('person'), render: (_, i) => i.person?.name ?? '—' },
            { title: t('note'), render: (_, i) => (i.fault ? say(i.fault) : '') },
          ]}
        />
      ) : null}
      {of.state === 'done' && done > 0 ? (
        <Button
          onClick={() =>
            void call(documents.zip, { params: { id } })
              .then((answer) => saveFile(answer, 'documents.zip'))
              .catch((error: unknown) => complain(error))
          }
        >
          {t('batchZip')}
        </Button>
      ) : null}
    </div>
  )
}
