import { matters } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { App, Button } from 'antd'
import { useState } from 'react'
import { call, saveFile } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { matterWords } from './words.ts'

/** The present query as an Excel file; the reason goes into the file and the audit. */
export function ExportButton({ of, asked, total }: { of: Procedure; asked: Record<string, unknown>; total: number }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const [busy, run] = useBusy()
  const send = async (reason: string) => {
    await run(async () => {
      const answer = await call(matters.export, { query: { ...asked, kind: of.id, reason } })
      void message.success(t('exported', { name: await saveFile(answer, `${say(of)}.xlsx`) }))
      setAsking(false)
    })
  }
  return (
    <>
      <Button onClick={() => setAsking(true)} disabled={total === 0}>
        {t('export')}
      </Button>
      <ReasonDialog
        open={asking}
        busy={busy}
        title={t('exportTitle', { name: say(of) })}
        note={t('exportNote', { n: total })}
        okText={t('export')}
        onReason={(reason) => void send(reason)}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
