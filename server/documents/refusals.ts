import { refusal } from '../core/refusals.ts'

export const TemplateUnknown = refusal('ZJ_DOCUMENT_TEMPLATE', 422, {
  zh: '没有“{template}”这份文书模板。请从文书中心的模板列表中选择。',
  en: 'There is no template "{template}". Choose one from the list of templates.',
})
