import type { Procedure, Way, Words } from '@zhijiao/contract/procedures/describe'
import { registerStep, withdrawn } from '@zhijiao/contract/procedures/describe'
import { isRole, roles } from '@zhijiao/law/roles'
import { type Language, sayIn, spoken } from '../../ui/language.ts'
import { matterWords } from './words.ts'

/** The name of the deed that begins a business; one that is called a registration already is not registered twice. */
export function beginSaid(procedure: Words, language: Language): string {
  const name = spoken(procedure, language)
  return language === 'zh' && name.endsWith('登记') ? name : sayIn(matterWords, language)('registerOf', { name })
}

/** A step of a procedure in words; the register form is a step too. */
export function stepSaid(procedure: Procedure, id: string | null, language: Language): string {
  if (id === registerStep) return spoken({ zh: matterWords.stepRegister[0], en: matterWords.stepRegister[1] }, language)
  const found = procedure.steps.find((s) => s.id === id)
  return found ? spoken(found, language) : (id ?? '—')
}

export const endOf = (procedure: Procedure, id: string | null) =>
  [...procedure.ends, withdrawn].find((end) => end.id === id)

export const endSaid = (procedure: Procedure, id: string | null, language: Language): string => {
  const end = endOf(procedure, id)
  return end ? spoken(end, language) : (id ?? '—')
}

/** A step or an end: where a way leads. */
export const placeSaid = (procedure: Procedure, id: string, language: Language): string =>
  endOf(procedure, id) ? endSaid(procedure, id, language) : stepSaid(procedure, id, language)

export const wayOf = (procedure: Procedure, step: string, way: string): Way | undefined =>
  procedure.steps.find((s) => s.id === step)?.ways.find((w) => w.id === way)

/** The name of a way that was taken; withdrawal and settlement are no ways of a description. */
export function waySaid(procedure: Procedure, step: string, way: string, to: string, language: Language): string {
  const found: Words | undefined = wayOf(procedure, step, way)
  return found ? spoken(found, language) : placeSaid(procedure, to, language)
}

/** Fields asked for at a step. */
export const formOf = (procedure: Procedure, step: string) =>
  step === registerStep ? procedure.form : (procedure.steps.find((s) => s.id === step)?.form ?? [])

export const postSaid = (post: string, language: Language): string => (isRole(post) ? roles[post][language] : post)

const usualStates: readonly string[] = ['awaiting', 'inCorrection', 'missing', 'detained']

/** Whether a business about a person may begin while he is in this state. */
export const beginsIn = (procedure: Procedure, state: string): boolean =>
  procedure.about === 'person' && (procedure.whileIn ?? usualStates).includes(state)
