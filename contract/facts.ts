import { procedureOf } from './procedures/all.ts'

/**
 * What each kind of ledger entry says in a timeline, `room.pastTense` → words. A kind that is not listed is shown by its
 * room's words; add a line here when a room writes a new kind.
 */
export const factWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'person.enrolled': { zh: '建立档案', en: 'File opened' },
  'person.imported': { zh: '档案由旧系统或表格导入', en: 'File imported' },
  'person.corrected': { zh: '更正基本信息', en: 'Header corrected' },
  'person.changedBy': { zh: '因办理事项变更档案', en: 'File changed by a matter' },
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
  'alarm.imported': { zh: '历史报警导入', en: 'Alarm from old files' },
  'alarm.merged': { zh: '另一条报警并入本条一并处置', en: 'Another alarm merged into this one' },
  'alarm.mergedAway': { zh: '本条报警并入另一条处置', en: 'This alarm was merged into another' },
  'activation.approved': { zh: '批准启用定位', en: 'Activation approved' },
  'activation.ended': { zh: '停止定位', en: 'Activation ended' },
  'evidence.exported': { zh: '导出证据包', en: 'Evidence pack exported' },
  'outage.declared': { zh: '登记故障时段', en: 'Outage declared' },
  'outage.ended': { zh: '故障时段结束', en: 'Outage ended' },
  'outage.detected': { zh: '发现故障时段', en: 'Outage detected' },
  'document.drafted': { zh: '起草文书', en: 'Document drafted' },
  'document.corrected': { zh: '更正文书草稿', en: 'Draft of a document corrected' },
  'document.issued': { zh: '制发文书', en: 'Document issued' },
  'document.signed': { zh: '在文书上签名', en: 'Document signed by hand' },
  'document.sealed': { zh: '文书加盖电子印章', en: 'Document sealed' },
  'document.delivered': { zh: '送达文书', en: 'Document delivered' },
  'document.voided': { zh: '作废文书', en: 'Document voided' },
  'template.drafted': { zh: '起草文书模板', en: 'Document template drafted' },
  'template.published': { zh: '发布文书模板', en: 'Document template published' },
  'template.withdrawn': { zh: '撤回文书模板', en: 'Document template withdrawn' },
  'seal.made': { zh: '生成或导入电子印章证书', en: 'Certificate of the seal made or imported' },
  'documentUnit.set': { zh: '设定发文机关名称和代字', en: 'Letterhead and number characters set' },
  'violation.weighed': { zh: '法律对违规事实的意见', en: 'What the law says to a violation' },
  'admonition.given': { zh: '给予训诫', en: 'Admonished' },
  'warning.given': { zh: '给予警告', en: 'Warned' },
  'correction.ended': { zh: '社区矫正结束', en: 'Correction ended' },
  'file.received': { zh: '接收文件并存证', en: 'File received and hashed' },
  'org.added': { zh: '新增单位', en: 'Unit added' },
  'org.changed': { zh: '修改单位', en: 'Unit changed' },
  'org.closed': { zh: '停用单位', en: 'Unit closed' },
  'org.reopened': { zh: '恢复单位', en: 'Unit reopened' },
  'staff.added': { zh: '新增工作人员', en: 'Staff member added' },
  'staff.changed': { zh: '修改工作人员', en: 'Staff member changed' },
  'staff.closed': { zh: '停用账号', en: 'Account closed' },
  'staff.reopened': { zh: '恢复账号', en: 'Account reopened' },
  'staff.rolesSet': { zh: '调整岗位权限', en: 'Posts changed' },
  'recovery.asked': { zh: '申请找回动态码', en: 'Recovery of a second factor asked' },
  'recovery.decided': { zh: '批准找回动态码', en: 'Recovery decided' },
  'cells.imported': { zh: '导入基站表', en: 'Cell table imported' },
  'track.sealed': { zh: '封存当日轨迹', en: 'Track of the day sealed' },
  'track.lookedAt': { zh: '上级凭事由查看轨迹', en: 'A superior looked at the track with a reason' },
  'retention.tracksPurged': { zh: '期满清除轨迹', en: 'Tracks purged when their period ended' },
  'retention.payloadsPurged': { zh: '期满清除记录内容', en: 'Contents of entries purged' },
  'retention.auditPurged': { zh: '期满清除审计日志', en: 'Old audit lines purged' },
  'relocation.moved': {
    zh: '本人已到新执行地报到,档案转入新执行地',
    en: 'Reported at the new county; the file moved there',
  },
  'leave.opined': { zh: '对外出申请填写意见', en: 'Opinion on a leave' },
  'leave.delayed': { zh: '报告不能按期返回', en: 'Reported that the return will be late' },
  'history.imported': { zh: '导入历史资料', en: 'Old files imported' },
  'law.drafted': { zh: '起草规则参数', en: 'Rule parameter drafted' },
  'law.published': { zh: '发布规则参数', en: 'Rule parameter published' },
  'law.withdrawn': { zh: '撤回规则参数', en: 'Rule parameter withdrawn' },
  'org.founded': { zh: '首次设立平台', en: 'Installation founded' },
  'setting.changed': { zh: '修改设置', en: 'Setting changed' },
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

const happened: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  begun: { zh: '登记', en: 'registered' },
  passed: { zh: '办理', en: 'passed on' },
  ended: { zh: '办结', en: 'ended' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
}

/** The words of a kind; never empty. */
export function wordsOfFact(kind: string): { zh: string; en: string } {
  const [business = '', what = ''] = kind.split('.')
  const procedure = procedureOf(business)
  const how = happened[what]
  if (procedure && how) return { zh: `${procedure.zh}：${how.zh}`, en: `${procedure.en}: ${how.en}` }
  const known = factWords[kind] ?? rooms[kind.split('.')[0] ?? '']
  return known ? { ...known } : { zh: `记录 ${kind}`, en: `Record ${kind}` }
}
