import { refusal } from '../core/refusals.ts'

export const NotNeeded = refusal('ZJ_LEAVE_NOT_NEEDED', 422, {
  zh: '目的地未离开所居住的市、县，无需请假。如情况不同，请改正目的地。',
  en: 'The destination lies within the city or county of residence; no leave is needed. Correct it if that is wrong.',
})
export const Overlap = refusal('ZJ_LEAVE_OVERLAP', 409, {
  zh: '与已有请假（{from} 至 {until}）重叠。请先撤销那一份，或更改日期。',
  en: 'It overlaps a leave from {from} to {until}. Cancel that one first, or change the dates.',
})
export const ReasonMissing = refusal('ZJ_LEAVE_REASON', 422, {
  zh: '请从列表选择外出事由（就医、就学、参与诉讼、家庭或工作重要事务等）。',
  en: 'Choose the reason from the list (treatment, study, litigation, important family or work matters …).',
})
export const Past = refusal('ZJ_LEAVE_PAST', 422, {
  zh: '返回日早于今天，不能再申请。已发生的外出请按违规或说明情况登记。',
  en: 'The last day is past; leave cannot be asked for afterwards. Record what happened instead.',
})
/** `state` and `remedy` come in both languages (`domain.ts`). */
export const NotAtLarge = refusal('ZJ_LEAVE_STATE', 422, {
  zh: '此人现为“{state}”，不能请假外出。{remedy}',
  en: 'This person is {state}; leave cannot be granted. {remedy}',
})
export const ProofUnknown = refusal('ZJ_LEAVE_PROOF_UNKNOWN', 422, {
  zh: '所附材料不存在，或不在此人档案中。请选定矫正对象后重新上传。',
  en: 'A file is not there, or not in the file of this person. Choose the person, then upload it again.',
})
export const ProofKind = refusal('ZJ_LEAVE_PROOF_KIND', 422, {
  zh: '“{name}”不是图片或 PDF，不能作为证明材料。请拍照或扫描后上传。',
  en: '"{name}" is neither a picture nor a PDF. Photograph or scan the proof and upload that.',
})
/** IM 27: the application brings proof; whoever approves without it says why. */
export const ProofMissing = refusal('ZJ_LEAVE_PROOF_MISSING', 422, {
  zh: '申请未附证明材料（诊断证明、单位证明、入学证明、法律文书等）。请先补充材料；情况紧急先予批准的，写明理由。',
  en: 'No proof came with this application (diagnosis, employer, school, court paper …). Add it first, or say why it is approved without.',
})
export const IdTaken = refusal('ZJ_LEAVE_ID', 409, {
  zh: '此登记编号已被使用。请关闭后重新登记。',
  en: 'This id is taken. Close the form and begin again.',
})
export const ProofLate = refusal('ZJ_LEAVE_PROOF_LATE', 409, {
  zh: '申请未获批准或已撤销，不再补充材料。仍需外出的，请重新登记。',
  en: 'The application was refused or cancelled; nothing is added to it. Record a new one if leave is still needed.',
})
export const NotToFile = refusal('ZJ_LEAVE_NOT_TO_FILE', 409, {
  zh: '此次外出不是司法所受委托批准的，或未获批准，无需备案。请刷新查看。',
  en: 'The office did not approve this leave by delegation; there is nothing to take note of. Refresh to see.',
})
export const FiledByCounty = refusal('ZJ_LEAVE_FILING_COUNTY', 403, {
  zh: '备案由执行地县级社区矫正机构办理，司法所不能代为确认。',
  en: 'The county agency takes note of it; an office cannot do so for the county.',
})
export const ContactTime = refusal('ZJ_LEAVE_CONTACT_TIME', 422, {
  zh: '联系时间应在外出开始（{from}）之后、现在之前。请改正。',
  en: 'A contact lies between the departure ({from}) and now. Correct it.',
})
export const NotGone = refusal('ZJ_LEAVE_NOT_GONE', 409, {
  zh: '此次外出未获批准、尚未开始或已销假，不能登记外出期间的监管。请刷新查看。',
  en: 'The leave is not approved, has not begun or is over; nothing of it is recorded. Refresh to see.',
})
export const RecallTime = refusal('ZJ_LEAVE_RECALL_TIME', 422, {
  zh: '返回时限应晚于现在。确须立刻动身的，按路途所需时间填写。',
  en: 'He is to be back later than now: allow for the way.',
})
export const RecallOffice = refusal('ZJ_LEAVE_RECALL_UNIT', 403, {
  zh: '责令返回由执行地县级社区矫正机构或受委托的司法所作出。请转其办理。',
  en: 'The county agency or the office it entrusted orders somebody back. Pass it on to them.',
})
export const Recalled = refusal('ZJ_LEAVE_RECALLED', 409, {
  zh: '已于此前责令返回（{until} 前）。请等候返回销假，逾期的按违规处理。',
  en: 'He was ordered back already (by {until}). Await the return; if it is late, record the violation.',
})
export const NotApproved = refusal('ZJ_LEAVE_NOT_APPROVED', 409, {
  zh: '此次外出未获批准或已销假，无需请目的地协助。请刷新查看。',
  en: 'The leave is not approved, or is over; no help is needed for it. Refresh to see.',
})
export const HelpUnit = refusal('ZJ_LEAVE_HELP_UNIT', 422, {
  zh: '平台上没有代码为“{county}”的其他县级单位。请核对，或改为发函并填写机构名称和函号。',
  en: 'No other county "{county}" is on this platform. Check the code, or write a letter and give the agency and its number.',
})
export const HelpNobody = refusal('ZJ_LEAVE_HELP_NOBODY', 409, {
  zh: '“{county}”还没有可以办理未成年人、犯罪记录封存案件的人（指定专人或机构负责人），在平台内委托无人能看到。请联系对方指定专人，或改为发函并填写机构名称和函号。',
  en: 'Nobody of "{county}" is named for minors or sealed records, so nobody there could read this. Have somebody named, or write a letter and give the agency and its number.',
})
export const HelpElsewhere = refusal('ZJ_LEAVE_HELP_ELSEWHERE', 403, {
  zh: '此请求由“{organ}”在平台内答复，不能代为答复。请等待对方答复，或电话联系对方。',
  en: '"{organ}" answers this request itself on this platform; nobody answers in its place. Wait for it, or call there.',
})
export const HelpAnswered = refusal('ZJ_LEAVE_HELP_ANSWERED', 409, {
  zh: '此协助请求已经答复。请刷新查看。',
  en: 'This request was answered already. Refresh to see.',
})
export const NotCompetent = refusal('ZJ_LEAVE_NOT_COMPETENT', 403, {
  zh: '此次请假须由{who}批准（{why}）。您可以填写意见后转其办理。',
  en: 'This leave is approved by {whoEn} ({whyEn}). Give your opinion and pass it on.',
})
export const Decided = refusal('ZJ_LEAVE_DECIDED', 409, {
  zh: '此申请已作出决定或已撤销（{state}）。请刷新查看。',
  en: 'This application has been decided or cancelled ({state}). Refresh to see.',
})
export const Begun = refusal('ZJ_LEAVE_BEGUN', 409, {
  zh: '外出已经开始，不能撤销。人已返回的，请办理销假。',
  en: 'The leave has begun and cannot be cancelled. If the person is back, record the return.',
})
export const NotAway = refusal('ZJ_LEAVE_NOT_AWAY', 409, {
  zh: '此请假未获批准或已销假，不能再销假。',
  en: 'This leave was not approved, or its return is recorded already.',
})
export const ReturnDay = refusal('ZJ_LEAVE_RETURN_DAY', 422, {
  zh: '返回日应在出发日（{from}）与今天之间。请改正。',
  en: 'The day of return lies between departure ({from}) and today. Correct it.',
})
export const OpinionNotNeeded = refusal('ZJ_LEAVE_OPINION', 403, {
  zh: '此次请假由{who}审批，您的单位不在其下，或有权直接审批，不需填写意见。',
  en: 'This leave is decided by {whoEn}; your unit is not below it, or decides itself. No opinion is needed.',
})
export const DelayDay = refusal('ZJ_LEAVE_DELAY_DAY', 422, {
  zh: '预计返回日应晚于批准的最后一日（{until}）。请改正。',
  en: 'The expected return is later than the last approved day ({until}). Correct it.',
})

