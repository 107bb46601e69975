import { dueGroups } from '@zhijiao/contract/tasks'
import { Button } from 'antd'
import { useWords } from '../../ui/language.ts'
import { taskWords } from './words.ts'

export type DueGroup = (typeof dueGroups)[number]

/** The to-do list by when it falls due; the numbers are those of the list behind them. */
export function DueGroups({
  counts,
  total,
  value,
  onChange,
}: {
  counts: Readonly<Record<DueGroup, number>> | undefined
  total: number | undefined
  value: DueGroup | null
  onChange: (group: DueGroup | null) => void
}) {
  const t = useWords(taskWords)
  const one = (group: DueGroup | null, name: string, n: number | undefined) => (
    <Button
      key={group ?? 'all'}
      type={value === group ? 'primary' : 'default'}
      aria-pressed={value === group}
      className={group === 'overdue' && (n ?? 0) > 0 && value !== group ? 'zj-tone-red' : ''}
      onClick={() => onChange(group)}
    >
      {name} {n ?? '—'}
    </Button>
  )
  return (
    <fieldset className="zj-due-groups" aria-label={t('byDue')}>
      {one(null, t('allDue'), total)}
      {dueGroups
        .filter((group) => value === group || counts === undefined || counts[group] > 0 || group !== 'none')
        .map((group) => one(group, t(`due_${group}`), counts?.[group]))}
    </fieldset>
  )
}
