import { Link } from '@tanstack/react-router'
import type { Matter } from '@zhijiao/contract/matters'
import { useWords } from '../../ui/language.ts'
import { KindName } from './KindName.tsx'
import { StateOf } from './StateOf.tsx'
import { matterWords } from './words.ts'

/** The matter it came of, and those that came of it. */
export function Related({ of }: { of: Matter['related'] }) {
  const t = useWords(matterWords)
  return (
    <ul className="zj-facts-list">
      {of.map((one) => (
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
