/**
 * One form of an identity (终端号) for inventory and traffic: JT/T 808 pads numbers with zeros in front, by edition, and
 * IMEIs travel in half bytes. Letters are kept as they are.
 */
export function plainIdentity(identity: string): string {
  const trimmed = identity.trim()
  return /^\d+$/.test(trimmed) ? trimmed.replace(/^0+(?=\d)/, '') : trimmed
}
