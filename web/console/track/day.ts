import type { DayTrack, TrackFix } from '@zhijiao/contract/positions'

/** A day of somebody's track with its fixes one by one, as screens draw them. */
export type ShownDay = Omit<DayTrack, 'fixes'> & { readonly fixes: readonly TrackFix[] }
