import { procedureOf } from '@zhijiao/contract/procedures/all'
import { legalDocument } from '@zhijiao/law/documents'
import { dayOf, minute } from '../../ui/format.ts'
import type { Language } from '../../ui/language.ts'
import { stepSaid, waySaid } from '../procedures/said.ts'

type Payload = Readonly<Record<string, unknown>>

/** Days and instants of a payload that say something by themselves, with what they are. */
const times: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  from: ['自', 'from'],
  until: ['至', 'until'],
  lastDay: ['末日', 'last day'],
  due: ['期限', 'due'],
  on: ['日期', 'on'],
  day: ['日期', 'day'],
  endsAt: ['止', 'until'],
}
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
const isInstant = (text: string) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)
/** An end at midnight is the last moment of the day before. */
const written = (at: string) => (isDay(at) ? at : minute(at).endsWith('00:00') ? dayOf(Date.parse(at) - 1) : minute(at))

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
  for (const [key, value] of Object.entries(payload)) {
    if (typeof value !== 'string' || value.length > 120) continue
    if (isDay(value) || isInstant(value)) {
      const word = times[key]?.[at]
      if (word) said.push(`${word} ${written(value)}`)
    } else if (/[\u4e00-\u9fff]/.test(value)) said.push(value)
  }
  return said.slice(0, 4)
}
