/**
 * Code sets (代码表): 45 recovered from SF/T 0015 and 0016 (2017) through an implementer's dictionary and from field
 * systems, `sex` of GB/T 2261.1, and `travelMode`, for which no table was found. The tables of 2021 were not seen; `recalled` sets are to be confirmed before use.
 */
import data from './data/codes.json' with { type: 'json' }

export type CodeSetName = keyof typeof data

export interface CodeItem {
  readonly code: string
  readonly zh: string
  readonly en: string
}

export interface CodeSet {
  readonly zh: string
  readonly en: string
  readonly source: string
  /** Not read in its source: to be confirmed by the operator. */
  readonly recalled: boolean
  readonly items: readonly CodeItem[]
}

export const codeSets: Readonly<Record<CodeSetName, CodeSet>> = data

export const codeSetNames: readonly CodeSetName[] = Object.keys(data) as CodeSetName[]

export function isCodeSetName(text: string): text is CodeSetName {
  return Object.hasOwn(data, text)
}

/** The item of a set, or undefined when the set has no such code. */
export function code(set: CodeSetName, value: string): CodeItem | undefined {
  return codeSets[set].items.find((item) => item.code === value)
}

/** The codes of a set in their order, for schemas and choice lists. */
export function codesOf(set: CodeSetName): readonly string[] {
  return codeSets[set].items.map((item) => item.code)
}

/** Correction categories (矫正类别, Community Corrections Law 2): 管制, 缓刑, 假释, 暂予监外执行. */
export type CorrectionCategory = 'control' | 'suspendedSentence' | 'parole' | 'temporaryServiceOutsidePrison'

/** Code of each category in set `correctionCategory`. */
export const correctionCategoryCode: Readonly<Record<CorrectionCategory, string>> = {
  control: '01',
  suspendedSentence: '02',
  parole: '03',
  temporaryServiceOutsidePrison: '04',
}

export const correctionCategories = Object.keys(correctionCategoryCode) as readonly CorrectionCategory[]

/** The category that a code 01–04 or its Chinese name stands for; undefined for 99 and anything else. */
export function correctionCategoryOf(text: string): CorrectionCategory | undefined {
  return correctionCategories.find(
    (category) =>
      category === text ||
      correctionCategoryCode[category] === text ||
      code('correctionCategory', correctionCategoryCode[category])?.zh === text,
  )
}

/** Decision organs (社区矫正决定机关): court, public security organ, prison administration. */
export type DecisionOrgan = 'court' | 'police' | 'prisonAdministration'

export const decisionOrganCode: Readonly<Record<DecisionOrgan, string>> = {
  court: '01',
  police: '02',
  prisonAdministration: '03',
}

/** Sex (性别) as GB/T 2261.1 codes it. */
export const sexCode = { male: '1', female: '2' } as const
