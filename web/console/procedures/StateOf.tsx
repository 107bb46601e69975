import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, RightCircleOutlined } from '@ant-design/icons'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { useLanguage } from '../../ui/language.ts'
import { endOf, endSaid, stepSaid } from './said.ts'

const icons = {
  good: <CheckCircleFilled aria-hidden className="zj-tone-green" />,
  no: <CloseCircleFilled aria-hidden className="zj-tone-quiet" />,
  plain: <MinusCircleOutlined aria-hidden className="zj-tone-quiet" />,
}

/** Where a matter stands, by word and shape: its present step, or what it came to. */
export function StateOf({ kind, step, end }: { kind: string; step: string | null; end: string | null }) {
  const language = useLanguage()
  const procedure = procedureOf(kind)
  if (!procedure) return <>{end ?? step ?? '—'}</>
  if (end === null)
    return (
      <span className="zj-state">
        <RightCircleOutlined aria-hidden className="zj-tone-blue" /> {stepSaid(procedure, step, language)}
      </span>
    )
  return (
    <span className="zj-state">
      {icons[endOf(procedure, end)?.tone ?? 'plain']} {endSaid(procedure, end, language)}
    </span>
  )
}
