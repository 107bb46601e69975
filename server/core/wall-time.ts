import { legalDayOf } from '@zhijiao/law/civil-date'

/** Local wall time (Asia/Shanghai), as watermarks and title rows write it. */
export const wallTime = (now: number) =>
  `${legalDayOf(now)} ${new Date(now + 8 * 3_600_000).toISOString().slice(11, 16)}`
