/**
 * The files of `npx zhijiao law leave --history FILE --request FILE`.
 *
 * History, any order; `departed`, `returned` and `state` may be left out (see `PastLeave`):
 * ```json
 * [
 *   { "id": "L1", "departure": "2026-03-01", "return": "2026-03-07", "returned": "2026-03-06" },
 *   { "id": "L2", "departure": "2026-03-20", "return": "2026-03-22", "returned": null },
 *   { "id": "L3", "departure": "2026-04-10", "return": "2026-04-12", "state": "cancelled" }
 * ]
 * ```
 * Request; only the two dates are required (see `LeaveRequest`):
 * ```json
 * { "departure": "2026-04-01", "return": "2026-04-07", "reason": "01", "appliedOn": "2026-03-27",
 *   "home": "450203", "destination": { "area": "450103", "country": "CN" } }
 * ```
 * The answer is a `LeaveCompetence` (`"outcome": "leave"` with `level`, `days`, `joinedDays`, `window`, `reasons`), a
 * `NotLeaving`, or a refusal. Keys not named here are passed over.
 */
import { choice, date, fields, flag, list, maybe, reading, text } from './json-file.ts'
import type { LeaveRequest, LeaveState, PastLeave } from './leave.ts'
import type { LawRefusal } from './refusals.ts'

const states: readonly LeaveState[] = ['approved', 'pending', 'refused', 'cancelled']

/** Reads a history file: an array, or `{ "leaves": […] }`. Refused with ZJ_LAW_FACTS_INVALID naming the place. */
export function readLeaveHistory(file: unknown): readonly PastLeave[] | LawRefusal {
  return reading(() =>
    list(Array.isArray(file) ? file : fields(file, 'history').leaves, 'leaves').map((entry, index): PastLeave => {
      const at = `leaves[${index}]`
      const leave = fields(entry, at)
      return {
        id: maybe(leave.id, text, `${at}.id`),
        departure: date(leave.departure, `${at}.departure`),
        return: date(leave.return, `${at}.return`),
        departed: maybe(leave.departed, date, `${at}.departed`),
        returned: leave.returned === null ? null : maybe(leave.returned, date, `${at}.returned`),
        state: maybe(leave.state, (value, place) => choice(value, states, place), `${at}.state`),
      }
    }),
  )
}

/** Reads a request file. Refused with ZJ_LAW_FACTS_INVALID naming the place. */
export function readLeaveRequest(file: unknown): LeaveRequest | LawRefusal {
  return reading((): LeaveRequest => {
    const request = fields(file, 'request')
    const destination = maybe(request.destination, fields, 'destination')
    return {
      departure: date(request.departure, 'departure'),
      return: date(request.return, 'return'),
      reason: maybe(request.reason, text, 'reason'),
      appliedOn: maybe(request.appliedOn, date, 'appliedOn'),
      on: maybe(request.on, date, 'on'),
      home: maybe(request.home, text, 'home'),
      destination: destination && {
        area: maybe(destination.area, text, 'destination.area'),
        country: maybe(destination.country, text, 'destination.country'),
      },
      leavesTerritory: maybe(request.leavesTerritory, flag, 'leavesTerritory'),
    }
  })
}
