import type { Generated } from 'kysely'
import type { Json } from '../core/ledger/canonical.ts'

declare module '../core/tables.ts' {
  interface Tables {
    document: {
      id: string
      org_code: string
      organ: string | null
      person_id: string | null
      subject_id: string
      template: string
      template_version: string
      law_revision: string
      decided_on: string
      given: Json
      corrected: Json
      state: 'draft' | 'issued' | 'void'
      numbered_by: string | null
      series: string | null
      year: number | null
      serial: number | null
      number: string | null
      number_key: string | null
      paper: Json | null
      file_id: string | null
      sha256: Buffer | null
      issued_by: string | null
      issued_at: Date | null
      sealed_file_id: string | null
      sealed_sha256: Buffer | null
      sealed_by: string | null
      sealed_at: Date | null
      seal_key_id: string | null
      voided_by: string | null
      voided_at: Date | null
      void_reason: string | null
      replaces: string | null
      drafted_by: string | null
      drafted_at: Date
      changed_at: Date
      imported_at: Date | null
      source: string | null
      issued_name: string | null
      signers: Generated<Json>
      served_at: Date | null
      revision: Generated<number>
    }
  }
}
