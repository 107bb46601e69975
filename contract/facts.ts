/**
 * What each kind of ledger entry says in a timeline, `room.pastTense` → words. A kind that is not listed is shown by its
 * room's words; add a line here when a room writes a new kind.
 */
export const factWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'person.enrolled': { zh: '建立档案', en: 'File opened' },
  'person.imported': { zh: '档案由旧系统或表格导入', en: 'File imported' },
  'person.corrected': { zh: '更正基本信息', en: 'Header corrected' },
  'person.assigned': { zh: '调整责任人', en: 'Officer assigned' },
  'person.merged': { zh: '并入另一份重复档案', en: 'Another file merged into this one' },
  'person.mergedAway': { zh: '本档案并入另一份档案', en: 'This file was merged into another' },
  'person.lookedAt': { zh: '上级凭事由查看档案', en: 'A superior opened the file with a reason' },
  'part.added': { zh: '新增档案内容', en: 'Row added' },
  'part.corrected': { zh: '更正档案内容', en: 'Row corrected' },
  'part.ended': { zh: '结束档案内容', en: 'Row ended' },
  'fence.assigned': { zh: '设定电子围栏', en: 'Fence assigned' },
  'fence.released': { zh: '解除电子围栏', en: 'Fence released' },
  'episode.raised': { zh: '发现异常', en: 'Episode raised' },
  'episode.settled': { zh: '异常已了结', en: 'Episode settled' },
  'activation.approved': { zh: '批准启用定位', en: 'Activation approved' },
  'activation.ended': { zh: '停止定位', en: 'Activation ended' },
  'evidence.exported': { zh: '导出证据包', en: 'Evidence pack exported' },
  'history.visit': { zh: '走访(历史)', en: 'Visit (from old files)' },
  'history.report': { zh: '报告(历史)', en: 'Report (from old files)' },
  'history.talk': { zh: '谈话(历史)', en: 'Talk (from old files)' },
  'history.leave': { zh: '外出(历史)', en: 'Leave (from old files)' },
  'history.note': { zh: '记事(历史)', en: 'Note (from old files)' },
}
const rooms: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  person: { zh: '档案记录', en: 'File record' },
  part: { zh: '档案内容', en: 'File row' },
  episode: { zh: '异常记录', en: 'Episode record' },
  alarm: { zh: '报警记录', en: 'Alarm record' },
  activation: { zh: '定位启停记录', en: 'Activation record' },
  device: { zh: '设备记录', en: 'Device record' },
  fence: { zh: '围栏记录', en: 'Fence record' },
  task: { zh: '待办记录', en: 'Task record' },
  leave: { zh: '外出记录', en: 'Leave record' },
  evidence: { zh: '证据记录', en: 'Evidence record' },
  position: { zh: '定位记录', en: 'Position record' },
  history: { zh: '历史记录', en: 'Record from old files' },
  closure: { zh: '结案记录', en: 'Closure record' },
}

/** The words of a kind; never empty. */
export function wordsOfFact(kind: string): { zh: string; en: string } {
  const known = factWords[kind] ?? rooms[kind.split('.')[0] ?? '']
  return known ? { ...known } : { zh: `记录 ${kind}`, en: `Record ${kind}` }
}
