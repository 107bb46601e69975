import type { County, Somebody } from './county.ts'

/** Through whose hands a matter goes. */
export interface Hands {
  /** Of the judicial office: the officer and its head. */
  readonly officer: Somebody
  readonly head: Somebody
  /** Of the county agency: its staff and its head. */
  readonly staff: Somebody
  readonly chief: Somebody
}

export const handsOf = async (county: County, designations: readonly string[] = []): Promise<Hands> => ({
  officer: await county.signIn('officer', { name: '韦所员', designations }),
  head: await county.signIn('officeHead', { name: '覃所长', designations }),
  staff: await county.signIn('county', { name: '莫科员', designations }),
  chief: await county.signIn('countyHead', { name: '卢局长', designations }),
})
