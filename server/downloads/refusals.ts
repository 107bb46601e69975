import { refusal } from '../core/refusals.ts'

export const NotReady = refusal('ZJ_DOWNLOAD_NOT_READY', 409, {
  zh: '文件还在生成（已写 {done} / {total} 行）。完成后可在下载中心下载，无需停留在此页。',
  en: 'The file is still being made ({done} of {total} rows). It will be in the download centre; you need not wait here.',
})
export const Expired = refusal('ZJ_DOWNLOAD_EXPIRED', 410, {
  zh: '文件已过保存期并清除。如仍需要，请重新导出。',
  en: 'The file was cleared after its term. Export it again if you still need it.',
})
export const OtherPost = refusal('ZJ_DOWNLOAD_OTHER_POST', 403, {
  zh: '导出之后您的岗位、单位或查看范围已变动，此文件不再提供。如仍需要，请以现在的岗位重新导出。',
  en: 'Your post, unit or what you may see has changed since this export; it is not handed out any more. Export it again from your present post if you still need it.',
})
export const TooManyOpen = refusal('ZJ_DOWNLOADS_OPEN', 409, {
  zh: '您已有 {open} 个导出正在生成。请等其中一个完成后再导出。',
  en: '{open} of your exports are still being made. Wait for one of them, then export again.',
})
export const QueriesFull = refusal('ZJ_SAVED_QUERY_FULL', 409, {
  zh: '每个列表最多保存 {most} 个常用查询。请先删除不用的。',
  en: 'A list keeps at most {most} saved queries. Delete one first.',
})