// Leaves of old files.

export const OldPerson = refusal('ZJ_LEAVE_OLD_PERSON', 422, {
  zh: '没有档案“{person}”，或不在您的辖区。请先导入档案，或交由主管单位导入。',
  en: 'There is no file "{person}" in your area. Import the file first, or let the unit in charge import the leave.',
})
export const OldTimes = refusal('ZJ_LEAVE_OLD_TIMES', 422, {
  zh: '申请、审批时间应依次在先且不晚于现在。请核对。',
  en: 'It was asked for, then decided, and neither after now. Check the times.',
})
export const OldReturn = refusal('ZJ_LEAVE_OLD_RETURN', 422, {
  zh: '此次外出已于 {until} 期满，请填写销假日期；逾期未归的，导入档案后按违规登记。',
  en: 'This leave ended on {until}: say when the person reported back. If he did not, record that as a violation.',
})
export const OldRefused = refusal('ZJ_LEAVE_OLD_REFUSED', 422, {
  zh: '未批准的外出没有销假日期。请核对审批结果，或删去销假日期。',
  en: 'A leave that was refused has no return. Check the verdict, or leave the day of return out.',
})
export const OldOverlap = refusal('ZJ_LEAVE_OLD_OVERLAP', 409, {
  zh: '与此人另一次已批准的外出（{from} 至 {until}）重叠。请核对起止日期和销假日期。',
  en: 'It overlaps another approved leave of the person, from {from} to {until}. Check its days and the return.',
})
export const OldIdTaken = refusal('ZJ_LEAVE_OLD_ID', 409, {
  zh: '编号“{id}”已被辖区以外的外出使用。请在来源系统中为它另取一个编号（UUID）。',
  en: 'A leave outside your area bears the id "{id}". Give it another UUID in the old system.',
})

