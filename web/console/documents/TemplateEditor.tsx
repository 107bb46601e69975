import type { Block, TemplateBody } from '@zhijiao/contract/paper'
import { type Template, type TemplateVersion, templates } from '@zhijiao/contract/templates'
import { App, Button, Form, Input, Space, Tag } from 'antd'
import { useState } from 'react'
import { call, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { BlockFields } from './BlockFields.tsx'
import { PdfView } from './PdfView.tsx'
import { blockWord, documentWords } from './words.ts'

type Part = 'stub' | 'blocks' | 'receipt'
const parts: readonly { readonly part: Part; readonly word: 'stub' | 'original' | 'receiptCopy' }[] = [
  { part: 'stub', word: 'stub' },
  { part: 'blocks', word: 'original' },
  { part: 'receipt', word: 'receiptCopy' },
]

/** Writes a version of a template beside its sample. It changes nothing until somebody else publishes it. */
export function TemplateEditor({
  template,
  version,
  onClose,
}: {
  template: Template
  version?: TemplateVersion
  onClose: () => void
}) {
  const t = useWords(documentWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const complain = useComplain()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ from: string; note: string }>()
  const [body, setBody] = useState<TemplateBody>(version?.body ?? template.body)
  const [shown, setShown] = useState(body)
  const [blank, setBlank] = useState('')
  const said = { refreshes: ['templates'], onDone: () => void message.success(t('done')) }
  const draft = useDo(templates.draft, said)
  const change = useDo(templates.change, said)
  const put = (part: Part, blocks: Block[]) => setBody({ ...body, [part]: blocks })
  const save = async () => {
    try {
      const { from, note } = await form.validateFields()
      const wish = { body, from, note }
      if (version)
        await change.mutateAsync({ params: { id: version.id }, body: { ...wish, revision: version.revision } })
      else await draft.mutateAsync({ params: { template: template.id }, body: wish })
      onClose()
    } catch (error) {
      if (error instanceof Error) complain(error, form)
    }
  }
  return (
    <div
      style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 16 }}
      className="zj-document"
    >
      <div>
        <Panel title={t('edit')}>
          <Form
            form={form}
            layout="vertical"
            name="template"
            initialValues={{ from: version?.from ?? dayOf(now()), note: version?.note ?? '' }}
          >
            <div className="zj-formrow">
              <Form.Item name="from" label={t('effective')} rules={[...chosen(t('effective')), isDay(c('badDay'))]}>
                <DayField />
              </Form.Item>
              <Form.Item name="note" label={t('change')} rules={needed(t('change'))}>
                <Input maxLength={300} />
              </Form.Item>
            </div>
          </Form>
          <p className="zj-muted">{t('variablesHint')}</p>
          <p className="zj-tight">
            {body.blanks.map((blank) => (
              <Tag key={blank.name}>{`{{${blank.name}}}`}</Tag>
            ))}
          </p>
          <Space.Compact className="zj-gap">
            <Input
              aria-label={t('blankName')}
              placeholder={t('blankName')}
              maxLength={60}
              value={blank}
              onChange={(event) => setBlank(event.target.value)}
            />
            <Button
              disabled={blank.trim() === '' || body.blanks.some((b) => b.name === blank.trim())}
              onClick={() => {
                setBody({
                  ...body,
                  blanks: [...body.blanks, { name: blank.trim(), source: 'typed', form: 'line', sample: '……' }],
                })
                setBlank('')
              }}
            >
              {t('addBlank')}
            </Button>
          </Space.Compact>
          <Space>
            <Button type="primary" loading={draft.isPending || change.isPending} onClick={() => void save()}>
              {t('save')}
            </Button>
            <Button onClick={() => setShown(body)}>{t('sample')}</Button>
            <Button onClick={onClose}>{c('cancel')}</Button>
          </Space>
        </Panel>
        {parts.map(({ part, word }) => {
          const blocks = body[part] ?? []
          if (part !== 'blocks' && blocks.length === 0) return null
          const swap = (a: number, b: number) =>
            put(
              part,
              blocks.map((block, i) => (i === a ? (blocks[b] ?? block) : i === b ? (blocks[a] ?? block) : block)),
            )
          return (
            <Panel
              key={part}
              title={t(word)}
              extra={
                <Button size="small" onClick={() => put(part, [...blocks, { kind: 'text', text: '……' }])}>
                  {t('addBlock')}
                </Button>
              }
            >
              {blocks.map((block, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other identity than their place
                <section key={i} aria-label={`${i + 1} ${t(blockWord[block.kind])}`} style={{ marginBottom: 10 }}>
                  <div style={{ display: 'flex', justifyContent: 'space-between' }}>
                    <span className="zj-muted">{t(blockWord[block.kind])}</span>
                    <Space size={0}>
                      <Button size="small" type="text" disabled={i === 0} onClick={() => swap(i, i - 1)}>
                        {t('up')}
                      </Button>
                      <Button
                        size="small"
                        type="text"
                        disabled={i === blocks.length - 1}
                        onClick={() => swap(i, i + 1)}
                      >
                        {t('down')}
                      </Button>
                      <Button
                        size="small"
                        type="text"
                        disabled={part === 'blocks' && blocks.length === 1}
                        onClick={() =>
                          put(
                            part,
                            blocks.filter((_, at) => at !== i),
                          )
                        }
                      >
                        {t('remove')}
                      </Button>
                    </Space>
                  </div>
                  <BlockFields
                    block={block}
                    onChange={(next) =>
                      put(
                        part,
                        blocks.map((b, at) => (at === i ? next : b)),
                      )
                    }
                  />
                </section>
              ))}
            </Panel>
          )
        })}
      </div>
      <Panel title={t('sample')}>
        <PdfView
          state={JSON.stringify(shown)}
          load={() => call(templates.preview, { params: { template: template.id }, body: { body: shown } })}
        />
      </Panel>
    </div>
  )
}
