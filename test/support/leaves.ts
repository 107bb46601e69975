import { type Leave, leaves } from '@zhijiao/contract/permits'
import { type CivilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import type { County, Somebody } from './county.ts'

/** A legal day so many days from the county's today. */
export const dayIn = (county: County, days: number): CivilDate => plusDays(legalDayOf(county.house.chance.now()), days)

/** Asks for leave to a hospital of another city, from so many days ahead for so many days. */
export const askLeave = (
  county: County,
  by: Somebody,
  person: string,
  {
    from,
    days,
    to = '南宁市第一人民医院',
    why = '术后复查',
  }: { from: number; days: number; to?: string; why?: string },
): Promise<Leave> =>
  by.call(leaves.ask, {
    body: {
      person,
      from: dayIn(county, from),
      until: dayIn(county, from + days - 1),
      destination: { text: to, area: '450103', country: 'CN' },
      reason: '01',
      reasonText: why,
    },
  })
