import type { Way } from '@zhijiao/contract/procedures/describe'
import { Button, Popover } from 'antd'
import { useSpoken } from '../../ui/language.ts'
import { useTold } from '../../ui/useTold.ts'

/** A way out of the step; one that is closed says why. */
export function WayButton({
  way,
  lead,
  why,
  busy,
  disabled,
  onTake,
}: {
  way: Way
  lead: boolean
  why: { zh: string; en: string } | null
  busy: boolean
  disabled: boolean
  onTake: () => void
}) {
  const say = useSpoken()
  const told = useTold()
  const look = lead ? { type: 'primary' as const } : way.tone === 'no' ? { danger: true } : {}
  if (!why)
    return (
      <Button {...look} loading={busy} disabled={disabled} onClick={onTake}>
        {say(way)}
      </Button>
    )
  // A closed way stays reachable, so that whoever uses the keyboard hears why.
  return (
    <Popover {...told.popover} content={<span className="zj-cite">{say(why)}</span>}>
      <Button {...told.button} aria-disabled="true" className="zj-closed" aria-label={`${say(way)} ${say(why)}`}>
        {say(way)}
      </Button>
    </Popover>
  )
}
