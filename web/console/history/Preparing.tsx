import { type HistoryKind, history } from '@zhijiao/contract/history'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { call, saveFile } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { useWords } from '../../ui/language.ts'
import { FormatDrawer } from './FormatDrawer.tsx'
import { historyWords } from './words.ts'

/** What helps to prepare a file: an example that comes in as it stands, every field by name, how it is written. */
export function Preparing({ kind }: { kind: HistoryKind }) {
  const t = useWords(historyWords)
  const [busy, run] = useBusy()
  const [open, setOpen] = useState(false)
  const fetchIt = (what: 'example' | 'fields') =>
    void run(async () => {
      const params = { kind }
      if (what === 'example') await saveFile(await call(history.example, { params }), `${kind}.jsonl`)
      else await saveFile(await call(history.fields, { params }), `${kind}.xlsx`)
    })
  return (
    <>
      <Space wrap>
        <Button loading={busy} onClick={() => fetchIt('example')}>
          {t('example')}
        </Button>
        <Button loading={busy} onClick={() => fetchIt('fields')}>
          {t('fields')}
        </Button>
        <Button type="link" onClick={() => setOpen(true)}>
          {t('format')}
        </Button>
      </Space>
      <p className="zj-muted zj-small">{t('prepareHint')}</p>
      {open ? <FormatDrawer kind={kind} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
