import type { PersonRow } from '@zhijiao/contract/people'
import type { Generated } from 'kysely'
import type { Json } from '../core/ledger/canonical.ts'

declare module '../core/tables.ts' {
  interface Tables {
    person: {
      id: string
      number: string
      org_code: string
      officer_id: string | null
      name: string
      sex: 'male' | 'female'
      ethnicity: Generated<string>
      birth_date: string
      identity_cipher: Buffer
      identity_blind: Buffer
      /** Last three characters. */
      identity_tail: string
      education: Generated<string>
      registered_address: Generated<string>
      residence: Generated<string>
      residence_lat: number | null
      residence_lon: number | null
      phone_cipher: Buffer | null
      phone_blind: Buffer | null
      /** Last four digits. */
      phone_tail: string | null
      crime: Generated<string>
      sentence: Generated<string>
      sentence_term: Generated<string>
      additional_penalty: Generated<string>
      category: string
      correction_term: Generated<string>
      term_start: string
      term_end: string
      decision_organ: Generated<string>
      decision_organ_kind: string | null
      document_number: Generated<string>
      decided_on: string | null
      level: Generated<string>
      colour: Generated<PersonRow['colour']>
      state: Generated<PersonRow['state']>
      minor: Generated<boolean>
      sealed: Generated<boolean>
      injunction: Generated<string>
      imported: Generated<boolean>
      merged_into: string | null
      created_at: Date
      updated_at: Date
      revision: Generated<number>
    }
    person_part: {
      id: string
      person_id: string
      org_code: string
      part: string
      data: Json
      added_by: string | null
      added_at: Date
      ended_at: Date | null
      ended_by: string | null
      /** The business that filed it. */
      source_kind: 'matter' | 'leave' | null
      source_id: string | null
      /** The objection whose answer set it aside. */
      set_aside_by: string | null
      set_aside_at: Date | null
      revision: Generated<number>
    }
    look: {
      id: string
      staff_id: string
      person_id: string
      org_code: string
      reason: string
      granted_at: Date
      until: Date
    }
    person_number: { county: string; year: number; last: number }
    person_import: {
      id: string
      staff_id: string
      org_code: string
      file_name: string
      rows: Buffer | null
      summary: Json
      created_at: Date
      expires_at: Date
      committed_at: Date | null
      created: number | null
    }
  }
}
