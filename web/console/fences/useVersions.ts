import { type Fence, fences } from '@zhijiao/contract/fences'
import { useEffect, useState } from 'react'
import { call, keyOf, queries } from '../../ui/api.ts'
import { type Clash, changedBy, same } from '../../ui/Conflict.tsx'
import { useComparedFields, type Version, versionOf } from './versions.ts'

/** Two versions of a fence, and the other as it stands. */
export type FenceClash = Clash & { readonly mine: Version; readonly theirs: Version; readonly latest: Fence }

/** What an editor lends: what stands on it now, and how something is laid on it. */
export interface Board {
  readonly mine: (began: Fence) => Version
  /** All of a fence, with nothing drawn or typed yet. */
  readonly lay: (fence: Fence) => void
  /** Those fields of another version that were chosen; `mine`: the outline drawn here stays against the other. */
  readonly take: (chosen: Partial<Version>, mine: boolean) => void
}

/**
 * The version that an officer began with: his own is compared with it and saved against it. What somebody else saves is laid
 * on an untouched board at once, and beside a touched one when it is saved; it never takes the place of what was drawn.
 */
export function useVersions(fence: Fence | undefined, board: Board) {
  const compared = useComparedFields()
  const [began, setBegan] = useState(fence)
  const [clash, setClash] = useState<FenceClash | null>(null)
  const [merged, setMerged] = useState(false)
  const begin = (from: Fence) => {
    setBegan(from)
    setMerged(false)
    board.lay(from)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a version that arrives is what asks, never what is typed
  useEffect(() => {
    if (!fence || !began || fence.revision <= began.revision || clash) return
    const [mine, was] = [board.mine(began), versionOf(began)]
    if (compared.every(({ path }) => same(mine[path as keyof Version], was[path as keyof Version]))) begin(fence)
  }, [fence?.revision])
  /** Whether a refusal says that somebody was faster; then his version stands beside mine. */
  const meet = async (error: unknown): Promise<boolean> => {
    const changed = changedBy(error)
    if (!changed || !began) return false
    const latest = await call(fences.get, { params: { id: began.id } })
    queries.setQueryData(keyOf(fences.get, { params: { id: began.id } }), latest)
    setClash({
      mine: board.mine(began),
      theirs: versionOf(latest),
      began: versionOf(began),
      revision: latest.revision,
      latest,
      ...changed,
    })
    return true
  }
  const settle = (own: Readonly<Record<string, boolean>>) => {
    if (!clash) return
    const chosen = Object.entries(clash.theirs).filter(([path]) => own[path] === false)
    board.take(Object.fromEntries(chosen), own.area === true)
    setBegan(clash.latest)
    setClash(null)
    setMerged(true)
  }
  return { began, clash, merged, compared, begin, meet, settle }
}
