import { procedureOf } from '@zhijiao/contract/procedures/all'
import { toldOf } from '@zhijiao/contract/told'
import { legalDocument } from '@zhijiao/law/documents'
import type { Language } from '../../ui/language.ts'
import { stepSaid, waySaid } from '../procedures/said.ts'

type Payload = Readonly<Record<string, unknown>>

/**
 * What an entry of the ledger says beside its kind, in words: the step and the way of a business, the name of a paper,
 * days, and what somebody wrote. Codes, ids, hashes and nested data stay in the evidence pack.
 */
export function recorded(kind: string, payload: Payload, language: Language): readonly string[] {
  const at = language === 'zh' ? 0 : 1
  const procedure = procedureOf(kind.split('.')[0] ?? '')
  const said: string[] = []
  const { step, way, template } = payload
  if (procedure && typeof step === 'string')
    said.push(
      [
        stepSaid(procedure, step, language),
        typeof way === 'string' ? waySaid(procedure, step, way, String(payload.to ?? ''), language) : '',
      ]
        .filter(Boolean)
        .join(' → '),
    )
  if (typeof template === 'string') {
    const document = legalDocument(template.slice(0, 3))
    if (document) said.push(at === 0 ? document.zh : document.en)
  }
  // Enough to know the entry again; the whole of it is in the evidence pack.
  const texts = toldOf(payload, language).filter((text) => text.length < 160)
  return [...said, ...texts].slice(0, 4)
}
