import { useState } from 'react'

/**
 * What stands behind a word, shown by pointer, by tap and by keyboard alike. A tap focuses and clicks at once: were the
 * click a toggle it would shut what the focus had just opened, so it only opens; leaving shuts.
 */
export function useTold() {
  const [open, setOpen] = useState(false)
  return {
    popover: { open, onOpenChange: setOpen, trigger: ['hover', 'focus'] as ('hover' | 'focus')[] },
    button: { 'aria-expanded': open, onClick: () => setOpen(true) },
  }
}
