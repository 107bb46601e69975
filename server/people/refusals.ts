import { refusal } from '../core/refusals.ts'

export const IdentityInvalid = refusal('ZJ_PERSON_IDENTITY_INVALID', 400, {
  zh: '身份证号码有误：{fault}。请对照证件逐位核对后重新填写。',
  en: 'The identity number is wrong: {faultEn}. Compare it with the card, character by character, and type it again.',
})
export const PersonExists = refusal('ZJ_PERSON_EXISTS', 409, {
  zh: '该身份证号码已有档案 {number}。请打开原档案，不要重复建档。',
  en: 'This identity already has file {number}. Open that file instead of beginning another.',
})
export const PersonExistsElsewhere = refusal('ZJ_PERSON_EXISTS_ELSEWHERE', 409, {
  zh: '该身份证号码已在您权限范围以外建档。请联系上级确认管辖，或办理执行地变更。',
  en: 'This identity already has a file outside your scope. Ask your superior who is in charge, or begin a change of place.',
})
export const StillMasked = refusal('ZJ_PERSON_STILL_MASKED', 400, {
  zh: '填写的是隐去后的内容（含 ***），与现有记录不符，不能作为地址或号码保存。请写全；不作修改的，取消后重新打开。',
  en: 'What is written is a masked value (with ***) that does not match the record, and cannot be kept as an address or a number. Write it in full; to leave it as it is, cancel and open it again.',
})
export const TermWrong = refusal('ZJ_PERSON_TERM', 400, {
  zh: '矫正期限止日 {end} 早于起日 {start}。请核对裁判文书。',
  en: 'The term ends on {end}, before it begins on {start}. Check the judgment.',
})
export const NotNamed = refusal('ZJ_PERSON_NOT_NAMED', 403, {
  zh: '未成年人或犯罪记录封存的档案只能由指定专人办理。请联系本单位安全管理员指定，或转交专人。',
  en: 'A file of a minor or a sealed record is for the named staff only. Ask the security administrator, or hand it to whoever is named.',
})
export const OfficerElsewhere = refusal('ZJ_PERSON_OFFICER_ELSEWHERE', 400, {
  zh: '所选工作人员不在该对象的管理单位、已停用，或未被指定办理此类档案。请另选一人。',
  en: 'That colleague is not of the unit in charge, is no longer active, or is not named for such files. Choose another.',
})
export const OrgElsewhere = refusal('ZJ_PERSON_ORG_ELSEWHERE', 400, {
  zh: '所选单位不存在、已撤销，或不在您的权限范围内。请重新选择。',
  en: 'That unit does not exist, is closed, or lies outside your scope. Choose another.',
})
export const Merged = refusal('ZJ_PERSON_MERGED', 409, {
  zh: '该档案已并入 {number}，不能再修改。请在 {number} 中办理。',
  en: 'This file was merged into {number} and does not change any more. Work in {number}.',
})
export const PartIdTaken = refusal('ZJ_PERSON_PART_ID', 409, {
  zh: '此登记编号已被使用。请关闭后重新填写。',
  en: 'This id is taken. Close the form and fill it in again.',
})
export const MergeSelf = refusal('ZJ_MERGE_SELF', 400, {
  zh: '不能把档案并入自身。请选择另一份重复档案。',
  en: 'A file cannot be merged into itself. Choose the other one.',
})
export const MergeDifferent = refusal('ZJ_MERGE_DIFFERENT', 409, {
  zh: '两份档案的身份证号码、姓名和出生日期都不相同，不像同一人。请先核实并更正其中一份，再合并。',
  en: 'Identity, name and birth date all differ: this does not look like one person. Verify and correct one of them first.',
})
export const MergeInUse = refusal('ZJ_MERGE_IN_USE', 409, {
  zh: '被合并的档案 {number} 仍有运行中的定位或未办结的报警。请先办结或停用，再合并。',
  en: 'File {number} still has a running activation or an open alarm. Settle or end them, then merge.',
})
export const MergeFinal = refusal('ZJ_MERGE_FINAL', 409, {
  zh: '合并后两份历史已共同封存，不能撤销。如合并有误，请在现档案中注明，并为另一人重新建档。',
  en: 'A merge is sealed with both histories and cannot be undone. If it was wrong, note it in this file and open a new one for the other person.',
})
export const ImportUnreadable = refusal('ZJ_IMPORT_UNREADABLE', 400, {
  zh: '无法读取该文件。请使用 .xlsx 格式（WPS 可另存为），并保持第一张工作表为数据。',
  en: 'The file cannot be read. Use .xlsx, with the data on the first sheet.',
})
export const ImportHeadings = refusal('ZJ_IMPORT_HEADINGS', 400, {
  zh: '缺少必需的列：{missing}。请下载模板，按模板的表头填写。',
  en: 'These columns are missing: {missing}. Download the template and keep its headings.',
})
export const ImportTooLarge = refusal('ZJ_IMPORT_TOO_LARGE', 413, {
  zh: '一次最多导入 {limit} 行，该文件有 {rows} 行。请分成几个文件导入。',
  en: 'At most {limit} rows at a time; this file has {rows}. Split it.',
})
export const ImportExpired = refusal('ZJ_IMPORT_EXPIRED', 410, {
  zh: '该预览已过期，数据未导入。请重新上传文件。',
  en: 'This preview has expired and nothing was created. Upload the file again.',
})
export const OldNumberTaken = refusal('ZJ_PERSON_OLD_NUMBER', 409, {
  zh: '档案编号“{number}”已被其他单位使用，或在本批中重复。请在旧系统中核对，一人一号。',
  en: 'The number "{number}" is taken by another unit or repeated in this batch. Check it in the old system: one number, one person.',
})
export const OldUnit = refusal('ZJ_PERSON_OLD_UNIT', 422, {
  zh: '管理单位“{org}”不存在、已停用，或不在您的辖区。请核对单位代码。',
  en: 'The unit "{org}" does not exist, is closed, or lies outside your area. Check its code.',
})
export const OldAlarm = refusal('ZJ_PERSON_OLD_ALARM', 422, {
  zh: '第 {n} 条报警：{fault}。请改正或删去这一条后，整份档案重新导入。',
  en: 'Alarm {n}: {faultEn}. Correct or drop it and import the whole file again.',
})
export const OldIdentityTaken = refusal('ZJ_PERSON_OLD_IDENTITY', 409, {
  zh: '该身份证号码已有档案，或在本批中重复。请核对号码；确为同一人的，在原档案中补记。',
  en: 'This identity already has a file, or is repeated in this batch. Check the number; if it is the same person, add to that file.',
})
export const LookNotNeeded = refusal('ZJ_LOOK_NOT_NEEDED', 409, {
  zh: '您的岗位可以直接打开档案，无需申请查看。请从对象列表进入。',
  en: 'Your post opens files directly. Go by the list of people.',
})
export const ExportLarge = refusal('ZJ_EXPORT_LARGE', 409, {
  zh: '共 {rows} 人，超过一次直接导出的 {most} 人。请改为后台导出，完成后在下载中心下载。',
  en: '{rows} people are more than the {most} exported at once. Export in the background; the file will be in the download centre.',
})
