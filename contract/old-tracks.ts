/** Terms and tracks of an old system (历史定位), one JSON a line. See docs/reference/track-import.md. */
import { Day, Instant, Text } from './common.ts'
import { OneOf, type Static, Type } from './kernel.ts'

/** An old term: who was positioned with what, on which basis, from when until when. */
export const OldTerm = Type.Object(
  {
    ref: Text(64, 'Name by which track lines of the same file refer to it'),
    person: Text(64, 'Id or number of a person in scope'),
    device: Type.Object(
      {
        protocol: OneOf(['jt808', 'gt06', 'watch', 'osmand', 'owntracks', 'app']),
        identity: Type.String({ pattern: '^[A-Za-z0-9_.@-]{1,64}$' }),
        kind: OneOf(['phone', 'wristband', 'simulator']),
        model: Type.Optional(Type.String({ maxLength: 60 })),
      },
      { additionalProperties: false },
    ),
    regime: OneOf(['check', 'device']),
    ground: Type.String({ maxLength: 60 }),
    approver: Text(60),
    document: Type.Optional(Type.String({ maxLength: 60 })),
    startsAt: Instant,
    lastDay: Day,
    endedAt: Type.Optional(Instant),
    ceilingS: Type.Optional(Type.Integer({ minimum: 60, maximum: 86_400 })),
    intervalS: Type.Integer({ minimum: 1, maximum: 86_400 }),
  },
  { additionalProperties: false },
)
/** Fixes of one term: packed by the codec (base64 of `packDay`) or as rows [ts ms, lat, lon, radius m, source, km/h, course, battery]. */
export const OldTrack = Type.Object(
  {
    term: Text(64, '`ref` of a term of this file, or the id of an activation'),
    packed: Type.Optional(Type.String()),
    fixes: Type.Optional(
      Type.Array(Type.Array(Type.Union([Type.Number(), Type.String(), Type.Null()]), { minItems: 3, maxItems: 8 }), {
        maxItems: 100_000,
      }),
    ),
  },
  { additionalProperties: false },
)
export type OldTerm = Static<typeof OldTerm>
export type OldTrack = Static<typeof OldTrack>
/** A line is one or the other. */
export const TermLine = Type.Object({ activation: OldTerm }, { additionalProperties: false })
export const TrackLine = Type.Object({ track: OldTrack }, { additionalProperties: false })
