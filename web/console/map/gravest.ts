/** The gravest open alarm of each person: 1 is the gravest level, 4 the mildest. In whatever order they come. */
export function gravestOf(
  ringing: readonly { readonly person: { readonly id: string }; readonly level: number }[],
): ReadonlyMap<string, number> {
  const gravest = new Map<string, number>()
  for (const { person, level } of ringing) gravest.set(person.id, Math.min(level, gravest.get(person.id) ?? level))
  return gravest
}
