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
export const NotItsOrgan = refusal('ZJ_MATTER_NOT_ITS_ORGAN', 403, {
  zh: '只有委托机关可以撤回委托。县级收到撤回来函的，按“委托机关来函撤回”办理。',
  en: 'Only the organ that entrusted it takes it back here. The county enters a letter that says so.',
})
export const Stood = refusal('ZJ_MATTER_WITHDRAW', 403, {
  zh: '只有登记人可以撤回。请联系{name}。',
  en: 'Only whoever began it may take it back. Ask {name}.',
})
export const OldKind = refusal('ZJ_MATTER_OLD_KIND', 422, {
  zh: '没有“{kind}”这项业务。可用的业务代码见字段说明。',
  en: 'There is no business "{kind}". The list of fields names them.',
})
export const OldPerson = refusal('ZJ_MATTER_OLD_PERSON', 422, {
  zh: '没有档案“{person}”，或不在您的辖区。请先导入档案，或交由主管单位导入。',
  en: 'There is no file "{person}" in your area. Import the file first, or let the unit in charge import the matter.',
})
export const OldUnit = refusal('ZJ_MATTER_OLD_UNIT', 422, {
  zh: '单位“{org}”不存在或不在您的辖区。请核对单位代码。',
  en: 'The unit "{org}" does not exist or lies outside your area. Check its code.',
})
export const OldDay = refusal('ZJ_MATTER_OLD_DAY', 422, {
  zh: '日期“{on}”不是有效日期。请写成 2026-11-21。',
  en: '"{on}" is no date. Write it as 2026-11-21.',
})
export const OldIdTaken = refusal('ZJ_MATTER_OLD_ID', 409, {
  zh: '编号“{id}”已被其他单位的事项使用。请在来源系统中为它另取一个编号（UUID）。',
  en: 'A matter of another unit bears the id "{id}". Give it another UUID in the old system.',
})
export const OldPassage = refusal('ZJ_MATTER_OLD_PASSAGE', 422, {
  zh: '第 {n} 步“{step} → {way}”：“{name}”没有这一步，或事项在此之前已经办结。请按字段说明改正环节和去向。',
  en: 'Step {n}, "{step} → {way}": "{nameEn}" has no such step, or the matter had ended before it. Correct step and way by the list of fields.',
})
