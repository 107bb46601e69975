import { type ComponentType, Fragment, isValidElement, type ReactNode } from 'react'
import { useStringing, useWords } from './language.ts'
import type { Condition } from './QueryBar.tsx'
import { common } from './words.ts'

/** How a field reads its own value aloud (`Said`): units and colleagues know their names, times their day. */
export type Said = ComponentType<{ readonly value: string }>
/** What a condition’s field may carry: choices with their words, or a way of its own. */
interface Speaking {
  readonly options?: readonly { readonly value: unknown; readonly label: ReactNode }[]
}

/** One condition in force, in words, never in codes: 办结方式 已批准外出. */
export function Saying({ of: condition, value }: { of: Condition; value: unknown }) {
  const t = useWords(common)
  const { list } = useStringing()
  const { field } = condition
  const one = (each: unknown): ReactNode => {
    if (condition.says) return condition.says(each)
    if (isValidElement<Speaking>(field)) {
      const found = field.props.options?.find((option) => option.value === each)
      if (found) return found.label
      const Own = typeof field.type === 'function' && 'Said' in field.type ? (field.type.Said as Said) : null
      if (Own) return <Own {...field.props} value={String(each)} />
    }
    return typeof each === 'boolean' ? t(each ? 'yes' : 'no') : String(each)
  }
  const all = Array.isArray(value) ? value : [value]
  return (
    <>
      {condition.label}{' '}
      {all.map((each, i) => (
        <Fragment key={String(each)}>
          {i > 0 ? list(['', '']) : null}
          {one(each)}
        </Fragment>
      ))}
    </>
  )
}
