import { dictionary } from '../../ui/language.ts'

export const downloadWords = dictionary({
  title: ['下载中心', 'Download centre'],
  note: [
    '超过 5,000 行的导出在后台生成，完成后保存 {days} 天，只有您本人可以下载；每次下载都记入审计。',
    'Exports of more than 5,000 rows are made in the background and kept for {days} days; only you can fetch them, and each fetch is audited.',
  ],
  none: ['还没有后台导出', 'No exports yet'],
  noneHint: [
    '在名册等列表点“导出”，数据较多时会自动转到这里。',
    'Press Export on a list; large ones come here by themselves.',
  ],
  what: ['内容', 'What'],
  reason: ['事由', 'Reason'],
  asked: ['申请时间', 'Asked'],
  progress: ['进度', 'Progress'],
  expires: ['保存至', 'Kept until'],
  waiting: ['排队中', 'waiting'],
  running: ['生成中', 'being made'],
  ready: ['可下载', 'ready'],
  failed: ['未完成，请重新导出', 'failed; export it again'],
  expired: ['已过期清除', 'expired'],
  withheld: ['岗位已变动，不再提供', 'Your post has changed; not handed out any more'],
  withheldHint: ['如仍需要，请以现在的岗位重新导出。', 'Export it again from your present post if you still need it.'],
  rows: ['{done} / {total} 行', '{done} of {total} rows'],
  fetch: ['下载', 'Download'],
  fetched: ['已下载 {name}', 'Downloaded {name}'],
})
