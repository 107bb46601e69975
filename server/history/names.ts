import type { HistoryKind } from '@zhijiao/contract/history'

/** What each kind of old files is called on a sheet. */
export const kindNames: Readonly<Record<HistoryKind, string>> = {
  people: '档案与时间线',
  tracks: '定位启用与轨迹',
  matters: '办理事项',
  leaves: '外出请假',
  documents: '法律文书',
}
