import { Select, type SelectProps } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from './language.ts'
import { common } from './words.ts'

interface Choice {
  readonly value: string | number | boolean
  readonly label: ReactNode
}

/** A condition of a list that is one of a few: nothing chosen means all. */
export function AnyOf({
  options,
  ...rest
}: Pick<SelectProps, 'mode' | 'maxTagCount' | 'popupMatchSelectWidth'> & { options: readonly Choice[] }) {
  const t = useWords(common)
  return <Select<unknown, Choice> allowClear placeholder={t('all')} options={[...options]} {...rest} />
}
