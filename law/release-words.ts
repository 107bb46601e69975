/** What is announced at release, by category (解矫宣告, IM 54; END-07). */
import type { CorrectionCategory } from './codes.ts'

export type ReleaseReason = 'expiry' | 'pardon'

const announced: Readonly<Record<CorrectionCategory, string>> = {
  control: '管制期限届满，依法解除管制',
  suspendedSentence: '缓刑考验期限届满，原判刑罚不再执行',
  parole: '假释考验期限届满，原判刑罚执行完毕',
  temporaryServiceOutsidePrison: '刑期届满，原判刑罚执行完毕',
}

/** The words for this category; a pardon has its own. */
export function releaseWords(category: CorrectionCategory, reason: ReleaseReason): string {
  return reason === 'pardon' ? '依法予以赦免，剩余刑罚不再执行' : announced[category]
}

/** Whether deprivation of political rights goes on after the release and must be mentioned. */
export function politicalRightsNote(additionalPenalty: string): string | null {
  return additionalPenalty.includes('剥夺政治权利')
    ? '你被附加判处剥夺政治权利，其执行期间自主刑执行完毕之日或者假释之日起依法计算。在此期间，你应当继续遵守法律关于被剥夺政治权利的规定。'
    : null
}

/** Code of the reason in set `endReason2020`. */
export const releaseCode: Readonly<Record<ReleaseReason, 'E1' | 'E2'>> = { expiry: 'E1', pardon: 'E2' }
