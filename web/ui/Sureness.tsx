import { MinusCircleOutlined, PlusCircleOutlined } from '@ant-design/icons'
import { percent } from './format.ts'
import { useWords } from './language.ts'
import { common } from './words.ts'

const wordOf = (p: number) => (p >= 0.95 ? 'sureVery' : p >= 0.8 ? 'sureRather' : p >= 0.6 ? 'sureHalf' : 'sureLittle')

/** A probability in words first, the number behind it. */
export function Sure({ of }: { of: number }) {
  const t = useWords(common)
  return (
    <span className="zj-sure">
      <i className="zj-sure-bar" aria-hidden="true">
        <b style={{ width: percent(of) }} />
      </i>
      {t(wordOf(of))} <span className="zj-muted">({percent(of)})</span>
    </span>
  )
}

/** Evidence on both sides, always both: an empty side says so. */
export function Evidence({ items }: { items: readonly { side: 'for' | 'against'; text: string; when?: string }[] }) {
  const t = useWords(common)
  return (
    <div className="zj-sides">
      {(['for', 'against'] as const).map((side) => {
        const said = items.filter((i) => i.side === side)
        return (
          <section key={side} className={`zj-side zj-side-${side}`}>
            <h4>
              {side === 'for' ? <PlusCircleOutlined aria-hidden /> : <MinusCircleOutlined aria-hidden />}{' '}
              {t(side === 'for' ? 'evidenceFor' : 'evidenceAgainst')}
            </h4>
            {said.length === 0 ? (
              <p className="zj-muted">{t('evidenceNone')}</p>
            ) : (
              <ul>
                {said.map((one) => (
                  <li key={`${one.text}${one.when ?? ''}`}>
                    {one.text}
                    {one.when ? <span className="zj-muted zj-small"> {one.when}</span> : null}
                  </li>
                ))}
              </ul>
            )}
          </section>
        )
      })}
    </div>
  )
}
