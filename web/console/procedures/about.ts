import { createContext, useContext } from 'react'

/** What a form is about: fields that look things up (facts, earlier matters, files) ask here. */
export interface About {
  /** The matter's id; a new one's is chosen before it is registered, so that its files have a home. */
  readonly matter: string
  readonly person: string | null
  readonly org: string | null
}

export const AboutForm = createContext<About>({ matter: '', person: null, org: null })
export const useAbout = (): About => useContext(AboutForm)
