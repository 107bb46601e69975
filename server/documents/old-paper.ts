import type { OldDocument } from '@zhijiao/contract/documents'
import type { TemplateBody } from '@zhijiao/contract/paper'
import { type CivilDate, isCivilDate, legalDayOf, startOfLegalDay } from '@zhijiao/law/civil-date'
import { documentHeader } from '@zhijiao/law/documents'
import { type Refusal, refuse } from '../core/refusals.ts'
import { alwaysThere } from './domain.ts'
import type { OldNumber } from './old-number.ts'
import { OldBlank, OldDay, OldNumberYear } from './refusals.ts'

/** Clocks of two systems differ; a moment this little ahead counts as now, milliseconds. */
const slack = 5 * 60_000

/**
 * Whether an old paper can have been so: its days in their order (decision, issue, service or voiding, now; of service and
 * voiding the day of issue counts, for old files often know no hour), its number of about its year, its blanks those of the
 * template.
 */
export function faultOfOld(
  old: OldDocument,
  body: TemplateBody,
  number: OldNumber | null,
  { now, today }: { readonly now: number; readonly today: CivilDate },
): Refusal | null {
  const wrong = (path: string, what: string, whatEn: string, at: string) =>
    refuse(OldDay, { what, whatEn, at }, [{ path, zh: what, en: whatEn }])
  if (!isCivilDate(old.decidedOn) || old.decidedOn > today)
    return wrong('decidedOn', '决定日期', 'day of the decision', old.decidedOn)
  const issued = Date.parse(old.issuedAt)
  if (!(issued <= now + slack) || legalDayOf(issued) < old.decidedOn)
    return wrong('issuedAt', '制发时间', 'time of issue', old.issuedAt)
  const since = startOfLegalDay(legalDayOf(issued))
  const lies = (at: string) => Date.parse(at) >= since && Date.parse(at) <= now + slack
  const late = old.deliveries?.find(({ at }) => !lies(at))
  if (late) return wrong('deliveries', '送达时间', 'time of service', late.at)
  if (old.voided && !lies(old.voided.at)) return wrong('voided.at', '作废时间', 'time of voiding', old.voided.at)
  const signed = old.signers?.find(({ on }) => on !== undefined && (!isCivilDate(on) || on > today))
  if (signed) return wrong('signers', '签名日期', 'day of a signature', signed.on ?? '')
  const year = Number(legalDayOf(issued).slice(0, 4))
  // Some registers turn with the decision, some with the issue, some a week late.
  if (number?.year && Math.abs(number.year - year) > 1)
    return refuse(OldNumberYear, { number: number.text, issued: legalDayOf(issued) })
  const known = new Set([...body.blanks.map((b) => b.name), ...documentHeader, ...alwaysThere])
  const strange = Object.keys(old.values ?? {}).filter((name) => !known.has(name))
  return strange.length > 0 ? refuse(OldBlank, { template: old.template, names: strange.join('、') }) : null
}

/** What every page of a copy made from old data says of itself. */
export function copyLine(of: {
  readonly source: string | null
  readonly scanned: boolean
  readonly signers: readonly { readonly label: string; readonly name: string }[]
}): string {
  const signers = of.signers.map(({ label, name }) => `${label} ${name}`).join('、')
  return [
    `复制件·依历史数据重印${of.source ? `（来源：${of.source}）` : ''}`,
    of.scanned ? '原件扫描件另存' : '历史文书，原件未随附',
    ...(signers ? [`原件签名：${signers}`] : []),
  ].join('　')
}
