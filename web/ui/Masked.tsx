import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useBusy } from './busy.ts'
import { useWords } from './language.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { common } from './words.ts'

/** Shown in full for this long, then masked again by itself. */
const plainMs = 60_000

/** A number or address masked by default; the plain text needs a reason, is audited, and hides itself again. */
export function Masked({
  shown,
  label,
  reveal,
}: {
  shown: string
  label: string
  /** Asks the server for the plain text. Absent: this person may not see it. */
  reveal?: (reason: string) => Promise<string>
}) {
  const t = useWords(common)
  const [asking, setAsking] = useState(false)
  const [busy, run] = useBusy()
  const [plain, setPlain] = useState<string | null>(null)
  useEffect(() => {
    if (plain === null) return
    const timer = setTimeout(() => setPlain(null), plainMs)
    return () => clearTimeout(timer)
  }, [plain])
  const ask = async (reason: string) => {
    if (!reveal) return
    await run(async () => {
      setPlain(await reveal(reason))
      setAsking(false)
    })
  }
  return (
    <span className="zj-masked">
      <span className="zj-mono">{plain ?? shown}</span>
      {reveal && shown ? (
        <Button
          type="link"
          size="small"
          icon={plain === null ? <EyeOutlined /> : <EyeInvisibleOutlined />}
          aria-label={`${plain === null ? t('seePlain') : t('hide')} ${label}`}
          onClick={() => (plain === null ? setAsking(true) : setPlain(null))}
        >
          {plain === null ? t('seePlain') : t('hide')}
        </Button>
      ) : null}
      <ReasonDialog
        open={asking}
        title={`${t('seePlainTitle')} · ${label}`}
        note={t('seePlainNote')}
        busy={busy}
        onReason={ask}
        onCancel={() => setAsking(false)}
      />
    </span>
  )
}
