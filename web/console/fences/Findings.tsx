import type { Finding } from '@zhijiao/contract/fences'
import { Checkbox } from 'antd'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { fenceWords } from './words.ts'

const words = { refuse: 'wRefuse', repair: 'wRepair', ask: 'wAsk' } as const
const tones = { refuse: 'red', repair: 'quiet', ask: 'yellow' } as const

/** What is odd about an outline; what needs a person's eye is accepted one by one. */
export function Findings({
  of,
  accepts,
  onAccept,
}: {
  of: readonly Finding[]
  accepts: readonly string[]
  onAccept: (next: readonly string[]) => void
}) {
  const t = useWords(fenceWords)
  const say = useSpoken()
  if (of.length === 0) return null
  return (
    <section aria-label={t('findings')} className="zj-gap">
      <h3>{t('findings')}</h3>
      <ul className="zj-rows">
        {of.map((finding) => (
          <li key={`${finding.kind}${finding.says.zh}`}>
            <span>
              <Mark tone={tones[finding.weight]}>{t(words[finding.weight])}</Mark> {say(finding.says)}
            </span>
            {finding.weight === 'ask' ? (
              <Checkbox
                checked={accepts.includes(finding.kind)}
                onChange={(e) =>
                  onAccept(e.target.checked ? [...accepts, finding.kind] : accepts.filter((k) => k !== finding.kind))
                }
              >
                {t('accept')}
              </Checkbox>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
