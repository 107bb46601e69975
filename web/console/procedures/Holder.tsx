import type { MatterRow } from '@zhijiao/contract/matters'
import { useLanguage } from '../../ui/language.ts'
import { postSaid } from './said.ts'

/** Who has it in hand: the unit and its post, and the person once there is one. */
export function Holder({ of, short = false }: { of: MatterRow['holder']; short?: boolean }) {
  const language = useLanguage()
  if (!of) return <>—</>
  return (
    <span>
      {of.staff ? `${of.staff.name} · ` : null}
      {of.unitName}
      {short && of.staff ? null : <span className="zj-muted"> {postSaid(of.post, language)}</span>}
    </span>
  )
}
