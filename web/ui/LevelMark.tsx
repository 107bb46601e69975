import { useWords } from './language.ts'
import type { Tone } from './tokens.ts'
import { colours } from './tokens.ts'
import { common } from './words.ts'

/** Alarm levels by colour, word and shape: octagon, triangle, diamond, circle. */
export const levelTone: readonly Tone[] = ['quiet', 'red', 'yellow', 'blue', 'quiet']
const shapes = ['', '6,1 14,1 19,6 19,14 14,19 6,19 1,14 1,6', '10,1 19,18 1,18', '10,1 19,10 10,19 1,10', '']

export function LevelShape({ level, size = 16 }: { level: number; size?: number }) {
  const tone = levelTone[level] ?? 'quiet'
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {shapes[level] ? (
        <polygon points={shapes[level]} fill={colours[tone]} />
      ) : (
        <circle cx="10" cy="10" r="8" fill={colours[tone]} />
      )}
      <text x="10" y={level === 2 ? 16 : 14} textAnchor="middle" fontSize="11" fontWeight="700" fill="#fff">
        {level}
      </text>
    </svg>
  )
}

export function LevelMark({ level, word = true }: { level: number; word?: boolean }) {
  const t = useWords(common)
  const key = (['level3', 'level1', 'level2', 'level3', 'level4'] as const)[level] ?? 'level3'
  return (
    <span className={`zj-level zj-tone-${levelTone[level] ?? 'quiet'}`} title={t(key)}>
      <LevelShape level={level} />
      {word ? t(key) : <span className="zj-hidden">{t(key)}</span>}
    </span>
  )
}

/** A short state word. Coloured only where somebody must act. */
export function Mark({ tone = 'quiet', children }: { tone?: Tone; children: React.ReactNode }) {
  return <span className={`zj-mark zj-tone-${tone}`}>{children}</span>
}
