import { dictionary } from '../../ui/language.ts'

export const exitBanWords = dictionary({
  title: ['出境报备情况', 'Exit bans to report'],
  what: [
    '在矫人员均须向出入境管理机关报备法定不准出境。报备期限自登记接收之日起算，接收时自动列入县级待办。这里列出尚未报备的，逾期最久的在前，随后按应报备日排列。',
    'The ban on leaving the country of everybody in correction is reported to the border authority. The time runs from the reception, which puts it on the county’s desk. Listed here: those not reported yet, the longest overdue first, then by the day it is due.',
  ],
  person: ['对象', 'Person'],
  unit: ['单位', 'Unit'],
  since: ['登记接收日期', 'Received on'],
  due: ['应报备日', 'To report by'],
  overdue: ['已逾期', 'overdue'],
  inTime: ['期限内', 'in time'],
  state: ['情况', 'State'],
  only: ['范围', 'Which'],
  onlyLate: ['仅看逾期', 'Overdue only'],
  all: ['全部未报备', 'All not reported'],
  begin: ['登记报备', 'Report'],
  go: ['继续办理', 'Continue'],
  none: ['在矫人员均已报备，无遗漏。', 'Everybody in correction is reported.'],
})
