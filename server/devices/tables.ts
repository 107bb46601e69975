import type {
  ActivationState,
  DeviceCommand,
  DeviceKind,
  DeviceState,
  EndReason,
  Protocol,
  Regime,
  WithdrawnFor,
} from '@zhijiao/contract/devices'
import type { Datum } from '@zhijiao/geo/datum'
import type { Generated } from 'kysely'

declare module '../core/tables.ts' {
  interface Tables {
    device: {
      id: string
      org_code: string
      kind: DeviceKind
      protocol: Protocol
      identity: string
      model: string
      sim: string | null
      crs: Datum
      secret: Buffer | null
      secret_handed_at: Date | null
      /** A renewed secret is handed out at registration until then; null: it is not. */
      secret_open_until: Generated<Date | null>
      /** When it last showed its secret, and when, having done so once, it last spoke without. */
      proven_at: Generated<Date | null>
      unproven_at: Generated<Date | null>
      state: DeviceState
      holder_id: string | null
      last_seen_at: Date | null
      battery_pct: number | null
      health: Record<string, unknown>
      created_at: Date
      revision: number
    }
    unknown_device: {
      protocol: Protocol
      identity: string
      first_seen_at: Date
      last_seen_at: Date
      messages: number
      remote: string | null
      org_hint: string
      detail: Record<string, unknown>
    }
    activation: {
      id: string
      no: Generated<number>
      device_id: string
      person_id: string
      org_code: string
      regime: Regime
      ground: string
      article: string
      rule: string
      starts_at: Date
      ends_at: Date
      ceiling_s: number | null
      interval_s: number
      state: ActivationState
      proposed_by: string | null
      proposer: string
      proposed_at: Date
      approver_id: string | null
      approver: string
      approved_at: Date | null
      document: string
      facts: string
      assessed_on: string | null
      extends: string | null
      ended_at: Date | null
      end_reason: EndReason | null
      law_revision: string
      imported: boolean
      /** Rules from which an imported term departs; such a term is history only. */
      departs: Generated<string[]>
      matter_id: string | null
      revision: number
    }
    device_command: {
      id: string
      device_id: string
      person_id: string | null
      org_code: string
      command: DeviceCommand
      why: string
      subject_id: string | null
      asked_by: string
      asked_at: Date
      expires_at: Date
      /** Not sent before; null: at once. */
      not_before: Generated<Date | null>
      serial: number | null
      /** The last time, of `sends`. */
      sent_at: Date | null
      sends: Generated<number>
      /** Sent again then when nobody has answered; null: never. */
      again_at: Generated<Date | null>
      answered_at: Date | null
      result: 'ok' | 'failed' | 'unsupported' | 'withdrawn' | null
      /** Why it is no longer sent: the device changed hands, or no term of its person allows it any more. */
      withdrawn: Generated<WithdrawnFor | null>
      withdrawn_at: Generated<Date | null>
      detail: Record<string, unknown>
    }
  }
}
