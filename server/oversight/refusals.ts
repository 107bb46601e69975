import { refusal } from '../core/refusals.ts'

export const OfPerson = refusal('ZJ_OVERSIGHT_PERSON', 400, {
  zh: '监督对象选了“社区矫正对象的监督管理”，还没有选是哪一位。请在上方选择矫正对象。',
  en: 'It is about how a person is supervised, and nobody is chosen. Choose the person above.',
})
export const OfMatter = refusal('ZJ_OVERSIGHT_MATTER', 400, {
  zh: '监督对象选了“某一办理事项”，还没有关联事项。请打开该事项，从事项页面提出；或者改选其他监督对象。',
  en: 'It is about a matter, and none is linked. Open the matter and raise it there, or choose another object.',
})
export const NotHisDesk = refusal('ZJ_OVERSIGHT_DESK', 400, {
  zh: '“在本平台提出”由检察监督人员本人登记。收到纸质文书或者口头意见的，请选“纸质文书或口头提出”。',
  en: '"On this platform" is entered by the procurator himself. For what came on paper or by word choose the other.',
})
export const NotPaper = refusal('ZJ_OVERSIGHT_PAPER', 400, {
  zh: '检察监督人员登记的，请选“检察机关在本平台提出”，回复直接送到您的待办。',
  en: 'What a procurator enters is raised on this platform: choose that, and the reply comes to your own list.',
})
