import { refusal } from '../core/refusals.ts'

export const IdentityWrong = refusal('ZJ_ASSESSMENT_IDENTITY', 400, {
  zh: '身份证号码有误。请对照委托材料逐位核对；身份不明的不填，由承办人按“无法评估”说明。',
  en: 'The identity number is wrong. Compare it with the letter; leave it out when the identity is unknown.',
})
export const OfficeElsewhere = refusal('ZJ_INTAKE_OFFICE', 400, {
  zh: '所选司法所不在本县或已停用。请另选一个司法所。',
  en: 'That office is not of this county, or is closed. Choose another.',
})
export const OfficerElsewhere = refusal('ZJ_INTAKE_OFFICER', 400, {
  zh: '所选责任人不在负责单位或已停用。请选择该司法所的工作人员。',
  en: 'That colleague is not of the unit in charge, or is no longer active. Choose one of its staff.',
})
export const OneInvestigator = refusal('ZJ_ASSESSMENT_TWO', 422, {
  zh: '第 {row} 次走访的两名调查人是同一人。调查走访由两人进行，请改正。',
  en: 'Visit {row} names one investigator twice. Two people investigate; correct it.',
})
export const CountyUnknown = refusal('ZJ_ENTRUST_COUNTY', 400, {
  zh: '该县级社区矫正机构不存在，或不在贵单位的委托范围内。请从列表中选择。',
  en: 'There is no such county agency within your range. Choose one from the list.',
})
export const OrganUnknown = refusal('ZJ_ENTRUST_NO_ORGAN', 403, {
  zh: '您的账号还没有登记所属的协作机关，不能委托。请联系系统管理员，在“机构人员”的账号资料中填写。',
  en: 'Your account names no organ yet and cannot entrust. Ask the system administrator to enter it with your account.',
})
export const OpinionMissing = refusal('ZJ_ENTRUST_NO_OPINION', 409, {
  zh: '县级社区矫正机构尚未签发评估意见，现在不能反馈采信情况。意见签发后会在此提示，请下载意见书后再反馈。',
  en: 'The county has not signed an opinion yet. You are told here when it has; fetch the document and then say it.',
})
export const OpinionUnfetched = refusal('ZJ_ENTRUST_UNFETCHED', 409, {
  zh: '请先下载调查评估意见书，再反馈采信情况。',
  en: 'Fetch the document of the opinion first, then say whether it was adopted.',
})
export const OpinionGiven = refusal('ZJ_ENTRUST_GIVEN', 409, {
  zh: '评估意见已签发送达，不能再撤回委托。不再适用社区矫正的，请在“反馈采信情况”中反馈未采信并写明理由。',
  en: 'The opinion was signed and is with you; the request cannot be taken back. Say that it was not adopted, and why.',
})
export const EntrustmentEnded = refusal('ZJ_ENTRUST_ENDED', 409, {
  zh: '此项委托已办结（{end}），不需要撤回。仍需调查评估的，请新建委托。',
  en: 'This request has ended ({endEn}); nothing is left to take back. Begin another if an assessment is still needed.',
})
export const AdoptionStated = refusal('ZJ_ENTRUST_STATED', 409, {
  zh: '采信情况已于 {at} 登记为“{said}”，不能重复或更改。如有误，请致函受托的县级社区矫正机构。',
  en: 'It was entered as {saidEn} at {at} and stands. If it is wrong, write to the county agency.',
})
export const AskOver = refusal('ZJ_ENTRUST_ASK_OVER', 409, {
  zh: '此项征询已了结（意见已签发、委托已办结或县级已撤回），不需要再答复。',
  en: 'This is over: the opinion was signed, the request ended, or the county took it back. No answer is needed.',
})
export const Replied = refusal('ZJ_ENTRUST_REPLIED', 409, {
  zh: '此项征询已于 {at} 答复，不能更改。需要补充的，请致函受托的县级社区矫正机构。',
  en: 'It was answered at {at} and stands. Write to the county agency to add something.',
})
export const NoDesk = refusal('ZJ_ENTRUST_NO_DESK', 409, {
  zh: '此件不是委托机关在平台上委托的，不能在平台征询。请书面联系委托机关；商定延期的，在任务上登记并附同意的书面材料。',
  en: 'The organ has no desk here for this request. Write to it; enter more time that was agreed on the task, with its paper.',
})
export const TimeAsked = refusal('ZJ_ENTRUST_TIME_ASKED', 409, {
  zh: '已向委托机关提出延期，正在等待答复。请先等其答复，或撤回后重新提出。',
  en: 'More time was asked for and is not answered yet. Wait for the answer, or take it back and ask again.',
})
export const ReportedLate = refusal('ZJ_RECEPTION_LATE', 422, {
  zh: '应于 {due} 前报到，报到日 {on} 已超过期限。请选择“逾期报到”。',
  en: 'Due by {due}, reported on {on}: that is late. Take the way "reported late".',
})
export const ReportedInTime = refusal('ZJ_RECEPTION_IN_TIME', 422, {
  zh: '报到日 {on} 未超过期限（{due}）。请选择“在规定时限内报到”。',
  en: 'Reported on {on}, within the time limit ({due}). Take the way "reported in time".',
})
export const NotYetDue = refusal('ZJ_RECEPTION_NOT_DUE', 422, {
  zh: '报到期限 {due} 尚未届满，现在不能认定未报到。请继续联系本人，期满仍未报到的立即组织查找。',
  en: 'The time limit runs until {due}; nobody is late yet. Keep in touch, and search at once when it is over.',
})
export const WomanMissing = refusal('ZJ_TEAM_WOMAN', 422, {
  zh: '社区矫正对象为女性，矫正小组应有女性成员（{article}）。请增加一名女性成员。',
  en: 'The person is a woman; her team has a woman ({article}). Add one.',
})
export const VersedMissing = refusal('ZJ_TEAM_VERSED', 422, {
  zh: '社区矫正对象为未成年人，矫正小组应有熟悉未成年人身心特点的人员（{article}）。请增加一名并勾选。',
  en: 'The person is a minor; the team has somebody versed in minors ({article}). Add one and mark it.',
})
export const Unsigned = refusal('ZJ_RESPONSIBILITY_UNSIGNED', 422, {
  zh: '{names}尚未签名，责任书未成立（{article}）。请签名后登记，或移出本次登记、签名后另行登记。',
  en: '{names} did not sign; there is no letter yet ({article}). Register it once signed.',
})
export const NotInPublic = refusal('ZJ_ANNOUNCEMENT_PUBLIC', 422, {
  zh: '未成年人的宣告不公开进行（{article}）。请取消“公开进行”。',
  en: 'The announcement to a minor is not public ({article}). Take the mark away.',
})
export const SealedNotInPublic = refusal('ZJ_ANNOUNCEMENT_SEALED', 422, {
  zh: '该对象的犯罪记录已封存，宣告不得公开进行（{article}）。请取消“公开进行”。',
  en: 'The record of this person is sealed: the announcement is not public ({article}). Take the mark away.',
})
export const NobodyTold = refusal('ZJ_ANNOUNCEMENT_TOLD', 422, {
  zh: '还没有通知{whom}。请通知后在“通知情况”中登记告知方式、时间和回执。',
  en: '{whomEn} not told yet. Tell them, then note how and when, and whether they confirmed.',
})
export const GuardianMissing = refusal('ZJ_ANNOUNCEMENT_GUARDIAN', 422, {
  zh: '未成年人宣告时应通知监护人到场（{article}）。监护人不能到场的，请其他成年亲属或合适成年人到场，或改期。',
  en: 'A guardian is present when a minor is announced to ({article}). Have another adult come, or put it off.',
})
export const NotSigned = refusal('ZJ_INTAKE_NOT_SIGNED', 422, {
  zh: '本人尚未签字确认（{article}）。请本人签字后再办；拒不签字的，写明情况并请见证人签名。',
  en: 'The person has not signed ({article}). Have it signed; if refused, say so and have a witness sign.',
})
export const MovedInMissing = refusal('ZJ_MOVED_IN_MISSING', 422, {
  zh: '转入后尚未办理：{what}。请先办理，再登记接收完毕。',
  en: 'Not done since the move: {whatEn}. Do it first, then close the reception.',
})
export const PlanThere = refusal('ZJ_PLAN_THERE', 409, {
  zh: '已有生效的矫正方案。请在“调整的方案”中选择它，并写明调整原因。',
  en: 'There is a plan in force. Choose it under "revises" and say why it changes.',
})
export const PlanUnfit = refusal('ZJ_PLAN_REVISES', 400, {
  zh: '所选方案不是该对象生效的矫正方案。请选择最近一次批准的方案。',
  en: 'That is no plan in force of this person. Choose the one approved last.',
})
export const WhyRevised = refusal('ZJ_PLAN_WHY', 422, {
  zh: '调整矫正方案须写明调整原因（{article}）。',
  en: 'Say why the plan changes ({article}).',
})
export const SameLevel = refusal('ZJ_LEVEL_SAME', 409, {
  zh: '现在就是“{level}”管理，不需要调整。',
  en: 'The level is "{levelEn}" already; there is nothing to change.',
})
export const NothingCorrected = refusal('ZJ_RECORD_SAME', 422, {
  zh: '没有需要更正的内容：所填与档案一致。请填写要更正的起止日期、类别或标记。',
  en: 'Nothing is corrected: what is filled in is what the file says. Give the dates, category or mark to be corrected.',
})
export const CorrectedTerm = refusal('ZJ_RECORD_TERM', 422, {
  zh: '更正后矫正止日 {end} 早于起日 {start}。请核对裁判文书，改正其中一个日期。',
  en: 'The corrected last day {end} is before the first day {start}. Check the judgment and correct one of them.',
})
export const DeciderNotNamed = refusal('ZJ_RECORD_NOT_NAMED', 403, {
  zh: '加注“{mark}”后档案只由专人办理，您不是专人，不能批准。请由本县办理该类档案的专人审批。',
  en: 'With the mark "{markEn}" the file is for named staff only, and you are not named. Leave the decision to a named colleague.',
})
export const OfficerNotNamed = refusal('ZJ_RECORD_OFFICER', 409, {
  zh: '现责任人不是办理“{mark}”档案的专人。请先在档案中改派专人为责任人，再批准更正。',
  en: 'The present officer is not named for files with the mark "{markEn}". Assign a named officer first, then approve.',
})
