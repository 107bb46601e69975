/**
 * What "leaving the city or county" (离开所居住的市、县) means (LVE-08, IM 26): the districts of one city are one
 * territory, a county or a county-level city is its own.
 */

/** GB/T 2260: in a prefecture-level city or municipality, third pairs 01–20 and 51–80 are its urban districts. */
function isDistrict(area: string): boolean {
  const [city, county] = [Number(area.slice(2, 4)), Number(area.slice(4, 6))]
  const ofCity = (city >= 1 && city <= 20) || (city >= 51 && city <= 70)
  return ofCity && ((county >= 1 && county <= 20) || (county >= 51 && county <= 80))
}

/**
 * The territory a resident may move in, as a prefix of area codes: four digits for a district of a city (all its
 * districts), six for a county. `area` begins with a six-digit GB/T 2260 code.
 */
export function territoryOf(area: string): string {
  const county = area.slice(0, 6)
  return isDistrict(county) ? county.slice(0, 4) : county
}

/** Whether going from the home area to the other leaves the territory of residence. */
export function leavesTerritory(home: string, destination: string): boolean {
  const here = territoryOf(home)
  return here.length === 4 ? !(destination.startsWith(here) && isDistrict(destination)) : !destination.startsWith(here)
}

/** Hong Kong, Macao and Taiwan lie beyond the border checks: going there is leaving the country's border (出境). */
export function isAbroad(country: string | undefined, area: string | undefined): boolean {
  return (country !== undefined && country !== 'CN') || (area !== undefined && /^(71|81|82)/.test(area))
}
