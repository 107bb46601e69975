import type { AreaShape, Fence, FenceKind } from '@zhijiao/contract/fences'
import type { ComparedField } from '../../ui/Conflict.tsx'
import { useWords } from '../../ui/language.ts'
import type { Calendar } from './CalendarField.tsx'
import { areaOf, drawingOf } from './drawing.ts'
import { fenceWords, kindWord } from './words.ts'

/** What of a fence is edited here; two versions are compared in it. */
export type Version = {
  readonly name: string
  readonly kind: FenceKind
  readonly personal: boolean
  readonly calendar: Calendar | null
  readonly dwellMin: number
  readonly basis: string
  readonly sourceNote: string
  readonly area: AreaShape
}

export const versionOf = (fence: Fence): Version => ({
  name: fence.name,
  kind: fence.kind,
  personal: fence.personal,
  calendar: fence.calendar,
  dwellMin: fence.dwellMin,
  basis: fence.basis,
  sourceNote: fence.sourceNote,
  area: comparable(fence.area),
})

/** An outline in the one way in which it is drawn here, so that two that are the same read the same. */
export function comparable(area: AreaShape): AreaShape {
  const drawing = drawingOf(area)
  return ((drawing && areaOf(drawing)) ?? area) as AreaShape
}

/** The fields as the comparison names them. */
export function useComparedFields(): readonly ComparedField[] {
  const t = useWords(fenceWords)
  const ofCalendar = (calendar: Calendar) =>
    calendar.windows
      .map(({ start, end, weekdays = [] }) => [`${start}–${end}`, ...weekdays.map((d) => t(`d${d}` as 'd1'))].join(' '))
      .join(' / ')
  const ofArea = (area: AreaShape) => {
    if (area.kind === 'circle') return `${t('circle')} · ${t('radius')} ${Math.round(area.radiusM)}`
    const corners = area.kind === 'corridor' ? area.coordinates.length : (area.coordinates[0]?.[0]?.length ?? 1) - 1
    return `${t(area.kind)} · ${t('cornerCount', { n: corners })}`
  }
  return [
    { path: 'area', label: t('outline'), says: (v) => ofArea(v as AreaShape) },
    { path: 'name', label: t('name') },
    { path: 'kind', label: t('kind'), says: (v) => t(kindWord[v as FenceKind]) },
    { path: 'personal', label: t('personal'), says: (v) => t(v ? 'personalYes' : 'personalNo') },
    { path: 'calendar', label: t('calendar'), says: (v) => ofCalendar(v as Calendar) },
    { path: 'dwellMin', label: t('dwell') },
    { path: 'basis', label: t('basis') },
    { path: 'sourceNote', label: t('sourceNote') },
  ]
}
