import { Link } from '@tanstack/react-router'
import type { Matter } from '@zhijiao/contract/matters'
import { useSpoken, useWords } from '../../ui/language.ts'
import { DecisionLink } from './DecisionLink.tsx'
import { KindName } from './KindName.tsx'
import { StateOf } from './StateOf.tsx'
import { matterWords } from './words.ts'

/** The matter or the decision it came of, and the matters that came of it. */
export function Related({ of }: { of: Pick<Matter, 'related' | 'origin' | 'person'> }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const { origin, person } = of
  return (
    <ul className="zj-facts-list">
      {origin ? (
        <li>
          <span className="zj-muted">{t('relFrom')}</span>{' '}
          {person ? (
            <DecisionLink of={{ what: origin.kind, id: origin.id }} person={person.id}>
              {say(origin.said)}
            </DecisionLink>
          ) : (
            say(origin.said)
          )}{' '}
          <span className="zj-muted">{origin.on}</span>
        </li>
      ) : null}
      {of.related.map((one) => (
        <li key={one.id}>
          <span className="zj-muted">{t(one.how === 'from' ? 'relFrom' : 'relLed')}</span>{' '}
          <Link to={`/matters/${one.kind}/${one.id}`}>
            <KindName of={one.kind} />
          </Link>{' '}
          {one.end ? <StateOf kind={one.kind} step={null} end={one.end} /> : <span>{t('running')}</span>}
        </li>
      ))}
    </ul>
  )
}
