import type { Activation, Device } from '@zhijiao/contract/devices'
import { daysBetween, legalDayOf } from '@zhijiao/law/civil-date'
import type { RuleId } from '@zhijiao/law/rule'
import { type DeviceGround, deviceGrounds } from '@zhijiao/law/term'
import type { Circumstances } from '../core/room.ts'
import type { ActivationRow, DeviceRow } from './store.ts'

/** Heard of within this time counts as online, milliseconds. */
export const onlineMs = 10 * 60_000

const iso = (at: Date | null) => at?.toISOString() ?? null

export function shownDevice(r: DeviceRow, now: number): Device {
  return {
    id: r.id,
    org: r.org_code,
    kind: r.kind,
    protocol: r.protocol,
    identity: r.identity,
    model: r.model,
    sim: r.sim,
    crs: r.crs,
    state: r.state,
    holder:
      r.holder_id && r.holder_name ? { id: r.holder_id, name: r.holder_name, number: r.holder_number ?? '' } : null,
    hasSecret: r.has_secret,
    proof: r.proven_at === null ? 'none' : r.unproven_at && r.unproven_at > r.proven_at ? 'lapsed' : 'proven',
    provenAt: iso(r.proven_at),
    unprovenAt: iso(r.unproven_at),
    secretOpenUntil: r.secret_open_until && r.secret_open_until.getTime() > now ? iso(r.secret_open_until) : null,
    lastSeenAt: iso(r.last_seen_at),
    batteryPct: r.battery_pct,
    online: r.last_seen_at !== null && now - r.last_seen_at.getTime() < onlineMs,
    activation:
      r.term_id && r.term_no !== null && r.term_regime && r.term_ends
        ? { id: r.term_id, no: r.term_no, regime: r.term_regime, endsAt: r.term_ends.toISOString() }
        : null,
    createdAt: r.created_at.toISOString(),
    revision: r.revision,
  }
}

const checkSays = { zh: '信息化核查', en: 'Information check' }

export function shownActivation(r: ActivationRow, { today, law }: Pick<Circumstances, 'today' | 'law'>): Activation {
  const end = r.ended_at && r.ended_at < r.ends_at ? r.ended_at : r.ends_at
  const lastDay = legalDayOf(end.getTime() - 1)
  const ground = Object.hasOwn(deviceGrounds, r.ground) ? deviceGrounds[r.ground as DeviceGround] : checkSays
  const cites =
    r.regime === 'check' ? (['EPD-09'] as const) : (['EPD-01', 'EPD-02', r.extends ? 'EPD-04' : 'EPD-03'] as const)
  const cite = (id: RuleId) => {
    const { source, article, zh, recalled } = law.cite(id)
    return { rule: id, source, article, zh, recalled }
  }
  return {
    id: r.id,
    no: r.no,
    person: { id: r.person_id, name: r.person_name, number: r.person_number },
    // The device may have gone to another unit since; then only that it was one is shown.
    device: {
      id: r.device_id,
      kind: r.device_kind ?? (r.regime === 'check' ? 'phone' : 'wristband'),
      protocol: r.device_protocol ?? 'app',
      identity: r.device_identity ?? '',
      model: r.device_model ?? '',
    },
    org: r.org_code,
    regime: r.regime,
    ground: r.ground,
    groundSays: { zh: ground.zh, en: ground.en },
    cites: cites.map(cite),
    startsAt: r.starts_at.toISOString(),
    endsAt: r.ends_at.toISOString(),
    lastDay,
    daysLeft: r.state === 'running' ? Math.max(0, daysBetween(today, lastDay) + 1) : 0,
    ceilingS: r.ceiling_s,
    intervalS: r.interval_s,
    state: r.state,
    proposedBy: r.proposer || null,
    proposedAt: r.proposed_at.toISOString(),
    approver: r.approver,
    approvedAt: iso(r.approved_at),
    document: r.document,
    assessment: r.facts,
    extends: r.extends,
    endedAt: iso(r.ended_at),
    endReason: r.end_reason,
    imported: r.imported,
    departs: r.departs.map((rule) => cite(rule as RuleId)),
    revision: r.revision,
  }
}
