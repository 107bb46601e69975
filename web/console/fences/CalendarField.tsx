import type { FenceCalendar } from '@zhijiao/contract/fences'
import { Button, Checkbox, Input, Segmented } from 'antd'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { fenceWords } from './words.ts'

export type Calendar = NonNullable<FenceCalendar>
type Window = Calendar['windows'][number]
const days = [1, 2, 3, 4, 5, 6, 7] as const
const night: Window = { start: '22:00', end: '06:00' }

/** Always, or daily windows in Asia/Shanghai. */
export function CalendarField({
  value = null,
  onChange,
  disabled = false,
}: {
  value?: Calendar | null
  onChange?: (next: Calendar | null) => void
  disabled?: boolean
}) {
  const t = useWords(fenceWords)
  const c = useWords(common)
  const windows = value?.windows ?? []
  const put = (next: readonly Window[]) => onChange?.(next.length === 0 ? null : { ...value, windows: [...next] })
  const change = (i: number, part: Partial<Window>) => put(windows.map((w, at) => (at === i ? { ...w, ...part } : w)))
  return (
    <div>
      <Segmented
        disabled={disabled}
        value={value ? 'windows' : 'always'}
        onChange={(way) => onChange?.(way === 'always' ? null : { windows: [night] })}
        options={[
          { value: 'always', label: t('always') },
          { value: 'windows', label: t('calendar') },
        ]}
      />
      {windows.map((w, i) => (
        // Windows have no name of their own; their place in the list is what tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: a window is its place
        <div key={i} style={{ marginTop: 8 }}>
          <Input
            disabled={disabled}
            style={{ width: 90 }}
            aria-label={t('start')}
            prefix={t('start')}
            value={w.start}
            placeholder={t('timeHint')}
            onChange={(e) => change(i, { start: e.target.value })}
          />{' '}
          <Input
            disabled={disabled}
            style={{ width: 90 }}
            aria-label={t('end')}
            prefix={t('end')}
            value={w.end}
            placeholder={t('timeHint')}
            onChange={(e) => change(i, { end: e.target.value })}
          />{' '}
          <Button size="small" type="link" disabled={disabled} onClick={() => put(windows.filter((_, at) => at !== i))}>
            {c('remove')}
          </Button>
          <Checkbox.Group
            disabled={disabled}
            aria-label={t('weekdays')}
            value={w.weekdays ?? [...days]}
            options={days.map((d) => ({ value: d, label: t(`d${d}`) }))}
            onChange={(chosen) => {
              const { weekdays: _, ...rest } = w
              put(
                windows.map((one, at) =>
                  at === i
                    ? chosen.length === 7 || chosen.length === 0
                      ? rest
                      : { ...rest, weekdays: [...chosen].sort() }
                    : one,
                ),
              )
            }}
          />
        </div>
      ))}
      {value ? (
        <p className="zj-muted zj-small">
          <Button size="small" disabled={disabled} onClick={() => put([...windows, night])}>
            {t('addWindow')}
          </Button>{' '}
          {t('overnight')}
        </p>
      ) : null}
    </div>
  )
}
