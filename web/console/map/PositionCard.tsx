import { Link } from '@tanstack/react-router'
import type { LivePosition } from '@zhijiao/contract/positions'
import { Button } from 'antd'
import { Freshness } from '../../ui/Freshness.tsx'
import { distance } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { ColourMark } from '../people/marks.tsx'
import { sourceWord } from '../track/FixTable.tsx'
import { trackWords } from '../track/words.ts'
import { freshWord } from './fresh.ts'
import { mapWords } from './words.ts'

/** Whom the mark stands for, when and how well seen, and where to go from here. */
export function PositionCard({ position: p, onClose }: { position: LivePosition; onClose: () => void }) {
  const t = useWords(mapWords)
  const w = useWords(trackWords)
  const c = useWords(common)
  const language = useLanguage()
  const may = useMay()
  return (
    <section className="zj-panel" aria-live="polite">
      <header className="zj-panel-head">
        <h2>{p.name}</h2>
        <Button size="small" type="text" onClick={onClose}>
          {c('close')}
        </Button>
      </header>
      <p className="zj-tight">
        <ColourMark colour={p.colour} /> · {p.regime === 'check' ? t('check') : t('device')}
      </p>
      <p className="zj-tight">
        {t(freshWord[p.freshness])} ·{' '}
        <Freshness at={p.ts} staleMs={p.freshness === 'live' ? Number.POSITIVE_INFINITY : 0} />
      </p>
      <p className="zj-tight">
        {w(sourceWord[p.source])} · {t('accuracy', { m: distance(p.accuracyM, language) })}
        {p.speedKmh ? ` · ${t('speed', { n: Math.round(p.speedKmh) })}` : ''}
        {p.batteryPct === undefined ? '' : ` · ${t('battery', { n: p.batteryPct })}`}
      </p>
      {p.mock ? (
        <p className="zj-tight">
          <Mark tone="yellow">{t('mock')}</Mark> <span className="zj-small">{t('mockHint')}</span>
        </p>
      ) : null}
      {p.authenticated ? null : <Mark>{t('unauthenticated')}</Mark>}
      <p>
        <Link to={`/people/${p.personId}`}>{t('open')}</Link>
        {may('position.track') ? (
          <>
            {' · '}
            <Link to={`/people/${p.personId}`} search={{ tab: 'track' } as never}>
              {t('track')}
            </Link>
          </>
        ) : null}
      </p>
    </section>
  )
}
