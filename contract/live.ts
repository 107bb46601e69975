/**
 * The live line (实时连接): one WebSocket per tab at `/api/live`. It carries ids only, never personal data: whoever hears
 * of a thing fetches it through its promise, where permission, scope and audit hold.
 *
 * A page opens it with `?since=` the `live` of `account.me`, asked before everything else the page shows: what changes while
 * it is still reading is told too. The server speaks `hello` first, then `news`, and a `pulse` at least every 15 s. A client that hears nothing for 40 s
 * says "实时连接已断开，数据截至 HH:mm:ss" with the `at` of the last message and connects again with `?since=CURSOR`.
 * What it missed comes as `news`; when the server no longer knows (restart, long break) it answers `resync` and the
 * client fetches its lists anew.
 */
import { Id, Instant, OrgCode } from './common.ts'
import { OneOf, type Static, Type } from './kernel.ts'

export const livePath = '/api/live'
/** Seconds between pulses. */
export const pulseS = 15
/** Seconds without a word after which the line counts as broken. */
export const silenceS = 40

export const liveTopics = [
  'task',
  'alarm',
  'leave',
  'matter',
  'entrustment',
  'file',
  'roster',
  'outage',
  'fence',
  'device',
  'activation',
  'person',
  'position',
  'checkin',
  'document',
  'system',
] as const
export type LiveTopic = (typeof liveTopics)[number]

const cursor = Type.String({ pattern: '^[0-9a-z]+\\.[0-9]+$', description: 'Opaque; give it back as `since`' })

export const LiveMessage = Type.Union([
  Type.Object({ type: Type.Literal('hello'), cursor, at: Instant }),
  Type.Object({
    type: Type.Literal('news'),
    cursor,
    at: Instant,
    topic: OneOf(liveTopics),
    /** The row that changed. */
    id: Id,
    org: OrgCode,
    /** What happened, for sound and badge: `raised` sounds, `overdue` sounds, the rest only refresh. */
    what: Type.String(),
    /** Level 1–4 where the topic has one. */
    level: Type.Optional(Type.Integer()),
    /** The listener himself is the one called. */
    mine: Type.Boolean(),
  }),
  Type.Object({ type: Type.Literal('pulse'), cursor, at: Instant }),
  Type.Object({ type: Type.Literal('resync'), cursor, at: Instant }),
  /** Nobody touched the keys for the idle time: mask personal data, keep sounding, ask for a login to act. */
  Type.Object({ type: Type.Literal('idle'), at: Instant }),
  /** The session ended or was replaced: sign in again, then connect. */
  Type.Object({ type: Type.Literal('signedOut'), at: Instant }),
])
export type LiveMessage = Static<typeof LiveMessage>
export type LiveNews = Extract<LiveMessage, { type: 'news' }>

/** Close codes of the server, beside the standard ones. */
export const liveClose = { signedOut: 4401, notAllowed: 4403, tooSlow: 4408 } as const
