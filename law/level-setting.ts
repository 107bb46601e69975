/** The classification levels as a province sets them (SET-34), and as they stand in a place on a day. */
import type { Law } from './in-force.ts'
import { type Level, type Levels, levelCode, levelsSetting } from './levels.ts'
import { isRefusal, type LawRefusal, refuse } from './refusals.ts'

/** 1 to 8 characters, no blank and nothing that the setting is written with; a bare number would read as a code. */
const zhName = /^(?!\d+$)[^\s,，、;；=/]{1,8}$/u
const enName = /^[A-Za-z][A-Za-z' -]{0,23}$/

/**
 * Reads `1=宽管/Lenient,2=普管,3=严管`, mildest first, the English name optional. Refused with ZJ_LAW_LEVELS_NONE, _CODE,
 * _NAME or _TWICE, each naming the piece that is wrong and how to write it.
 */
export function readLevels(text: string): readonly Level[] | LawRefusal {
  if (text.trim() === '') return refuse('ZJ_LAW_LEVELS_NONE')
  const levels: Level[] = []
  for (const part of text.split(/[,，]/)) {
    const piece = part.trim()
    const [code = '', names = '', ...rest] = piece.split('=').map((word) => word.trim())
    if (!levelCode.test(code)) return refuse('ZJ_LAW_LEVELS_CODE', { piece: piece || text.trim() })
    const [zh = '', en = zh, ...more] = names.split('/').map((name) => name.trim())
    if (rest.length + more.length > 0 || !zhName.test(zh) || (en !== zh && !enName.test(en)))
      return refuse('ZJ_LAW_LEVELS_NAME', { piece })
    const other = levels.find((l) => l.code === code || l.zh === zh || l.en === en)
    if (other) return refuse('ZJ_LAW_LEVELS_TWICE', { piece, other: `${other.code}=${other.zh}` })
    levels.push({ code, zh, en })
  }
  return levels
}

const known = new WeakMap<Law, Levels>()

/** As the nearest unit set them; what was set before stays readable. */
export function levelsOf(law: Law): Levels {
  const before = known.get(law)
  if (before) return before
  // Drafting refuses what cannot be read; a text that came in past it changes nothing.
  const [offered = [], ...older] = law.texts(levelsSetting).flatMap(readable).reverse()
  const former = new Map<string, Level>()
  for (const level of older.flat())
    if (!former.has(level.code) && !offered.some((l) => l.code === level.code)) former.set(level.code, level)
  const levels = { offered, former: [...former.values()] }
  known.set(law, levels)
  return levels
}

function readable(text: string): (readonly Level[])[] {
  const levels = readLevels(text)
  return isRefusal(levels) ? [] : [levels]
}

/** The level, if it may be given here; refused with ZJ_LAW_LEVEL_UNKNOWN, which says which there are. */
export function levelOffered(law: Law, code: string): Level | LawRefusal {
  const { offered } = levelsOf(law)
  return (
    offered.find((l) => l.code === code) ??
    refuse('ZJ_LAW_LEVEL_UNKNOWN', {
      level: code,
      known: offered.map((l) => `${l.code} ${l.zh}`).join('、'),
      knownEn: offered.map((l) => `${l.code} ${l.en}`).join(', '),
    })
  )
}
