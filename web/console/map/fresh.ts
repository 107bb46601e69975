import type { LivePosition } from '@zhijiao/contract/positions'

export const freshWord = { live: 'fLive', recent: 'fRecent', stale: 'fStale', lost: 'fLost' } as const

/** How many people these positions are of: somebody with a phone and a band has two. */
export const personsIn = (positions: readonly Pick<LivePosition, 'personId'>[]) =>
  new Set(positions.map((p) => p.personId)).size
