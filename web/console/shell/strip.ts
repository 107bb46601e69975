/** Pages that stand open at once. */
const most = 10

/** The strip with one page more: the workbench stays, of the others the one opened first makes room. */
export function withPage(open: readonly string[], page: string): readonly string[] {
  if (open.includes(page)) return open
  const others = open.filter((path) => path !== '/')
  return ['/', ...others.slice(Math.max(0, others.length - most + 2)), page]
}
