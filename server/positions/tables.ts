import type { FixSource } from '@zhijiao/geo/fix'
import type { Generated } from 'kysely'

declare module '../core/tables.ts' {
  interface Tables {
    position_inbox: {
      shard: number
      no: number
      received_at: Date
      fixes: number
      rules: string
      blob: Buffer
      ruled: Buffer | null
    }
    position_compacted: { shard: number; no: number }
    track_day: {
      activation_no: number
      day: string
      part: Generated<number>
      person_id: string
      org_code: string
      fixes: number
      first_ts: Date
      last_ts: Date
      blob: Buffer
      root: Buffer | null
      sealed_fixes: number
      rules: string
      judged: unknown
      imported: boolean
      revision: number
      changed_at: Date
    }
    track_aside: {
      id: Generated<number>
      activation_no: number
      day: string
      received_at: Date
      fixes: number
      rules: string
      segment: Buffer
      since: Date
      why: string
    }
    position_latest: {
      activation_no: number
      person_id: string
      org_code: string
      ts: Date
      received_at: Date
      lat: number
      lon: number
      accuracy_m: number
      source: FixSource
      speed_kmh: number | null
      course: number | null
      battery_pct: number | null
      flags: number
    }
    device_event: {
      shard: number
      no: number
      ordinal: number
      activation_no: number
      device_id: string
      person_id: string
      org_code: string
      kind: string
      ts: Date
      received_at: Date
      blind: boolean
      flags: number
    }
    device_said: { activation_no: number; matter: string; ts: Date }
    position_refusal: {
      day: string
      device_id: string
      activation_no: number
      reason: string
      count: number
      first_at: Date
      last_at: Date
    }
    cell_tower: { mcc: number; mnc: number; lac: number; cell: number; lat: number; lon: number; radius_m: number }
  }
}
