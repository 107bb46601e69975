import { refusal } from '../core/refusals.ts'

export const NoticesOff = refusal('ZJ_NOTICE_OFF', 409, {
  zh: '本平台没有接入短信网关，不能发送。请电话告知；需要接入的，请系统管理员按运行指南设置 ZJ_SMS_URL。',
  en: 'This platform is connected to no gateway of short messages. Call instead; to connect one, the system administrator sets ZJ_SMS_URL as the guide says.',
})
export const NoPhone = refusal('ZJ_NOTICE_NO_PHONE', 409, {
  zh: '档案中没有本人手机号码。请先在档案中补充，或改用其他方式告知。',
  en: 'The file has no mobile number. Add it there first, or tell him another way.',
})
export const TooOften = refusal('ZJ_NOTICE_OFTEN', 409, {
  zh: '这份文书今天已发送 {most} 条短信。请改用电话告知，或明天再发。',
  en: 'Today {most} messages were sent about this document. Call instead, or send another tomorrow.',
})
export const Personal = refusal('ZJ_NOTICE_PERSONAL', 422, {
  zh: '短信会显示在锁屏上，不能写身份证号码。请删去号码后再发。',
  en: 'A message shows on a locked screen: it may not carry an identity number. Take the number out and send again.',
})
