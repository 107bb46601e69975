import { useState } from 'react'
import { useComplain } from './Trouble.tsx'

/** Whether a deed is under way, and how to do one; what goes wrong with it is said. */
export function useBusy(): readonly [busy: boolean, run: (deed: () => Promise<void>) => Promise<void>] {
  const complain = useComplain()
  const [busy, setBusy] = useState(false)
  const run = async (deed: () => Promise<void>) => {
    setBusy(true)
    try {
      await deed()
    } catch (error) {
      complain(error)
    } finally {
      setBusy(false)
    }
  }
  return [busy, run]
}
