/**
 * Identity numbers that are valid by GB 11643 and belong to nobody: their first six digits are one of the twin's own
 * counties, 459001–459009. GB/T 2260 gives Guangxi no city 59 and never has, so no number was ever issued with them.
 */
export const reservedAreas = /^45900[1-9]/

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * @param area one of 459001–459009
 * @param birth YYYY-MM-DD
 * @param order 0–499, apart for everybody of one area, birthday and sex
 */
export function identityNumber(area: string, birth: string, sex: 'male' | 'female', order: number): string {
  if (!reservedAreas.test(area) || order < 0 || order > 499)
    throw new RangeError(`no reserved number: ${area} ${order}`)
  const serial = String(order * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0')
  const digits = `${area}${birth.replaceAll('-', '')}${serial}`
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits.charAt(i)), 0)
  return `${digits}${'10X98765432'.charAt(sum % 11)}`
}

/** Mobile numbers begin with 13 to 19; nobody is reached by one that begins with 100. `order` 0–99,999,999. */
export const phoneNumber = (order: number): string => `100${String(order).padStart(8, '0')}`
