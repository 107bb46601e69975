export const freshWord = { live: 'fLive', recent: 'fRecent', stale: 'fStale', lost: 'fLost' } as const
