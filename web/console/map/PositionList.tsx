import type { LivePosition } from '@zhijiao/contract/positions'
import { Button } from 'antd'
import { useState } from 'react'
import { Freshness } from '../../ui/Freshness.tsx'
import { LevelMark, Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { mapWords } from './words.ts'

/** The map as a list, for the keyboard and for whoever cannot see the map: alarms first, then the longest silent. */
export function PositionList({
  positions,
  alarmed,
  onPick,
}: {
  positions: readonly LivePosition[]
  alarmed: ReadonlyMap<string, number>
  onPick: (p: LivePosition) => void
}) {
  const c = useWords(common)
  const t = useWords(mapWords)
  const [most, setMost] = useState(60)
  const sorted = [...positions].sort(
    (a, b) => (alarmed.get(a.personId) ?? 9) - (alarmed.get(b.personId) ?? 9) || a.ts - b.ts,
  )
  return (
    <section className="zj-panel">
      <ul className="zj-rows">
        {sorted.slice(0, most).map((p) => {
          const level = alarmed.get(p.personId)
          return (
            <li key={`${p.personId}.${p.id}`}>
              <Button type="link" size="small" onClick={() => onPick(p)}>
                {level === undefined ? null : <LevelMark level={level} word={false} />} {p.name}{' '}
                <span className="zj-muted zj-small">{t(p.regime)}</span>
              </Button>
              {p.mock ? <Mark tone="yellow">{t('mock')}</Mark> : null}
              <Freshness
                at={p.ts}
                staleMs={p.freshness === 'live' || p.freshness === 'recent' ? Number.POSITIVE_INFINITY : 0}
              />
            </li>
          )
        })}
      </ul>
      {sorted.length > most ? (
        <Button type="link" block onClick={() => setMost(most + 200)}>
          {c('total', { n: sorted.length })} · {c('showAll')}
        </Button>
      ) : null}
    </section>
  )
}
