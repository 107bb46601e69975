import { Refused } from '@zhijiao/contract/client'
import { Alert, Button } from 'antd'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'

/** A screen that threw: a refusal is said as one; anything else names itself for whoever is told. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  const t = useWords(common)
  if (error instanceof Refused || (error instanceof TypeError && /fetch/i.test(error.message)))
    return (
      <div className="zj-page">
        <TroubleNotice error={error} onRetry={() => (reset ? reset() : window.location.reload())} />
      </div>
    )
  return (
    <div className="zj-page">
      <Alert
        type="error"
        role="alert"
        showIcon
        title={t('unexpected')}
        description={<code className="zj-mono">{error instanceof Error ? error.message : String(error)}</code>}
        action={<Button onClick={() => window.location.reload()}>{t('refresh')}</Button>}
      />
    </div>
  )
}
