import { useQueries } from '@tanstack/react-query'
import { fences } from '@zhijiao/contract/fences'
import { useMemo } from 'react'
import { call, keyOf, useAsk } from '../../ui/api.ts'
import type { MapArea } from '../../ui/map/model.ts'

/** Outlines of the counties: what an empty ground has to orient by. What was drawn for single persons is nobody else's. */
export function useOutlines(wanted: boolean): readonly MapArea[] {
  const rows =
    useAsk(fences.list, { query: { kind: 'livingArea', size: 30 } }, { enabled: wanted, staleTime: 600_000 }).data
      ?.items ?? []
  const whole = useQueries({
    queries: rows
      .filter((row) => !row.personal)
      .map((row) => ({
        queryKey: keyOf(fences.get, { params: { id: row.id } }),
        queryFn: () => call(fences.get, { params: { id: row.id } }),
        enabled: wanted,
        staleTime: 600_000,
      })),
  })
  const done = whole.map((q) => q.dataUpdatedAt).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `done` changes exactly when an outline arrived
  return useMemo(
    () =>
      wanted
        ? whole.flatMap((q) =>
            q.data ? [{ id: q.data.id, area: q.data.area, kind: 'plain' as const, name: q.data.name }] : [],
          )
        : [],
    [done, wanted],
  )
}
