import type { CivilDate } from '@zhijiao/law/civil-date'
import { daysInclusive } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { LeaveLevel } from '@zhijiao/law/leave'
import type { House } from '../core/house.ts'
import type { Inside } from '../core/room.ts'
import { documentsIn } from '../documents/index.ts'
import { dayWritten } from '../procedures/index.ts'
import type { AtDestination } from './domain.ts'
import type { LeaveRow } from './store.ts'

const opinionOf: Readonly<Record<LeaveLevel, string>> = {
  office: '司法所意见',
  county: '县级意见',
  city: '上级意见',
}

/** The days of a leave as its papers write them: 2026年3月10日至2026年3月16日,共7日. */
const timesOf = (row: LeaveRow) =>
  `${dayWritten(row.from_day)}至${dayWritten(row.until_day)}，共${daysInclusive(row.from_day as CivilDate, row.until_day as CivilDate)}日`

/** 韦某（姐姐），13800000009，示例区幸福路 1 号. */
const contactWritten = ({ name, relation, phone, address }: AtDestination) =>
  [`${name}${relation ? `（${relation}）` : ''}`, phone, address].filter(Boolean).join('，')

/** Each level's words at its own place: opinions of those below, the decision of the competent one. */
function opinions(row: LeaveRow): Record<string, string> {
  const words: Record<string, string> = {}
  for (const level of ['office', 'county'] as const) {
    const said = row.opinions[level]
    if (said) words[opinionOf[level]] = said.text
  }
  if (row.decided_at && (row.state === 'approved' || row.state === 'refused' || row.state === 'returned'))
    words[opinionOf[row.competent]] = `${row.state === 'refused' ? '不予批准' : '批准'}：${row.decision_note}`
  return words
}

/** Papers of a leave (LVE-01 … LVE-09): the application form D10 follows it from end to end, D15 tells the result. */
export function leavePapers(inside: Inside, house: House, law: Law) {
  const documents = documentsIn(inside, house)
  const draft = (
    template: string,
    row: LeaveRow,
    on: CivilDate,
    by: { id: string; name: string },
    values: Readonly<Record<string, string | readonly string[]>>,
    anew = false,
  ) => documents.draft({ template, org: row.org_code, person: row.person_id, subject: row.id, on, values, by, anew })

  return {
    /**
     * 外出审批表, as far as the application has come. Where one was issued on the way, at the decision for most, what
     * came after it (the return above all) stands on a further one; the issued one is never touched.
     */
    form: (row: LeaveRow, on: CivilDate, by: { id: string; name: string }) =>
      draft(
        'D10',
        row,
        on,
        by,
        {
          目的地: row.destination,
          ...(row.contact ? { 目的地联系人: contactWritten(row.contact) } : {}),
          外出理由: row.reason_text,
          起止时间: timesOf(row),
          ...opinions(row),
          ...(row.delayed_at
            ? {
                返回情况: `报告不能按期返回，预计${dayWritten(row.delayed_until ?? '')}返回：${row.delay_reason ?? ''}`,
              }
            : {}),
          ...(row.returned_on ? { 返回情况: `${dayWritten(row.returned_on)}返回并报告销假` } : {}),
        },
        true,
      ),

    /** 事项审批告知书, at the decision. */
    notice: (row: LeaveRow, on: CivilDate, by: { id: string; name: string }) => {
      const { source, article } = law.cite(row.rule as Parameters<Law['cite']>[0])
      return draft('D15', row, on, by, {
        事项: `外出至${row.destination}（${timesOf(row)}）`,
        审批结果: row.state === 'refused' ? '不予批准' : '批准',
        理由: row.decision_note,
        要求:
          row.state === 'refused'
            ? ['未经批准不得离开所居住的市、县']
            : [
                '保持手机畅通，接受电话、视频等方式的监督管理',
                '期满前返回居住地并办理销假手续',
                '不能按期返回的，立即报告并提交证明',
              ],
        依据: `${source}第${article}条`,
      })
    },
  }
}
