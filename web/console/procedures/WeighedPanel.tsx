import type { Hint } from '@zhijiao/contract/matters'
import { Alert } from 'antd'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import type { Trouble } from '../../ui/problem.ts'
import { Hints } from './Hints.tsx'
import { matterWords } from './words.ts'

/** Beside the form: what the law and the file say so far. Heard by a screen reader when it changes. */
export function WeighedPanel({
  of,
}: {
  of: { hints: readonly Hint[] | null; refused: Trouble | null; busy: boolean }
}) {
  const t = useWords(matterWords)
  return (
    <aside className="zj-weighed" aria-label={t('hints')}>
      <Panel title={t('hints')} extra={of.busy ? <span className="zj-muted zj-small">{t('checking')}</span> : null}>
        <div aria-live="polite">
          {of.refused ? (
            <Alert type="error" showIcon title={t('refusedNow')} description={of.refused.text} />
          ) : of.hints === null ? (
            <p className="zj-muted zj-tight">{t('hintsWait')}</p>
          ) : of.hints.length === 0 ? (
            <p className="zj-muted zj-tight">{t('hintsNone')}</p>
          ) : (
            <Hints of={of.hints} />
          )}
        </div>
      </Panel>
    </aside>
  )
}
