import { DAY, SECOND } from '@zhijiao/geo/day'
import { GEO_RULES, type ValidationParameters, validationDefaults } from '@zhijiao/geo/validate'
import { type Law, lawInForce } from '@zhijiao/law/in-force'

/**
 * The numbers by which a position is judged on arrival (POS-31 … POS-38), as a unit's province set them. One object for
 * all units under the same publications; its name, stored with every verdict, says which rules and which publications.
 */
export function gatesOf(law: Law): ValidationParameters {
  const seconds = (id: string, otherwiseMs: number) => law.number(id, otherwiseMs / SECOND) * SECOND
  const maxSpeedMs = law.number('POS-31', validationDefaults.maxSpeedMs)
  return {
    ...validationDefaults,
    rules: `${GEO_RULES}+${law.revision}`,
    maxSpeedMs,
    // A train is never slower than a car.
    maxFastMs: Math.max(maxSpeedMs, law.number('POS-32', validationDefaults.maxFastMs)),
    futureMs: seconds('POS-33', validationDefaults.futureMs),
    tooOldMs: law.number('POS-34', validationDefaults.tooOldMs / DAY) * DAY,
    skewMs: seconds('POS-35', validationDefaults.skewMs),
    skewSamples: law.number('POS-36', validationDefaults.skewSamples),
    staleMs: seconds('POS-37', validationDefaults.staleMs),
    agreeM: law.number('POS-38', validationDefaults.agreeM),
  }
}

/** What ships, before anything was read. */
export const shippedGates: ValidationParameters = gatesOf(lawInForce('2026-01-01' as Law['on'], ''))
