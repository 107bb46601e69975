import { type Hint, matters, type OriginKind } from '@zhijiao/contract/matters'
import { useCallback, useRef, useState } from 'react'
import { call } from '../../ui/api.ts'
import { useLanguage } from '../../ui/language.ts'
import { type Trouble, troubleOf } from '../../ui/problem.ts'

export interface Wish {
  readonly kind: string
  readonly person?: string
  readonly org?: string
  readonly cause?: string
  readonly origin?: { readonly kind: OriginKind; readonly id: string }
  readonly form: Record<string, unknown>
}
interface Weighed {
  readonly hints: readonly Hint[] | null
  /** Why it cannot be begun at all. */
  readonly refused: Trouble | null
  readonly busy: boolean
}

const pauseMs = 700

/**
 * Asks what the law and the file say to a half-filled form: a moment after a field was left, and only when something
 * changed, because each asking is an audited look at the file. A fault of a field is said beside the field when it is
 * sent, not here.
 */
export function useWeighing() {
  const language = useLanguage()
  const [weighed, setWeighed] = useState<Weighed>({ hints: null, refused: null, busy: false })
  const last = useRef('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const ask = useCallback(
    async (wish: Wish): Promise<Trouble | null> => {
      const text = JSON.stringify(wish)
      last.current = text
      setWeighed((w) => ({ ...w, busy: true }))
      try {
        const { hints } = await call(matters.weigh, { body: wish })
        // A later asking has its own answer.
        if (last.current === text) setWeighed({ hints, refused: null, busy: false })
        return null
      } catch (error) {
        const trouble = troubleOf(error, language)
        const faulty = trouble.code === 'ZJ_INVALID' || trouble.status === 0
        if (last.current === text)
          setWeighed((w) => ({ hints: w.hints, refused: faulty ? null : trouble, busy: false }))
        return trouble
      }
    },
    [language],
  )
  const askLater = useCallback(
    (wish: () => Wish | null) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        const now = wish()
        if (now && JSON.stringify(now) !== last.current) void ask(now)
      }, pauseMs)
    },
    [ask],
  )
  return { ...weighed, ask, askLater }
}
