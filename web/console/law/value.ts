type Value = number | string | { min: number; max: number } | null

/** 7 day, 3–24 month. Units are the law data's own words. */
export const valueText = (value: Value, unit: string | null): string => {
  if (value === null) return unit ?? '—'
  const text = typeof value === 'object' ? `${value.min}–${value.max}` : String(value)
  return unit ? `${text} ${unit}` : text
}
