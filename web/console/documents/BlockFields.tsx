import type { Block } from '@zhijiao/contract/paper'
import { Button, Input, Space } from 'antd'
import { useWords } from '../../ui/language.ts'
import { blockWord, documentWords } from './words.ts'

/** The words of one block, editable in place; its kind decides which there are. */
export function BlockFields({ block, onChange }: { block: Block; onChange: (block: Block) => void }) {
  const t = useWords(documentWords)
  const name = t(blockWord[block.kind])
  const area = (value: string, change: (value: string) => void, label = name) => (
    <Input.TextArea
      aria-label={label}
      autoSize={{ minRows: 1, maxRows: 10 }}
      value={value}
      onChange={(event) => change(event.target.value)}
    />
  )
  switch (block.kind) {
    case 'title':
    case 'addressee':
    case 'text':
    case 'note':
      return area(block.text, (text) => onChange({ ...block, text }))
    case 'copied':
      return area(block.to, (to) => onChange({ ...block, to }))
    case 'seal':
      return area(block.unit, (unit) => onChange({ ...block, unit }))
    case 'opinion':
      return (
        <Space.Compact block>
          {area(block.label, (label) => onChange({ ...block, label }), t('label'))}
          {area(block.text, (text) => onChange({ ...block, text }), t('text'))}
        </Space.Compact>
      )
    case 'fields':
      return (
        <>
          {block.cells.map((cell, i) => {
            const put = (next: typeof cell) =>
              onChange({ ...block, cells: block.cells.map((c, at) => (at === i ? next : c)) })
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity than their place
              <Space.Compact block key={i}>
                <Input
                  aria-label={t('label')}
                  value={cell.label}
                  onChange={(event) => put({ ...cell, label: event.target.value })}
                />
                <Input
                  aria-label={t('text')}
                  value={cell.text}
                  onChange={(event) => put({ ...cell, text: event.target.value })}
                />
                <Button
                  disabled={block.cells.length === 1}
                  onClick={() => onChange({ ...block, cells: block.cells.filter((_, at) => at !== i) })}
                >
                  {t('remove')}
                </Button>
              </Space.Compact>
            )
          })}
        </>
      )
    case 'sign':
      return (
        <>
          {block.lines.map((line, i) => (
            <Input
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity than their place
              key={i}
              aria-label={t('label')}
              value={line.label}
              onChange={(event) =>
                onChange({
                  ...block,
                  lines: block.lines.map((l, at) => (at === i ? { ...l, label: event.target.value } : l)),
                })
              }
            />
          ))}
        </>
      )
    case 'rows':
      return (
        <Input
          aria-label={name}
          value={block.columns.join('、')}
          onChange={(event) => onChange({ ...block, columns: event.target.value.split('、') })}
        />
      )
    case 'list':
    case 'attached':
      return <span className="zj-muted">{block.blank}</span>
    default:
      return <span className="zj-muted">{name}</span>
  }
}
