/**
 * The one codec of tracks, from arrival to evidence:
 * segment (what arrived together) → inbox blob (one flush, everybody) → merged day → packed day (one activation) → root.
 */
export { ByteReader, ByteWriter, TrackFormatError } from './bytes.ts'
export { MOST_FIXES } from './columns.ts'
export { DAY_V1, type DayTrack, packDay, SALT_BYTES, unpackDay } from './daytrack.ts'
export { INBOX_V1, type InboxEntry, inboxDirectory, inboxSegment, packInbox } from './inbox.ts'
export { beside, byLegalDay, inTimeOrder, isTimeless, mergeLate, mergeSegments, type ReceivedFix } from './merge.ts'
export { canonicalFix, dayRoot, type FixProof, fixLeaf, type ProvableDay, provable, verifyFix } from './seal.ts'
export { decodeSegment, encodeSegment, encodeSegmentInto, SEGMENT_V1, type Segment } from './segment.ts'
