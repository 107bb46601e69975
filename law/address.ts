/**
 * Addresses (住址) as lists and files show them: the unit of administration is what an officer works with, the street and
 * the door are seen with a reason only, as identity numbers and phones are (PIPL 28, 51).
 */

/** Province, city, county and township of an address as written, each at most once and in this order; all may be missing. */
const units =
  /^(?:[^省市区县]{1,6}(?:省|自治区))?(?:[^省市区县]{1,7}(?:市|自治州|地区|盟))?(?:[^省市区县]{1,8}(?:县|(?<!小)区|旗|市))?(?:[^省市区县街镇乡]{1,8}(?:街道|镇|乡))?/

/** For display: `示例省示例市示例一县城东街道****`; without any unit the first two characters. Empty stays empty. */
export function maskAddress(address: string): string {
  const text = address.trim()
  if (text === '') return ''
  const rest = text.replace(units, '')
  if (rest === '') return text
  const kept = text.slice(0, text.length - rest.length)
  return `${kept === '' ? [...text].slice(0, 2).join('') : kept}****`
}
