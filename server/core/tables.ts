/**
 * The tables the database holds. Here only what has no room of its own: each room adds its own beside its store by declaration merging,
 * so that a room can be deleted with its tables.
 */
export interface Tables {
  org: {
    code: string
    level: 'ministry' | 'province' | 'city' | 'county' | 'office'
    parent: string | null
    name: string
    name_en: string | null
    phone: string | null
    address: string | null
    urban: boolean
    synthetic: boolean
    active: boolean
    revision: number
  }
  setting: { key: string; org_code: string; value: unknown; changed_by: string | null; changed_at: Date }
}
