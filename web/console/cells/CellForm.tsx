import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import type { positions } from '@zhijiao/contract/positions'
import { App, Button, Form, Input, Radio, Space } from 'antd'
import { useState } from 'react'
import { count, instant } from '../../ui/format.ts'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { FileField } from '../history/FileField.tsx'
import { type CellRun, type Mode, startCellRun } from './run.ts'
import { cellWords } from './words.ts'

type Table = AnswerOf<SpecOf<(typeof positions)['cells']>>
const sourceId = 'cells-source'
const modes = ['add', 'replace'] as const

/** Whence, which file, how; a trial, and the import itself after saying what it costs. */
export function CellForm({ table, run }: { table: Table | null; run: CellRun | null }) {
  const t = useWords(cellWords)
  const { modal } = App.useApp()
  const [source, setSource] = useKept('cells.source', '')
  const [file, setFile] = useKept<File | null>('cells.file', null)
  const [mode, setMode] = useKept<Mode>('cells.mode', 'add')
  const [missing, setMissing] = useState(false)
  const given = source.trim()
  const busy = run !== null && run.endedAt === null
  const trial = run?.file === file && run?.source === given && run.mode === mode && run.trial ? run.answer : null
  const ready = (): File | null => {
    setMissing(given === '' || file === null)
    if (given === '') document.getElementById(sourceId)?.focus()
    return given === '' ? null : file
  }
  const attempt = () => {
    const chosen = ready()
    if (chosen) void startCellRun({ file: chosen, source: given, mode, trial: true })
  }
  const bringIn = () => {
    const chosen = ready()
    if (!chosen) return
    const loses = mode === 'replace' && table !== null && table.towers > 0
    const towers = table === null ? '—' : count(table.towers)
    modal.confirm({
      title: t(loses ? 'sureReplace' : 'sureAdd', { file: chosen.name }),
      content: (
        <>
          {loses ? (
            <>
              <p>
                {t('sureReplaceText', {
                  towers,
                  source: table.source || t('noSource'),
                  at: table.importedAt === null ? '—' : instant(table.importedAt),
                })}
              </p>
              <p>{t('sureReplaceLost')}</p>
            </>
          ) : (
            <p>{t('sureAddText', { towers })}</p>
          )}
          {trial === null ? (
            <p className="zj-tone-yellow">{t('sureUntried')}</p>
          ) : loses ? (
            <p>{t('sureLeaves', { total: count(trial.total) })}</p>
          ) : null}
        </>
      ),
      okText: t(loses ? 'realReplace' : 'real'),
      okButtonProps: { danger: loses },
      autoFocusButton: loses ? 'cancel' : 'ok',
      width: 520,
      onOk: () => void startCellRun({ file: chosen, source: given, mode, trial: false }),
    })
  }
  return (
    <Form layout="vertical" className="zj-history-form">
      <Form.Item
        label={t('source')}
        htmlFor={sourceId}
        required
        extra={t('sourceHint')}
        {...(missing && given === '' ? { validateStatus: 'error' as const, help: t('sourceMissing') } : {})}
      >
        <Input id={sourceId} value={source} maxLength={100} aria-required onChange={(e) => setSource(e.target.value)} />
      </Form.Item>
      <FileField
        file={file}
        onFile={setFile}
        accept=".csv,.txt"
        hint={t('fileHint')}
        missing={missing}
        disabled={busy}
      />
      <Form.Item label={t('mode')}>
        <Radio.Group
          aria-label={t('mode')}
          value={mode}
          disabled={busy}
          onChange={(e) => setMode(e.target.value as Mode)}
        >
          <Space orientation="vertical">
            {modes.map((one) => (
              <Radio key={one} value={one}>
                {t(one)} <span className="zj-muted">{t(`${one}Hint`)}</span>
              </Radio>
            ))}
          </Space>
        </Radio.Group>
      </Form.Item>
      <Space wrap>
        <Button type={trial ? 'default' : 'primary'} disabled={busy} onClick={attempt}>
          {t('try')}
        </Button>
        <Button type={trial ? 'primary' : 'default'} disabled={busy || table === null} onClick={bringIn}>
          {t('real')}
        </Button>
        <span className="zj-muted zj-small">{t('tryHint')}</span>
      </Space>
    </Form>
  )
}
