import { Input } from 'antd'
import { type ComponentProps, useEffect, useState } from 'react'
import { minute, typedDay, typedInstant } from './format.ts'
import { useWords } from './language.ts'
import { common } from './words.ts'

type Base = Omit<ComponentProps<typeof Input>, 'value' | 'onChange' | 'type'>
interface FieldProps extends Base {
  value?: string | null
  onChange?: (value: string | null) => void
}

/**
 * A date typed as officers type it (20261121). The value is a civil date; what cannot be read is given on as it was typed,
 * so that the form's own rule can say so. A text field, because a calendar pop-up is slower than eight digits.
 */
export function DayField(props: FieldProps) {
  return <Typed {...props} read={typedDay} show={(v) => v} hint="dayHint" />
}

/** A date with a time of day, read in Asia/Shanghai; the value is a UTC instant. */
export function InstantField(props: FieldProps) {
  return <Typed {...props} read={typedInstant} show={minute} hint="instantHint" />
}

InstantField.Said = ({ value }: { value: string }) => minute(value)

function Typed({
  value,
  onChange,
  onBlur,
  read,
  show,
  hint,
  ...rest
}: FieldProps & {
  read: (text: string) => string | null
  show: (value: string) => string
  hint: 'dayHint' | 'instantHint'
}) {
  const t = useWords(common)
  const [text, setText] = useState(value ? shown(value, read, show) : '')
  useEffect(() => setText(value ? shown(value, read, show) : ''), [value, read, show])
  const settle = () => onChange?.(text.trim() === '' ? null : (read(text) ?? text))
  return (
    <Input
      {...rest}
      value={text}
      placeholder={t(hint)}
      inputMode="numeric"
      autoComplete="off"
      onChange={(e) => {
        setText(e.target.value)
        if (e.target.value.trim() === '') onChange?.(null)
        else {
          const whole = read(e.target.value)
          // Eight digits are a whole date already; anything else is read on leaving the field.
          if (whole && /^\d{8}$/.test(e.target.value.trim())) onChange?.(whole)
        }
      }}
      onPressEnter={settle}
      onBlur={(e) => {
        settle()
        onBlur?.(e)
      }}
    />
  )
}

const shown = (value: string, read: (text: string) => string | null, show: (value: string) => string) =>
  read(value) !== null || /T.*Z$/.test(value) ? show(value) : value

/** Form rules: the typed text must be a day, or an instant. */
export const isDay = (message: string) => ({
  validator: (_: unknown, v: string | null | undefined) =>
    !v || typedDay(v) ? Promise.resolve() : Promise.reject(new Error(message)),
})
export const isInstant = (message: string) => ({
  validator: (_: unknown, v: string | null | undefined) =>
    !v || (!Number.isNaN(Date.parse(v)) && /T/.test(v)) ? Promise.resolve() : Promise.reject(new Error(message)),
})
