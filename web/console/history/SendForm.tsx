import type { HistoryKind } from '@zhijiao/contract/history'
import { App, Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { FileField } from './FileField.tsx'
import { type Run, startRun } from './runs.ts'
import { historyWords } from './words.ts'

/** Where it comes from, the file, a trial, and the import itself after a word of warning. */
export function SendForm({ kind, run, busy }: { kind: HistoryKind; run: Run | null; busy: HistoryKind | null }) {
  const t = useWords(historyWords)
  const { modal } = App.useApp()
  // One source for all five kinds: a county moves from one system.
  const [source, setSource] = useKept('history.source', '')
  const [file, setFile] = useKept<File | null>(`history.file.${kind}`, null)
  const [missing, setMissing] = useState<{ source: boolean; file: boolean }>({ source: false, file: false })
  const given = source.trim()
  const tried = run?.file === file && run?.source === given && run.trial && run.state === 'done'
  const ready = (): File | null => {
    setMissing({ source: given === '', file: file === null })
    if (given === '') document.getElementById(`history-source-${kind}`)?.focus()
    return given === '' ? null : file
  }
  const attempt = () => {
    const chosen = ready()
    if (chosen) void startRun(kind, chosen, given, true)
  }
  const bringIn = () => {
    const chosen = ready()
    if (!chosen) return
    modal.confirm({
      title: t('sureTitle', { file: chosen.name }),
      content: (
        <>
          <p>{t('sureText', { source: given })}</p>
          {tried ? null : <p className="zj-tone-yellow">{t('sureUntried')}</p>}
        </>
      ),
      okText: t('real'),
      width: 520,
      onOk: () => void startRun(kind, chosen, given, false),
    })
  }
  const other = busy !== null && busy !== kind
  return (
    <Form layout="vertical" className="zj-history-form">
      <Form.Item
        label={t('source')}
        htmlFor={`history-source-${kind}`}
        required
        extra={t('sourceHint')}
        {...(missing.source && given === '' ? { validateStatus: 'error' as const, help: t('sourceMissing') } : {})}
      >
        <Input
          id={`history-source-${kind}`}
          value={source}
          maxLength={100}
          aria-required
          onChange={(e) => setSource(e.target.value)}
        />
      </Form.Item>
      <FileField
        file={file}
        onFile={setFile}
        accept=".jsonl,.ndjson,.json,.txt,.gz"
        hint={t(kind === 'tracks' ? 'fileHintTracks' : 'fileHint')}
        missing={missing.file}
        disabled={busy !== null}
      />
      <Space wrap>
        <Button type={tried ? 'default' : 'primary'} disabled={busy !== null} onClick={attempt}>
          {t('try')}
        </Button>
        <Button type={tried ? 'primary' : 'default'} disabled={busy !== null} onClick={bringIn}>
          {t('real')}
        </Button>
        <span className="zj-muted zj-small">{other ? t('otherRunning', { kind: t(busy) }) : t('tryHint')}</span>
      </Space>
    </Form>
  )
}
