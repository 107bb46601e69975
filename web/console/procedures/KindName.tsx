import { procedureOf } from '@zhijiao/contract/procedures/all'
import { useSpoken } from '../../ui/language.ts'

/** The name of a business. */
export function KindName({ of }: { of: string }) {
  const say = useSpoken()
  const procedure = procedureOf(of)
  return <>{procedure ? say(procedure) : of}</>
}
