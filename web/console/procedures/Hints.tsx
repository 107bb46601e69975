import { CheckCircleFilled, ExclamationCircleFilled, WarningFilled } from '@ant-design/icons'
import type { Hint } from '@zhijiao/contract/matters'
import { Cite } from '../../ui/Cite.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { matterWords } from './words.ts'

const looks = {
  must: { tone: 'red', icon: <ExclamationCircleFilled aria-hidden /> },
  careful: { tone: 'yellow', icon: <WarningFilled aria-hidden /> },
  good: { tone: 'green', icon: <CheckCircleFilled aria-hidden /> },
} as const
const order = ['must', 'careful', 'good'] as const

/** What the law and the file say to this, the gravest first; never a decision. */
export function Hints({ of }: { of: readonly Hint[] }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  return (
    <ul className="zj-hints">
      {order
        .flatMap((tone) => of.filter((h) => h.tone === tone))
        .map((hint) => (
          <li key={hint.said.zh} className={`zj-hint zj-hint-${hint.tone}`}>
            <strong className={`zj-tone-${looks[hint.tone].tone}`}>
              {looks[hint.tone].icon} {t(hint.tone)}
            </strong>{' '}
            {say(hint.said)} {hint.citation ? <Cite of={hint.citation} /> : null}
          </li>
        ))}
    </ul>
  )
}
