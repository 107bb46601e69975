import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { useMe } from '../me.ts'

/** Whether the caller's post may register a business; the server asks the same. */
export function useMayBegin(): (procedure: Procedure) => boolean {
  const { permissions } = useMe()
  return ({ may }) => permissions.includes('matter.register') && permissions.includes(may)
}
