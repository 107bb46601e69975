import { wordsOfPermission } from '@zhijiao/law/permission-words'
import { refusalOf } from '../core/refusals.ts'

const acts: Readonly<Record<string, { zh: string; en: string }>> = {
  view: { zh: '查看', en: 'Viewed' },
  search: { zh: '查询', en: 'Searched' },
  export: { zh: '导出', en: 'Exported' },
  write: { zh: '办理', en: 'Changed' },
  security: { zh: '安全操作', en: 'Security' },
  refused: { zh: '请求未获准：', en: 'Not permitted:' },
}
const rooms: Readonly<Record<string, { zh: string; en: string }>> = {
  account: { zh: '账号', en: 'account' },
  people: { zh: '矫正对象档案', en: 'person files' },
  orgs: { zh: '组织机构', en: 'units' },
  staff: { zh: '工作人员', en: 'staff' },
  audits: { zh: '审计日志', en: 'audit' },
  settings: { zh: '系统设置', en: 'settings' },
  lawDesk: { zh: '法规参数', en: 'law parameters' },
  positions: { zh: '定位轨迹', en: 'positions' },
  alarms: { zh: '报警', en: 'alarms' },
  desk: { zh: '报警', en: 'alarms' },
  fences: { zh: '电子围栏', en: 'fences' },
  devices: { zh: '设备', en: 'devices' },
  evidence: { zh: '证据', en: 'evidence' },
  tasks: { zh: '待办', en: 'tasks' },
  files: { zh: '附件', en: 'files' },
  documents: { zh: '法律文书', en: 'documents' },
  templates: { zh: '文书模板', en: 'document templates' },
  matters: { zh: '办理事项', en: 'matters' },
  leaves: { zh: '外出请假', en: 'leaves' },
  exitBans: { zh: '不准出境报备', en: 'exit bans' },
  entrustments: { zh: '调查评估委托', en: 'assessment requests' },
  obligations: { zh: '义务', en: 'duties' },
  activations: { zh: '定位启停', en: 'activations' },
  roster: { zh: '值班表', en: 'roster' },
  outages: { zh: '故障时段', en: 'outages' },
  downloads: { zh: '下载中心', en: 'downloads' },
  history: { zh: '历史数据', en: 'old files' },
}
const single: Readonly<Record<string, { zh: string; en: string }>> = {
  'account.signIn': { zh: '登录', en: 'Signed in' },
  'account.signOut': { zh: '退出', en: 'Signed out' },
  'people.reveal': { zh: '查看身份证号码和电话明文', en: 'Saw identity and phone in clear' },
  'people.look': { zh: '上级凭事由打开档案', en: 'Opened the file with a reason, as a superior' },
  'people.timeline': { zh: '查看时间轴', en: 'Viewed the timeline' },
  'people.export': { zh: '导出名册', en: 'Exported the register' },
  'people.importHistory': { zh: '导入历史档案', en: 'Imported old files' },
  'matters.importHistory': { zh: '导入历史办理事项', en: 'Imported old matters' },
  'leaves.importHistory': { zh: '导入历史外出', en: 'Imported old leaves' },
  'history.report': { zh: '导出未导入的历史数据行', en: 'Exported lines of old files that were left out' },
  'documents.importHistory': { zh: '导入历史文书', en: 'Imported old documents' },
  'positions.importCells': { zh: '导入基站库', en: 'Imported cell towers' },
  'positions.cellsReport': { zh: '导出未导入的基站行', en: 'Exported lines of a cell table that were left out' },
  'positions.importTracks': { zh: '导入历史轨迹', en: 'Imported old tracks' },
}

/** What a line of the audit says in plain words. */
export function wordsOfAudit(act: string, promise: string): { zh: string; en: string } {
  const own = single[promise]
  if (own && act !== 'refused') return own
  const [room = ''] = promise.split('.')
  const verb = acts[act] ?? { zh: act, en: act }
  const thing = rooms[room] ?? { zh: room, en: room }
  return { zh: `${verb.zh}${thing.zh}`, en: `${verb.en} ${thing.en}` }
}

/** What the commonest outcomes say to whoever reads them afterwards: what was not done and why, without a charge. */
const outcomes: Readonly<Record<string, { zh: string; en: string }>> = {
  ok: { zh: '成功', en: 'done' },
  ZJ_NOT_ALLOWED: { zh: '岗位没有这项权限', en: 'the post does not carry it' },
  ZJ_NOT_FOUND: {
    zh: '没有这个对象或记录，或不在其管辖范围内，未显示内容',
    en: 'no such person or record, or outside their area; nothing was shown',
  },
  ZJ_NOT_SIGNED_IN: { zh: '登录已失效', en: 'signed out' },
  ZJ_INVALID: { zh: '填写不符合要求', en: 'entries did not fit' },
  ZJ_CHANGED: { zh: '内容已被他人修改', en: 'somebody else had changed it' },
  ZJ_UNEXPECTED: { zh: '系统出错', en: 'something broke' },
}

/**
 * How what was asked ended, in words: those of the refusal itself, its first sentence without what it filled in, and of whom
 * it addressed as of somebody else. A code that no room knows any more stays a code. `permission` is the one that was missing.
 */
export function wordsOfOutcome(outcome: string, permission?: unknown): { zh: string; en: string } {
  if (outcome === 'ZJ_NOT_ALLOWED' && typeof permission === 'string') {
    const { zh, en } = wordsOfPermission(permission)
    return { zh: `岗位没有“${zh}”权限`, en: `the post does not carry “${en}”` }
  }
  const own = outcomes[outcome]
  if (own) return own
  const kind = refusalOf(outcome)
  if (!kind) return { zh: outcome, en: outcome }
  return {
    zh: firstSentence(kind.zh, /[。;]/).replace(/您的?/g, '其'),
    en: firstSentence(kind.en, /[.;](?= |$)/)
      .replace(/\b(Y|y)our\b/g, (_, y) => (y === 'Y' ? 'Their' : 'their'))
      .replace(/\b(Y|y)ou\b/g, (_, y) => (y === 'Y' ? 'They' : 'they')),
  }
}

function firstSentence(text: string, end: RegExp): string {
  const at = text.search(end)
  return (at < 0 ? text : text.slice(0, at)).replace(/\{\w+\}/g, '…')
}
