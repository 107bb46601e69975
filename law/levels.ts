/**
 * Classification levels (管理级别, 处遇): which there are and how they are called is the province's to set (实施办法 21 asks
 * for classes, no more). Their words; the setting itself is read by `level-setting.ts`.
 */

/** The setting they stand in. */
export const levelsSetting = 'SET-34'

/** One digit, 1–9: what files, forms and exchanges keep. A level may be renamed, its code stays. */
export const levelCode = /^[1-9]$/

export interface Level {
  readonly code: string
  readonly zh: string
  /** The Chinese name again where the province gave no English one. */
  readonly en: string
}

/** The levels of a place on a day. */
export interface Levels {
  /** Those that may be given, mildest first. */
  readonly offered: readonly Level[]
  /** Those that were set before and may not be given any more; old records still bear them. */
  readonly former: readonly Level[]
}

/** How a level is called here, or was called last; one that never was set reads by its code. */
export const levelNamed = ({ offered, former }: Levels, code: string): Level =>
  [...offered, ...former].find((l) => l.code === code) ?? { code, zh: `级别 ${code}`, en: `Level ${code}` }

/**
 * Whose setting holds for a level, of those that a text names: its own, else that of the nearest milder one, so that
 * whoever adds a stricter level and forgets a setting asks no less than before. Undefined: no setting holds.
 */
export function settingOf(level: string, order: readonly string[], named: (code: string) => boolean) {
  const milder = order.slice(0, Math.max(0, order.indexOf(level))).reverse()
  return [level, ...milder].find(named)
}

/** What a file begins with where nobody says otherwise: 2 where there is one, else the mildest. */
export const usualLevel = ({ offered }: Pick<Levels, 'offered'>): string =>
  offered.find((l) => l.code === '2')?.code ?? offered[0]?.code ?? '2'
