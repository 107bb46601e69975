/** Where the rules were read, and what the marks on them mean, for the page on which an operator confirms them. */
import data from './data/sources.json' with { type: 'json' }

export interface LegalSource {
  readonly what: string
  readonly where: string
}

export const legalSources: readonly LegalSource[] = data.sources

/** Instruments with the day they came into force. */
export const instruments: Readonly<Record<string, string>> = data.instruments

/** What each value of `Rule.evidence` stands for. */
export const evidenceMeaning: Readonly<Record<string, string>> = data.evidenceValues
