import { refusal } from '../core/refusals.ts'

export const TooMild = refusal('ZJ_CONDUCT_TOO_MILD', 422, {
  zh: '“{chosen}”轻于法律对已查实事实规定的最轻处理“{lawful}”（{article}:{ground}）。请选择“{lawful}”；认为事实不成立的，退回补充核查或认定不构成违规。',
  en: '"{chosenEn}" is milder than the mildest the law allows for these facts, "{lawfulEn}" ({article}: {groundEn}). Choose that; if the facts do not stand, return it or find no breach.',
})
export const NoGround = refusal('ZJ_CONDUCT_NO_GROUND', 422, {
  zh: '已查实的事实尚不构成“{chosen}”的情形。法律现在支持的处理：{open}。{asks}',
  en: 'The established facts give no ground for "{chosenEn}". The law now supports: {openEn}. {asksEn}',
})
export const NotThisCategory = refusal('ZJ_CONDUCT_CATEGORY', 422, {
  zh: '“{chosen}”不适用于{category}对象（{article}）。请选择适用于该类别的处理。',
  en: '"{chosenEn}" does not apply to {categoryEn} ({article}). Choose what applies to this category.',
})
export const FactUnfit = refusal('ZJ_CONDUCT_FACT_UNFIT', 422, {
  zh: '“{what}”不会发生在{category}对象身上（{article}）。请核对矫正类别，或另选“法律上属于”。',
  en: '"{whatEn}" cannot happen to a person in {categoryEn} ({article}). Check the category, or choose another kind in law.',
})
export const NoExcuse = refusal('ZJ_CONDUCT_NO_EXCUSE', 422, {
  zh: '核查环节没有认定正当理由或事先获准，不能按“有正当理由”了结。请退回补充核查。',
  en: 'The check found neither a proper reason nor an authorisation. Return it to be checked.',
})
export const WeightNeeded = refusal('ZJ_CONDUCT_WEIGHT', 422, {
  zh: '此类违规须由司法所认定情节（轻微、较重、严重）。请填写“情节”后上报。',
  en: 'For this kind of breach the office judges its weight. Fill in the weight and submit again.',
})
export const GroundNeeded = refusal('ZJ_CONDUCT_ITEM', 422, {
  zh: '处理须写明依据。请选择“依据的条项”；条项之外的，写入依据栏。',
  en: 'It must say what it rests on. Choose the items of the article, or write down what else it is.',
})
export const FactUnknown = refusal('ZJ_CONDUCT_FACT', 422, {
  zh: '有 {count} 条选取的记录不属于该对象或您无权查看。请重新选取。',
  en: '{count} of the chosen records are not of this person, or not yours to see. Choose them again.',
})
export const Unexamined = refusal('ZJ_CONDUCT_UNEXAMINED', 409, {
  zh: '“{name}”须由查实的违规转来。请先登记违规核查，由县级社区矫正机构作出处理决定。',
  en: '"{nameEn}" follows an examined violation. Register the violation first; the county decides what follows.',
})
export const OtherHand = refusal('ZJ_CONDUCT_OTHER_HAND', 403, {
  zh: '登记、整理该事项的人不能自己签发。请由另一名负责人签发，或者退回补充、由他人整理后再签发。',
  en: 'Whoever prepared it does not sign it. Let another head sign, or send it back and let somebody else prepare it.',
})
export const GuardianNeeded = refusal('ZJ_CONDUCT_GUARDIAN', 422, {
  zh: '该对象为未成年人，须通知监护人到场（{article}）。请填写到场监护人。',
  en: 'The person is a minor: the guardian must be present ({article}). Name the guardian.',
})
export const NotPublic = refusal('ZJ_CONDUCT_NOT_PUBLIC', 422, {
  zh: '该对象为未成年人，其考核奖惩和宣告不公开（{article}）。请取消“公示”“公开”。',
  en: 'The person is a minor: nothing of it is made public ({article}). Take "public" back.',
})
export const SealedNotPublic = refusal('ZJ_CONDUCT_SEALED', 422, {
  zh: '该对象的犯罪记录已封存，其考核奖惩和宣告不得公开（{article}）。请取消“公示”“公开”。',
  en: 'The record of this person is sealed: nothing of it is made public ({article}). Take "public" back.',
})
export const MonthsMissing = refusal('ZJ_CONDUCT_MONTHS', 422, {
  zh: '接受矫正满 {months} 个月方可以一贯表现给予表扬（{article}），最早 {from}。有突出表现的，请选“突出表现”。',
  en: 'Good conduct is commended after {months} months in correction ({article}), from {from}. For a notable deed choose that ground.',
})
export const TestsMissing = refusal('ZJ_CONDUCT_TESTS', 422, {
  zh: '一贯表现良好须同时具备四项条件（{article}），请逐项核实勾选；缺一项的不予表扬。',
  en: 'Steady good conduct needs all four tests ({article}). Check each; without one there is no commendation.',
})
export const MeritNeeded = refusal('ZJ_CONDUCT_MERIT', 422, {
  zh: '缓刑对象一般不减刑，有重大立功表现的除外（{article}）。请核实是否为重大立功。',
  en: 'A suspended sentence is commuted only for a great merit ({article}). Check whether it is one.',
})
export const NoProposal = refusal('ZJ_CONDUCT_NO_PROPOSAL', 409, {
  zh: '提请逮捕须有正在办理的撤销缓刑、撤销假释提请（{article}）。请先提请撤销，再选取该事项。',
  en: 'An arrest is requested while a revocation is proposed ({article}). Propose it first, then choose that matter.',
})
export const TakenEarly = refusal('ZJ_CONDUCT_TAKEN', 422, {
  zh: '执行逮捕日期不能早于法院决定逮捕的 {decided}。此前被其他机关羁押的，办理“被羁押登记”；请核对日期。',
  en: 'Nobody is taken before the court decided on {decided}. Held by another organ before: register the detention. Check the day.',
})
export const SearchIncomplete = refusal('ZJ_CONDUCT_SEARCH', 422, {
  zh: '认定“未找到”前须有通信联络、信息化核查、实地查访记录（{article}），现缺：{missing}。',
  en: 'Before "not found" there must be calls, an information check and a visit on record ({article}); missing: {missingEn}.',
})
export const TermNotShorter = refusal('ZJ_CONDUCT_TERM', 422, {
  zh: '减刑后的矫正止日须早于现止日 {end} 且不早于今天。请按裁定填写。',
  en: 'The new last day lies before {end} and not in the past. Fill it in as ruled.',
})
export const CaughtNeeded = refusal('ZJ_CONDUCT_CAUGHT', 422, {
  zh: '请填写抓获日期和地点后再登记“已抓获”。',
  en: 'Fill in when and where the person was caught.',
})
export const NoRevocation = refusal('ZJ_CONDUCT_NO_REVOCATION', 422, {
  zh: '管制没有撤销的规定（{article}）。判处其他刑罚仍在押的，登记审理进展；释放后选“判决未撤销”，恢复矫正。',
  en: 'Control is not revoked ({article}). While the person is still held record the progress; once free choose "not revoked".',
})
export const NotPlaced = refusal('ZJ_CONDUCT_NOT_PLACED', 422, {
  zh: '登记时写明有须先行安置的人（{who}），收监前须落实。请先发协调函或联系亲属落实照料，再填写“安置落实情况”。',
  en: 'Somebody must be placed first ({who}). Write to those who can help or find the family, then say how they were placed.',
})
export const PlacingUnsaid = refusal('ZJ_CONDUCT_PLACING', 422, {
  zh: '收监前须说明有无须先行安置的未成年子女或老人。请填写“安置落实情况”，或勾选“没有须先行安置的人”。',
  en: 'Say before recommitment whether children or elders must be placed: how they were, or that there is nobody.',
})
export const OnlyOutsidePrison = refusal('ZJ_CONDUCT_UNCOUNTED', 422, {
  zh: '“骗取的监外期间”“脱逃期间”只适用于暂予监外执行对象（{article}）。请清空这两项。',
  en: 'Days obtained by fraud or of escape exist only in temporary service outside prison ({article}). Clear both.',
})
export const SentenceEndNeeded = refusal('ZJ_CONDUCT_SENTENCE_END', 422, {
  zh: '填写不计入执行刑期的日数时，须填写“原刑期止日”，据以计算新的刑期止日（{article}）。',
  en: 'With days that do not count say when the sentence was to end, so that its new end follows ({article}).',
})
export const TermBelowFloor = refusal('ZJ_CONDUCT_TERM_FLOOR', 422, {
  zh: '缓刑考验期减刑后不得止于 {floor} 之前（{article}）。请核对裁定；裁定确为更早日期的，先与法院联系更正。',
  en: 'After commutation the probation does not end before {floor} ({article}). Check the ruling; if it really says an earlier day, have the court correct it first.',
})
export const HighCourt = refusal('ZJ_CONDUCT_HIGH_COURT', 422, {
  zh: '原判无期徒刑以上的减刑由省级社区矫正机构提请高级人民法院（{article}）。请选“报省级提请高级人民法院”。',
  en: 'Sentenced for life: the provincial agency submits to the high court ({article}). Pass it to the province.',
})
export const ProposalUnsealed = refusal('ZJ_CONDUCT_UNSEALED', 409, {
  zh: '减刑建议书尚未编号、盖章。请先在本事项的文书中制发并盖章，再登记送达。',
  en: 'The proposal bears no number and seal yet. Issue and seal it among the papers of this matter, then enter its service.',
})
export const Unheard = refusal('ZJ_CONDUCT_UNHEARD', 422, {
  zh: '裁定撤销前应当听取本人申辩（{article}）。请勾选“已听取本人申辩”；未听取的，在“裁判要点”写明原因（如下落不明）。',
  en: 'The person is heard before a revocation ({article}). Tick that he was; if not, say why in the ruling in short, such as whereabouts unknown.',
})
