import { refusal } from '../refusals.ts'

export const KindUnknown = refusal('ZJ_FILE_KIND_UNKNOWN', 415, {
  zh: '不能接收此类文件。可上传照片（JPG、PNG、WebP）、PDF、视频（MP4）、录音（M4A、MP3、WAV）、Word(docx)、Excel(xlsx)。',
  en: 'This kind of file is not taken in. Upload a photo (JPG, PNG, WebP), PDF, MP4, M4A, MP3, WAV, docx or xlsx.',
})
export const Empty = refusal('ZJ_FILE_EMPTY', 400, {
  zh: '文件是空的。请重新拍摄或选择后再上传。',
  en: 'The file is empty. Take or choose it again and upload it once more.',
})
export const Homeless = refusal('ZJ_FILE_HOMELESS', 400, {
  zh: '请说明文件属于哪位矫正对象或哪项业务，再上传。',
  en: 'Say which person or which matter the file belongs to, then upload it.',
})
export const IdTaken = refusal('ZJ_FILE_ID', 409, {
  zh: '此文件编号已用于另一份文件。请重新选择文件后再上传。',
  en: 'Another file bears this id. Choose the file again, then upload it.',
})
export const Damaged = refusal('ZJ_FILE_DAMAGED', 500, {
  zh: '文件内容与接收时的校验值不符，已停止下载。请立即告知管理员，并从备份中核对。',
  en: 'The file no longer matches the hash taken when it arrived; the download was stopped. Tell your administrator and compare with the backup.',
})
