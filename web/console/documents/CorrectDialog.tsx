import { documents, type LegalPaper } from '@zhijiao/contract/documents'
import type { Blank, Given, Values } from '@zhijiao/contract/paper'
import { App, Form, Input } from 'antd'
import { call, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { documentWords } from './words.ts'

/** Rows of a table are typed one a line, their columns apart by a bar. */
const asTyped = (blank: Blank, given: Given | undefined): string => {
  if (given === undefined) return ''
  if (typeof given === 'string') return given
  return given
    .map((one) =>
      typeof one === 'string' ? one : (blank.columns ?? Object.keys(one)).map((c) => one[c] ?? '').join(' | '),
    )
    .join('\n')
}
const asGiven = (blank: Blank, typed: string): Given => {
  const lines = typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  if (blank.form === 'list') return lines
  if (blank.form === 'rows')
    return lines.map((line) => {
      const cells = line.split(/[|｜]/)
      return Object.fromEntries((blank.columns ?? []).map((c, i) => [c, (cells[i] ?? '').trim()]))
    })
  return typed
}

/** 编辑空白: what the case filled in may be corrected before the paper is issued; only what differs is kept. */
export function CorrectDialog({ paper, onClose }: { paper: LegalPaper; onClose: () => void }) {
  const t = useWords(documentWords)
  const c = useWords(common)
  const { message } = App.useApp()
  const correct = useDo(documents.correct, { refreshes: ['documents'], onDone: () => void message.success(t('done')) })
  const held = (of: LegalPaper): Values => ({ ...of.filed, ...of.given, ...of.corrected })
  const typedOf = (of: LegalPaper) => ({
    on: of.decidedOn,
    ...Object.fromEntries(of.blanks.map((blank, i) => [`b${i}`, asTyped(blank, held(of)[blank.name])])),
  })
  return (
    <FormDialog<Record<string, string>>
      title={t('correct')}
      width={720}
      initial={typedOf(paper)}
      onClose={onClose}
      revision={paper.revision}
      compared={{
        fields: [
          { path: 'on', label: t('decidedOn') },
          ...paper.blanks.map((blank, i) => ({ path: `b${i}`, label: blank.name })),
        ],
        latest: async () => {
          const latest = await call(documents.get, { params: { id: paper.id } })
          return { values: typedOf(latest), revision: latest.revision }
        },
      }}
      onSend={(typed, revision) => {
        const before: Values = { ...paper.filed, ...paper.given }
        const values = Object.fromEntries(
          paper.blanks.flatMap((blank, i) => {
            const now = typed[`b${i}`] ?? ''
            return now === asTyped(blank, before[blank.name]) ? [] : [[blank.name, asGiven(blank, now)]]
          }),
        )
        return correct.mutateAsync({
          params: { id: paper.id },
          body: { values, revision, ...(typed.on ? { on: typed.on } : {}) },
        })
      }}
    >
      <Form.Item name="on" label={t('decidedOn')} rules={[isDay(c('badDay'))]}>
        <DayField />
      </Form.Item>
      {paper.blanks.map((blank, i) => (
        <Form.Item
          key={blank.name}
          name={`b${i}`}
          label={`${blank.name}${blank.needed ? ' *' : ''}`}
          extra={blank.form === 'rows' ? blank.columns?.join(' | ') : undefined}
        >
          {blank.form === 'line' || blank.form === 'day' ? (
            <Input maxLength={2000} />
          ) : (
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
          )}
        </Form.Item>
      ))}
    </FormDialog>
  )
}
