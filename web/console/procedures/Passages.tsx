import { CheckOutlined, CloseOutlined, RollbackOutlined } from '@ant-design/icons'
import type { Matter } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { Cites } from '../../ui/Cite.tsx'
import { instant } from '../../ui/format.ts'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { FilledForm } from './FieldValue.tsx'
import { formOf, placeSaid, stepSaid, wayOf, waySaid } from './said.ts'
import { matterWords } from './words.ts'

const icons = {
  on: <CheckOutlined aria-hidden />,
  back: <RollbackOutlined aria-hidden className="zj-tone-yellow" />,
  no: <CloseOutlined aria-hidden />,
}

/** Every hand it went through, in order: who, when, which way, what was written, on which article. */
export function Passages({ of, matter }: { of: Procedure; matter: Pick<Matter, 'passages'> }) {
  const t = useWords(matterWords)
  const { named } = useStringing()
  const language = useLanguage()
  if (matter.passages.length === 0) return <p className="zj-muted zj-tight">{t('noPassages')}</p>
  return (
    <ol className="zj-passages">
      {matter.passages.map((p) => (
        <li key={p.id}>
          <header>
            <strong>{stepSaid(of, p.step, language)}</strong>
            <span className="zj-state">
              {icons[wayOf(of, p.step, p.way)?.tone ?? 'on']} {waySaid(of, p.step, p.way, p.to, language)}
            </span>
            <span className="zj-muted">→ {placeSaid(of, p.to, language)}</span>
            <span className="zj-muted zj-small">
              {p.byName} · <time dateTime={p.at}>{instant(p.at)}</time>
            </span>
          </header>
          {p.note ? (
            <p className="zj-wrap">
              <span className="zj-muted">{named(t('note'), '')}</span>
              {p.note}
            </p>
          ) : null}
          <FilledForm fields={formOf(of, p.step)} form={p.form} />
          <Cites of={p.citations} />
        </li>
      ))}
    </ol>
  )
}
