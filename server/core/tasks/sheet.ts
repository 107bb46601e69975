import type { FileAnswer } from '@zhijiao/contract/kernel'
import type { Task, TaskQuery } from '@zhijiao/contract/tasks'
import { placeWritten } from '@zhijiao/law/article'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { Session } from '../auth/session.ts'
import { type Cell, workbook, xlsxMime } from '../xlsx.ts'
import { taskKind } from './kinds.ts'
import type { View } from './list.ts'

/** Tasks of one export. */
export const exportMost = 5_000

const viewWords: Readonly<Record<View, string>> = { todo: '待办', overdue: '超期', watched: '抄送', done: '已办' }
const dueWords: Readonly<Record<NonNullable<TaskQuery['due']>, string>> = {
  overdue: '已超期',
  today: '今天到期',
  in3: '三日内到期',
  in7: '七日内到期',
  later: '七日后到期',
  none: '无期限或暂停计时',
}
const stateWords: Readonly<Record<Task['state'], string>> = {
  open: '待认领',
  claimed: '办理中',
  submitted: '待审核',
  done: '已办结',
  cancelled: '已取消',
}
const headings = [
  '级别',
  '事项',
  '标题',
  '矫正对象',
  '单位',
  '承办人',
  '状态',
  '送达',
  '期限',
  '计算方式',
  '依据',
  '办结',
  '结果',
]

const wallTime = (at: string | number | null) =>
  at === null
    ? ''
    : `${legalDayOf(new Date(at))} ${new Date(new Date(at).getTime() + 28_800_000).toISOString().slice(11, 16)}`

function cells(task: Task): Cell[] {
  const { clock } = task
  return [
    task.level,
    task.kindName.zh,
    task.title.zh,
    task.person?.name ?? '',
    task.orgName,
    task.owner?.name ?? '',
    task.paused ? '暂停计时' : clock.overdue ? `${stateWords[task.state]}（超期）` : stateWords[task.state],
    wallTime(clock.deliveredAt),
    clock.dueOn ?? (clock.dueAt ? wallTime(clock.dueAt) : (clock.uncounted?.zh ?? '')),
    clock.counted?.zh ?? '',
    clock.citation ? placeWritten(clock.citation) : '',
    wallTime(task.endedAt),
    task.outcomeSaid?.zh ?? task.outcome ?? '',
  ]
}

type Filters = Omit<TaskQuery, 'view' | 'page' | 'size' | 'sort'>

/** The conditions in words; a person, unit or colleague by the name that the rows found bear. */
function conditionWords(given: Filters, rows: readonly Task[]): string {
  const [first] = rows
  return [
    given.whose && (given.whose === 'mine' ? '我的任务' : '本单位任务'),
    given.kind && `事项 ${taskKind(given.kind).zh}`,
    given.level && `级别 ${given.level}`,
    given.org && `单位 ${rows.find((r) => r.org === given.org)?.orgName ?? given.org}`,
    given.person && `矫正对象 ${first?.person?.name ?? '—'}`,
    given.owner && `承办人 ${first?.owner?.name ?? '—'}`,
    given.due && `期限 ${dueWords[given.due]}`,
    given.q && `标题含“${given.q}”`,
    given.from && `送达自 ${wallTime(given.from)}`,
    given.until && `送达至 ${wallTime(given.until)}`,
  ]
    .filter(Boolean)
    .join('；')
}

/** The current list as a workbook, with its conditions and whoever took it away. */
export function taskSheet(
  rows: readonly Task[],
  about: {
    view: View
    filters: Filters
    total: number
    who: Session
    now: number
    request: string
  },
): FileAnswer {
  const { who, now } = about
  const mark = `${who.staff.name} ${who.staff.number.slice(-4)} ${wallTime(now)}`
  return {
    name: `任务清单 ${wallTime(now).replace(':', '')}.xlsx`,
    mime: xlsxMime,
    content: workbook({
      name: '任务',
      title: `任务清单（${viewWords[about.view]}）`,
      notes: [
        `查询条件：${conditionWords(about.filters, rows) || '全部'}`,
        `导出人：${who.staff.name}（${who.staff.number}）  导出时间：${wallTime(now)}  共 ${about.total} 件${about.total > rows.length ? `，导出前 ${rows.length} 件` : ''}`,
        `水印：${mark}  流水号：${about.request}  内部资料，不得外传`,
      ],
      headings,
      widths: [6, 16, 40, 12, 18, 12, 14, 17, 17, 30, 28, 17, 20],
      rows: rows.map(cells),
      watermark: mark,
      mark: about.request,
    }),
  }
}
