import { orgs } from '@zhijiao/contract/orgs'
import { useAsk } from '../../ui/api.ts'

/** The name of a unit by its code, its county before it where that helps. */
export function UnitName({ code }: { code: string }) {
  const asked = useAsk(orgs.get, { params: { code } }, { staleTime: 600_000 })
  if (!asked.data) return <span className="zj-mono">{code}</span>
  const county = asked.data.above.find((o) => o.code.length === 6)
  return (
    <>
      {county && county.code !== code ? `${county.name} ` : ''}
      {asked.data.org.name}
    </>
  )
}
