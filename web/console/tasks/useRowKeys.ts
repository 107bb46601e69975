import { useEffect } from 'react'

const rows = () => [...document.querySelectorAll<HTMLElement>('.zj-list tr.ant-table-row')]
const here = 'zj-row-here'
/** Whether the keys belong to somebody else: a field, a menu, an open dialog. */
const taken = (target: EventTarget | null) =>
  (target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]') !== null) ||
  document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null

/** j and k go through the rows of the list, Enter opens the one that is marked. */
export function useRowKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || taken(event.target)) return
      const all = rows()
      const at = all.findIndex((row) => row.classList.contains(here))
      if (event.key === 'j' || event.key === 'k') {
        const next = all[event.key === 'j' ? Math.min(all.length - 1, at + 1) : Math.max(0, at - 1)]
        if (!next) return
        event.preventDefault()
        for (const row of all) row.classList.toggle(here, row === next)
        next.scrollIntoView({ block: 'nearest' })
      } else if (
        event.key === 'Enter' &&
        at >= 0 &&
        !(event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement)
      ) {
        const link = all[at]?.querySelector<HTMLElement>('a[href]')
        if (!link) return
        event.preventDefault()
        link.click()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
