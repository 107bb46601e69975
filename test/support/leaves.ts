import { type FileCard, files } from '@zhijiao/contract/files'
import { type Leave, leaves } from '@zhijiao/contract/permits'
import { type CivilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import type { County, Somebody } from './county.ts'

/** A legal day so many days from the county's today. */
export const dayIn = (county: County, days: number): CivilDate => plusDays(legalDayOf(county.house.chance.now()), days)

/** A picture of the paper that proves a reason, in the file of the person. */
export const proofOf = (
  by: Somebody,
  person: string,
  subject: string,
  fileName = '复诊预约单.jpg',
): Promise<FileCard> =>
  by.call(files.upload, {
    body: { person, subject },
    file: new Blob([Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')]),
    fileName,
  })

/** Asks for leave to a hospital of another city, from so many days ahead for so many days. */
export const askLeave = async (
  county: County,
  by: Somebody,
  person: string,
  {
    from,
    days,
    to = '南宁市第一人民医院',
    why = '术后复查',
  }: { from: number; days: number; to?: string; why?: string },
): Promise<Leave> => {
  const id = county.house.chance.id()
  const proof = await proofOf(by, person, id)
  return by.call(leaves.ask, {
    body: {
      id,
      proofs: [proof.id],
      person,
      from: dayIn(county, from),
      until: dayIn(county, from + days - 1),
      destination: { text: to, area: '450103', country: 'CN' },
      reason: '01',
      reasonText: why,
    },
  })
}
