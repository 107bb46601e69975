import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'

const places: Readonly<Record<string, string>> = { '1': '/', '2': '/tasks', '3': '/alarms' }

/** Alt and a digit go to the three rooms where a day is spent. */
export function useKeys(): void {
  const navigate = useNavigate()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const to = event.altKey && !event.ctrlKey && !event.metaKey ? places[event.key] : undefined
      if (!to) return
      event.preventDefault()
      void navigate({ to })
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [navigate])
}
