import type { Matter } from '@zhijiao/contract/matters'
import { type ComponentType, lazy, Suspense } from 'react'

/** What one business shows beside the page that all share. */
const panels: Readonly<Record<string, ComponentType<{ matter: Matter }>>> = {
  assessment: lazy(() => import('../entrustments/CountyAsks.tsx')),
}

export function Beside({ matter }: { matter: Matter }) {
  const Panel = panels[matter.kind]
  return Panel ? (
    <Suspense fallback={null}>
      <Panel matter={matter} />
    </Suspense>
  ) : null
}
