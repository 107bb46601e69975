import type { KeyboardEvent } from 'react'

const stops = 'input:not([type=hidden]):not([type=file]):not(:disabled), textarea:not(:disabled)'

/**
 * Enter goes to the next field, as officers who type a day's visits expect; in a long text it makes a line, in an open
 * list it chooses, and while Chinese is being composed it belongs to the input method. Ctrl+Enter sends from anywhere.
 */
export function enterGoesOn(event: KeyboardEvent<HTMLElement>, send: () => void): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    send()
    return
  }
  const from = event.target as HTMLElement
  if (!(from instanceof HTMLInputElement) || from.getAttribute('role') === 'combobox') return
  event.preventDefault()
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>(stops)].filter((one) => {
    if (one.offsetParent === null) return false
    // Of a group of choices only the chosen one, or the first, is a stop.
    if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true
    const group = [...event.currentTarget.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${one.name}"]`)]
    return one === (group.find((r) => r.checked) ?? group[0])
  })
  const at = fields.findIndex(
    (one) => one === from || (sameGroup(one, from) && one.compareDocumentPosition(from) !== 0),
  )
  fields[at + 1]?.focus()
}

const sameGroup = (a: HTMLElement, b: HTMLElement): boolean =>
  a instanceof HTMLInputElement &&
  b instanceof HTMLInputElement &&
  a.type === 'radio' &&
  b.type === 'radio' &&
  a.name === b.name