// Permits of the procedure engine.

export const AreaUnknown = refusal('ZJ_TRAVEL_AREA', 422, {
  zh: '“{name}”的行政区划代码“{area}”不是六位代码。请填写到县（市、区）的代码。',
  en: 'The area code "{area}" of "{name}" has not six digits. Give the code of the county.',
})
export const Forbidden = refusal('ZJ_TRAVEL_ABROAD', 422, {
  zh: '“{name}”须经出入境边防检查，刑罚未执行完毕不准出境，任何机关不得批准。请删去该地。',
  en: '"{name}" lies beyond the border checks; nobody may approve it before the sentence is served. Remove it.',
})
export const TravelInside = refusal('ZJ_TRAVEL_INSIDE', 422, {
  zh: '“{name}”在居住的市、县以内，无需审批。请删去该地。',
  en: '"{name}" lies within the city or county of residence; no approval is needed. Remove it.',
})
export const PlaceTimes = refusal('ZJ_PLACE_TIMES', 422, {
  zh: '离开时间应晚于进入时间。请改正。',
  en: 'Leaving comes after entering. Correct the times.',
})
export const PlaceOver = refusal('ZJ_PLACE_OVER', 409, {
  zh: '申请的时间已过，批准没有意义。请退回补正或不予批准。',
  en: 'The time asked for is past. Return it, or refuse.',
})
export const ReviewOnly = refusal('ZJ_REVIEW_ONLY', 422, {
  zh: '病情复查延期只适用于因严重疾病暂予监外执行（保外就医）的对象。请核对矫正类别和身体状况。',
  en: 'Only a person on medical parole for a serious illness has a medical review to put off. Check category and condition.',
})
export const ReviewTooLate = refusal('ZJ_REVIEW_TOO_LATE', 422, {
  zh: '下次复查日期超出批准的延长时间，最迟 {latest}。请改填；需要更长时间的，另行申请。',
  en: 'The next review lies beyond the time approved, by {latest} at the latest. Change the day, or apply for a longer time.',
})
export const PapersUnsaid = refusal('ZJ_EXIT_PAPERS', 422, {
  zh: '请逐一登记出入境证件，或勾选“本人声明无出入境证件”，二者选一。',
  en: 'List the travel papers, or tick that the person declares to hold none: one of the two.',
})
export const BanNotReported = refusal('ZJ_EXIT_NOT_REPORTED', 409, {
  zh: '该对象没有已完成的不准出境报备，无需撤销。',
  en: 'No ban of this person was reported; there is nothing to lift.',
})
export const BanNotReleased = refusal('ZJ_EXIT_NOT_RELEASED', 409, {
  zh: '该对象尚未解除社区矫正，刑罚未执行完毕，不准出境报备不能以“解除社区矫正”撤销（{article}）。报备有误的，请选“报备有误”。',
  en: 'This person was not released and still serves a sentence: the ban is not lifted as of a release ({article}). Where it was reported in error, choose that.',
})
export const BanGoesOn = refusal('ZJ_EXIT_GOES_ON', 409, {
  zh: '撤销缓刑、撤销假释、收监执行的，刑罚未执行完毕，不准出境报备继续有效，不能撤销（{article}）。本人死亡的，请先办理“死亡登记”。',
  en: 'After a revocation or recommitment the sentence is still served and the ban stays ({article}). If the person is dead, register the death first.',
})
export const DeviceNone = refusal('ZJ_DEVICE_USE_NONE', 422, {
  zh: '没有编号为“{identity}”的设备。请核对编号，或先登记设备。',
  en: 'There is no device "{identity}". Check the number, or register the device first.',
})
export const DeviceIsPhone = refusal('ZJ_DEVICE_USE_PHONE', 422, {
  zh: '手机不是电子定位装置（实施办法第三十七条）。请填写专用装置的编号；手机只能用于信息化核查。',
  en: 'A phone is no electronic positioning device (IM 37). Give a dedicated device; a phone serves the information check only.',
})
export const DeviceElsewhere = refusal('ZJ_DEVICE_USE_HOLDER', 409, {
  zh: '设备“{identity}”未发放给此人。请先在设备管理中办理发放。',
  en: 'The device "{identity}" was not issued to this person. Issue it first.',
})
export const TermNone = refusal('ZJ_DEVICE_USE_TERM', 409, {
  zh: '此人没有生效中的电子定位装置使用期限，不能延长或解除。请改为申请使用。',
  en: 'No article 29 term runs for this person; there is nothing to extend or remove. Ask for its use instead.',
})
export const SameCounty = refusal('ZJ_MOVE_SAME', 422, {
  zh: '新执行地与现执行地相同。县内迁居请变更居住地和司法所，不办理执行地变更。',
  en: 'That is the present county. A move within it changes residence and office, not the place of execution.',
})
export const UnitUnknown = refusal('ZJ_MOVE_UNIT', 422, {
  zh: '平台上没有代码为“{county}”的县级单位。请核对；新执行地未接入平台的，勾选“以函件方式办理”并填写收文机构。',
  en: 'No county "{county}" is on this platform. Check the code; if it is not on the platform, tick "by letter" and name its agency.',
})
export const OfficeOutside = refusal('ZJ_MOVE_OFFICE', 422, {
  zh: '司法所“{office}”不属于新执行地。请从新执行地的司法所中选择。',
  en: 'The office "{office}" does not belong to the new county. Choose one that does.',
})
export const NotReceivable = refusal('ZJ_MOVE_NOT_RECEIVED', 409, {
  zh: '新执行地未同意接收，或该对象已不在原执行地在矫。可报上一级协调，或决定不予变更；已转出、已解除的请刷新。',
  en: 'The new county did not accept, or the person is no longer in correction with the old one. Have it settled above or refuse; refresh if it moved.',
})
export const CopiesMissing = refusal('ZJ_MOVE_COPIES', 422, {
  zh: '还没有抄送{whom}。执行地变更的文书须同时抄送，请抄送后勾选。',
  en: 'No copy went to: {whomEn}. Send it, then tick it.',
})
export const ArrivalUnsaid = refusal('ZJ_MOVE_ARRIVAL', 422, {
  zh: '请填写报到之日和接收司法所。',
  en: 'Give the day of the report and the office that receives.',
})
export const ArrivalNotDue = refusal('ZJ_MOVE_NOT_DUE', 422, {
  zh: '报到期限 {due} 尚未届满，现在不能认定逾期未报到。请继续联系本人；期满仍未报到的，即告知原执行地查找。',
  en: 'The time to report runs until {due}; nobody is late yet. Keep in touch, and tell the old county at once when it is over.',
})
export const CauseMissing = refusal('ZJ_OBJECTION_CAUSE', 422, {
  zh: '异议须针对该对象的一项决定。请选择所针对的决定，或从那项决定的页面发起。',
  en: 'An objection is against a decision about this person. Choose the decision, or begin from its page.',
})
export const NotContestable = refusal('ZJ_OBJECTION_NOT_OPEN', 409, {
  zh: '“{name}”尚未作出决定，或其性质不属于可提出异议的决定。请待决定作出后再提出，或按申诉控告办理。',
  en: '"{nameEn}" has no decision yet, or none that can be contested. Wait for it, or file a complaint.',
})
export const Contested = refusal('ZJ_OBJECTION_KNOWN', 409, {
  zh: '对这项“{name}”已提出过异议。请在那一件中办理；不服答复的，可向人民检察院提出。',
  en: 'This "{nameEn}" is contested already. Continue there; against the answer the procuratorate is open.',
})
export const DecidedAbove = refusal('ZJ_OBJECTION_ABOVE', 403, {
  zh: '原决定由{who}作出，县级不能变更或者撤销。可以维持；拟变更或者撤销的，请选“报原决定机关决定”。',
  en: 'The decision was made by {whoEn}: the county cannot change or revoke it. Uphold it, or pass it to them.',
})
export const DecidedHere = refusal('ZJ_OBJECTION_HERE', 422, {
  zh: '原决定由县级或者司法所作出，由县级直接答复。请选维持、变更或者撤销。',
  en: 'The county or its office decided: the county answers itself. Uphold, change or revoke.',
})
export const DeciderHimself = refusal('ZJ_OBJECTION_DECIDER', 403, {
  zh: '作出或参与原决定的人不能审查异议。请由县级另一名工作人员办理。',
  en: 'Whoever had a hand in the decision does not review the objection. Let another colleague of the county do it.',
})
export const WayOnUntold = refusal('ZJ_OBJECTION_WAY', 422, {
  zh: '送达答复时须告知本人可向人民检察院提出。告知后请勾选。',
  en: 'The person is told that the procuratorate is open when the answer is handed over. Tick it once told.',
})
