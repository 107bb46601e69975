import type { Law } from '@zhijiao/law/in-force'
import { levelOffered, levelsOf } from '@zhijiao/law/level-setting'
import { isRefusal } from '@zhijiao/law/refusals'
import { Refusal } from './refusals.ts'

/** Old records bear levels that may not be given any more. */
interface Given {
  readonly former?: boolean
}

/**
 * Why a level may not be given here (ZJ_LAW_LEVEL_UNKNOWN), at its field; null when it may. A schema only sees a digit:
 * which levels there are the province sets (SET-34).
 */
export function unknownLevel(law: Law, code: unknown, path: string, { former = false }: Given = {}): Refusal | null {
  const level = String(code ?? '')
  if (former && levelsOf(law).former.some((l) => l.code === level)) return null
  const found = levelOffered(law, level)
  if (!isRefusal(found)) return null
  return new Refusal({ code: found.refused, status: 422, zh: found.zh, en: found.en }, found.detail, [
    { path, zh: found.zh, en: found.en },
  ])
}

/** @throws Refusal ZJ_LAW_LEVEL_UNKNOWN */
export function refuseUnknownLevel(law: Law, code: unknown, path: string, given: Given = {}): void {
  const unknown = unknownLevel(law, code, path, given)
  if (unknown) throw unknown
}
