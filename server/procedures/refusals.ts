import { refusal } from '../core/refusals.ts'

export const KindUnknown = refusal('ZJ_MATTER_KIND', 404, {
  zh: '没有“{kind}”这项业务。请从菜单重新选择。',
  en: 'There is no business "{kind}". Choose it from the menu again.',
})
export const PersonNeeded = refusal('ZJ_MATTER_PERSON', 422, {
  zh: '“{name}”须指明矫正对象。请先选择对象，再登记。',
  en: '"{nameEn}" is about a supervised person. Choose the person first.',
})
export const NotNow = refusal('ZJ_MATTER_NOT_NOW', 409, {
  zh: '该对象目前为“{state}”，不能办理“{name}”。请先办理状态变更，或改办其他事项。',
  en: 'The person is "{stateEn}" now; "{nameEn}" cannot be begun. Change the state first, or begin another business.',
})
export const Running = refusal('ZJ_MATTER_RUNNING', 409, {
  zh: '该对象已有一件“{name}”正在办理。请打开那一件继续，不要重复登记。',
  en: 'A "{nameEn}" of this person is under way. Open that one instead of beginning another.',
})
export const Over = refusal('ZJ_MATTER_OVER', 409, {
  zh: '此事项已办结（{end}）。如需变更，请另行登记。',
  en: 'This matter has ended ({endEn}). Begin another if something must change.',
})
export const WayUnknown = refusal('ZJ_MATTER_WAY', 409, {
  zh: '现在的环节是“{step}”，没有这个去向。请刷新后再办。',
  en: 'The present step is "{stepEn}"; it has no such way. Refresh and act again.',
})
export const NotYours = refusal('ZJ_MATTER_NOT_YOURS', 403, {
  zh: '此环节由{unit}的{post}办理。您可以催办，或请其转办。',
  en: 'This step is in the hands of {postEn} at {unit}. Urge them, or ask them to hand it over.',
})
export const OwnProposal = refusal('ZJ_MATTER_OWN', 403, {
  zh: '登记、提出意见的人不能自己审批。请由本单位另一名有审批权限的人办理。',
  en: 'Who registered or proposed it does not decide it. Let another competent colleague of your unit decide.',
})
export const ReasonNeeded = refusal('ZJ_MATTER_REASON', 422, {
  zh: '“{way}”须写明理由，对方要据此办理。请补充后提交。',
  en: '"{wayEn}" needs a reason: others act on it. Write it and send again.',
})
export const Decided = refusal('ZJ_MATTER_DECIDED', 409, {
  zh: '此事项已有人作出决定，不能撤回。如需变更，请另行登记。',
  en: 'Somebody has decided already; it cannot be taken back. Begin another if something must change.',
})
export const Stood = refusal('ZJ_MATTER_WITHDRAW', 403, {
  zh: '只有登记人可以撤回。请联系{name}。',
  en: 'Only whoever began it may take it back. Ask {name}.',
})
