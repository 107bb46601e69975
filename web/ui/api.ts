import { MutationCache, QueryCache, QueryClient, type QueryKey, useMutation, useQuery } from '@tanstack/react-query'
import { type Brings, client, type Gets, Refused } from '@zhijiao/contract/client'
import type { Kept } from '@zhijiao/contract/kernel'
import { isAttended } from './presence.ts'
import { doubted } from './session.ts'

/** The one caller of the server. Nothing else in the web fetches. */
export const call = client({
  base: '',
  headers: (): Record<string, string> => (isAttended() ? {} : { 'x-zj-background': '1' }),
})

const noticeSignOut = (error: unknown) => {
  if (error instanceof Refused && error.status === 401) void doubted()
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      // A refusal is an answer; only a broken connection is worth another try.
      retry: (times, error) => !(error instanceof Refused && error.status < 500) && times < 2,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

export const keyOf = (kept: Pick<Kept, 'room' | 'name'>, brings?: unknown): QueryKey =>
  brings === undefined ? [kept.room, kept.name] : [kept.room, kept.name, brings]

export interface AskOptions {
  readonly enabled?: boolean
  /** Milliseconds between quiet refreshes. */
  readonly every?: number
  /** Keep showing the former page while the next one loads. */
  readonly keep?: boolean
  readonly staleTime?: number
}

/** Asks a promise that reads. */
export function useAsk<S>(kept: Kept<S>, brings: Brings<S>, options: AskOptions = {}) {
  return useQuery<Gets<S>>({
    queryKey: keyOf(kept, brings),
    queryFn: () => call(kept, brings),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keep ? { placeholderData: (former: Gets<S> | undefined) => former as never } : {}),
  })
}

/** A dialog that has saved waits for the screen behind it this long and no longer. */
const settleMs = 1_500

/**
 * Does a promise that writes, then lets the named rooms read again. It is done when the screen shows what was saved: whoever
 * opens the same form in the next moment must not find in it what he has just changed.
 */
export function useDo<S>(
  kept: Kept<S>,
  options: { refreshes?: readonly string[]; onDone?: (answer: Gets<S>) => void } = {},
) {
  return useMutation<Gets<S>, unknown, Brings<S>>({
    mutationFn: (brings) => call(kept, brings),
    onSuccess: async (answer) => {
      const read = reread(options.refreshes ?? [kept.room])
      await Promise.race([read, new Promise((done) => setTimeout(done, settleMs))])
      options.onDone?.(answer)
    },
  })
}

/** Lets rooms read again what is on the screen. */
export function refresh(...rooms: readonly string[]): void {
  void reread(rooms)
}
const reread = (rooms: readonly string[]) =>
  Promise.all(rooms.map((room) => queries.invalidateQueries({ queryKey: [room] })))

/** Hands a downloaded stream to the browser under the name the server gave it. */
export async function saveFile(response: Response, fallback: string): Promise<string> {
  const header = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(header)?.[1]
  const name = encoded ? decodeURIComponent(encoded) : fallback
  const url = URL.createObjectURL(await response.blob())
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(url), 30_000)
  return name
}
