import { App, Button } from 'antd'
import { useState } from 'react'
import { saveFile } from '../ui/api.ts'
import { useBusy } from '../ui/busy.ts'
import { useWords } from '../ui/language.ts'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { common } from '../ui/words.ts'

/** The list as it is asked for as an Excel file; the reason goes into the file and the audit. */
export function ListExport({
  name,
  total,
  fetch,
}: {
  /** Of the list, for the title and the file. */
  name: string
  total: number
  fetch: (reason: string) => Promise<Response>
}) {
  const t = useWords(common)
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const [busy, run] = useBusy()
  const send = (reason: string) =>
    run(async () => {
      void message.success(t('listExported', { name: await saveFile(await fetch(reason), `${name}.xlsx`) }))
      setAsking(false)
    })
  return (
    <>
      <Button onClick={() => setAsking(true)} disabled={total === 0}>
        {t('listExport')}
      </Button>
      <ReasonDialog
        open={asking}
        busy={busy}
        title={t('listExportTitle', { name })}
        note={t('listExportNote', { n: total })}
        okText={t('listExport')}
        onReason={(reason) => void send(reason)}
        onCancel={() => setAsking(false)}
      />
    </>
  )
}
