import { checkCharacter } from '@zhijiao/law/identity'

/** A well-formed identity number of nobody: place 459001 is not assigned. */
export function identityNumber(n: number, birth = '19850304', sex: 'male' | 'female' = 'male'): string {
  const order = String((n % 500) * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0')
  const day = n < 500 ? birth : shifted(birth, Math.floor(n / 500))
  const body = `459001${day}${order}`
  return body + checkCharacter(body)
}
const shifted = (birth: string, days: number) =>
  new Date(Date.UTC(Number(birth.slice(0, 4)), Number(birth.slice(4, 6)) - 1, Number(birth.slice(6, 8)) + days))
    .toISOString()
    .slice(0, 10)
    .replace(/-/g, '')
