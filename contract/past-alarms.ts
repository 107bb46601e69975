/** Alarms of old files (历史报警): what another system or a paper register knew, as it was handled there. */
import { alarmCauseCodes } from './alarms.ts'
import { Instant, Lat, Lon, Note, Text } from './common.ts'
import { model, OneOf, type Static, Type } from './kernel.ts'

/** How it ended: by a closure, by a decision not to handle it, or by itself. */
export const pastWays = ['handled', 'notHandled', 'cleared', 'leave', 'outage', 'ranOut'] as const

/**
 * One alarm as the old file tells it. It becomes a settled row of the alarm desk, marked imported: no clock runs, no task
 * is opened, nobody is called. Its own times stand beside the time of the import.
 */
export const PastAlarm = model('PastAlarm', {
  kind: Type.String({ maxLength: 40, description: 'A kind of the alarm kinds table' }),
  from: Instant,
  until: Type.Optional(Instant),
  raisedAt: Type.Optional(Instant),
  closedAt: Instant,
  way: OneOf(pastWays),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
  cause: Type.Optional(OneOf(alarmCauseCodes)),
  finding: Type.Optional(Note(2000)),
  measures: Type.Optional(Note(2000)),
  handledBy: Type.Optional(Text(40, 'By name, as the file has it: he may have no account here')),
  reviewedBy: Type.Optional(Text(40)),
  place: Type.Optional(Note(120)),
  lat: Type.Optional(Lat),
  lon: Type.Optional(Lon),
  number: Type.Optional(Note(40)),
})
export type PastAlarm = Static<typeof PastAlarm>
