import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Against } from './against.ts'

/** Where a decision is looked at: a matter on its page, what was found on an alarm there, else in the tab of the person's file. */
export function DecisionLink({ of, person, children }: { of: Against; person: string; children: ReactNode }) {
  if (of.what === 'alarm') return <Link to={`/alarms/${of.id}`}>{children}</Link>
  if (of.what === 'matter') return <Link to={`/matters/any/${of.id}`}>{children}</Link>
  return (
    <Link to={`/people/${person}`} search={{ tab: of.what === 'leave' ? 'leave' : 'devices' } as never}>
      {children}
    </Link>
  )
}
