import { refusal } from '../core/refusals.ts'

export const TemplateUnknown = refusal('ZJ_DOCUMENT_TEMPLATE', 422, {
  zh: '没有“{template}”这份文书模板。请从文书中心的模板列表中选择。',
  en: 'There is no template "{template}". Choose one from the list of templates.',
})
export const PressBusy = refusal('ZJ_DOCUMENT_PRESS_BUSY', 503, {
  zh: '正在排版的文书过多，请稍后再试；大量制发请使用“批量制发”。',
  en: 'Too many papers are being printed. Try again shortly; use the batch for many at once.',
})
export const PressFailed = refusal('ZJ_DOCUMENT_PRESS_FAILED', 500, {
  zh: '文书没有排版成功，内容没有改变。请检查模板后重试；仍不成功，请把流水号告诉管理员。',
  en: 'The paper could not be laid out; nothing changed. Check the template and try again; otherwise give the request number to your administrator.',
})
export const BlanksMissing = refusal('ZJ_DOCUMENT_BLANKS', 422, {
  zh: '还有 {count} 处必填内容为空：{names}。请在“更正”中补齐后再制发。',
  en: '{count} required blanks are empty: {names}. Fill them under "correct" before issuing.',
})
export const GlyphsMissing = refusal('ZJ_DOCUMENT_GLYPHS', 422, {
  zh: '这些字没有可用的字形，打印出来会缺字：{chars}。请在服务器安装 Noto Serif CJK 字体，或核对用字后再制发。',
  en: 'No font here can draw these characters: {chars}. Install Noto Serif CJK on the server or check them, then issue.',
})
export const Frozen = refusal('ZJ_DOCUMENT_FROZEN', 409, {
  zh: '文书已制发（{number}），不能再修改。确有错误的，请作废并重新制发，新文书使用新的文号。',
  en: 'The document was issued ({number}) and cannot be changed. If it is wrong, void it and issue another under a new number.',
})
export const NotIssued = refusal('ZJ_DOCUMENT_NOT_ISSUED', 409, {
  zh: '文书还是草稿，制发后才能签名、盖章和送达。',
  en: 'The document is a draft. Issue it before it is signed, sealed or delivered.',
})
export const Voided = refusal('ZJ_DOCUMENT_VOID', 409, {
  zh: '文书已作废，不能再办理。请使用替代它的文书。',
  en: 'The document is void. Use the one that replaced it.',
})
export const AlreadySealed = refusal('ZJ_DOCUMENT_SEALED', 409, {
  zh: '文书已加盖电子印章，再签名会使印章失效。收件人的签收请登记在送达中。',
  en: 'The document bears its digital seal; a further signature would break it. Record the receipt under delivery.',
})
export const NoSuchPlace = refusal('ZJ_DOCUMENT_PLACE', 422, {
  zh: '这份文书没有“{place}”签名处。可签名处：{places}。',
  en: 'This document has no place "{place}" to sign. Places: {places}.',
})
export const SignedAlready = refusal('ZJ_DOCUMENT_SIGNED', 409, {
  zh: '此处已有签名（{name}）。签错的，请作废文书后重新制发。',
  en: 'This place is signed already ({name}). If it is wrong, void the document and issue another.',
})
export const NotAPicture = refusal('ZJ_DOCUMENT_PICTURE', 422, {
  zh: '签名应是本文书名下的 PNG 图片。请在签名框中重新书写。',
  en: 'The signature must be a PNG of this document. Write it again in the box.',
})
export const NoSeal = refusal('ZJ_DOCUMENT_NO_SEAL', 422, {
  zh: '这种文书不加盖电子印章。',
  en: 'This kind of document takes no digital seal.',
})
export const Tampered = refusal('ZJ_DOCUMENT_TAMPERED', 500, {
  zh: '保存的文书与制发时的校验值不符，已停止操作。请立即告知管理员。',
  en: 'The kept file does not match the hash it was issued with. Nothing was done; tell your administrator at once.',
})
export const CertificateWrong = refusal('ZJ_SEAL_CERTIFICATE', 422, {
  zh: '证书文件或口令不正确，或证书不在有效期内、没有签名用途。请核对后重新导入。',
  en: 'The certificate file or its password is wrong, or it is not valid now or not for signing. Check and import again.',
})
export const BatchEmpty = refusal('ZJ_DOCUMENT_BATCH_EMPTY', 422, {
  zh: '没有可制发的对象或草稿。请先选择。',
  en: 'Nothing to issue. Choose people or drafts first.',
})
export const TemplateWrong = refusal('ZJ_TEMPLATE_VARIABLES', 422, {
  zh: '模板中有无法识别的变量：{names}。请改正，或在“空白项”中添加。',
  en: 'The template names variables nobody can fill: {names}. Correct them, or add them to its blanks.',
})
export const TemplateSettled = refusal('ZJ_TEMPLATE_SETTLED', 409, {
  zh: '此版本已发布或已撤回，不能再改。请另起草新版本。',
  en: 'This version was published or withdrawn. Draft a new one.',
})
export const TemplateSamePerson = refusal('ZJ_TEMPLATE_SAME_PERSON', 403, {
  zh: '起草人不能发布自己起草的模板，请由另一位有权限的人员核对后发布。',
  en: 'Whoever drafted a template does not publish it. Ask another authorised person to check and publish.',
})
export const TemplatePast = refusal('ZJ_TEMPLATE_PAST', 422, {
  zh: '生效日期不能早于今天。',
  en: 'It cannot take effect before today.',
})
export const DeliveryWrong = refusal('ZJ_DOCUMENT_DELIVERY', 422, {
  zh: '送达登记中“{what}”缺少或不正确。直接送达须有签收人，留置送达须有见证人，时间应在制发之后、现在之前。',
  en: 'The entry lacks or misstates: {whatEn}. Direct service names who received it, leaving it needs a witness, and the time lies between issue and now.',
})
export const ImportedPaper = refusal('ZJ_DOCUMENT_IMPORTED', 409, {
  zh: '这是历史导入的文书，不能在本平台签名、盖章。需要新的文书的，请另行起草制发。',
  en: 'This document was imported from old files and cannot be signed or sealed here. Draft and issue a new one if one is needed.',
})
export const OldPerson = refusal('ZJ_DOCUMENT_OLD_PERSON', 422, {
  zh: '没有档案“{person}”，或不在您的辖区。请先导入档案，或交由主管单位导入。',
  en: 'There is no file "{person}" in your area. Import the file first, or let the unit in charge import the paper.',
})
export const OldUnit = refusal('ZJ_DOCUMENT_OLD_UNIT', 422, {
  zh: '单位“{org}”不存在或不在您的辖区。请核对单位代码。',
  en: 'The unit "{org}" does not exist or lies outside your area. Check its code.',
})
export const OldSubject = refusal('ZJ_DOCUMENT_OLD_SUBJECT', 422, {
  zh: '没有事项“{subject}”，或它不属于这份档案。请先导入办理事项，或不填事项。',
  en: 'There is no matter "{subject}", or it is about another file. Import the matter first, or leave it out.',
})
export const OldNumberTaken = refusal('ZJ_DOCUMENT_OLD_NUMBER_TAKEN', 409, {
  zh: '文号“{number}”已被本机关另一份文书使用或在本批中重复。请核对旧系统中的文号。',
  en: 'Another paper of this organ, or of this batch, bears the number "{number}". Check it in the old system.',
})
export const OldNumberYear = refusal('ZJ_DOCUMENT_OLD_NUMBER_YEAR', 422, {
  zh: '文号“{number}”的年度与制发日期 {issued} 不符。请核对文号或日期。',
  en: 'The year of the number "{number}" does not fit the day of issue {issued}. Check the one or the other.',
})
export const OldDay = refusal('ZJ_DOCUMENT_OLD_DAY', 422, {
  zh: '{what}“{at}”不是有效日期、晚于现在，或早于它之前的一步。顺序应为：决定、制发、送达或作废、现在。',
  en: 'The {whatEn} "{at}" is no date, lies ahead, or comes before the step before it. The order is: decision, issue, service or voiding, now.',
})
export const OldBlank = refusal('ZJ_DOCUMENT_OLD_BLANK', 422, {
  zh: '模板 {template} 没有空白项“{names}”。可用的空白项见文书中心的模板页。',
  en: 'Template {template} has no blank "{names}". Its page in the document centre lists them.',
})
export const OldScan = refusal('ZJ_DOCUMENT_SCAN', 422, {
  zh: '扫描件应为本文书名下上传的 PDF，且校验值（SHA-256）一致。请重新上传后再试。',
  en: 'The scan must be a PDF uploaded for this document, with the same SHA-256. Upload it again and retry.',
})
export const ScannedAlready = refusal('ZJ_DOCUMENT_SCANNED', 409, {
  zh: '只有未随附原件的历史文书可以补充扫描件，这份文书不需要。',
  en: 'Only an old document that came without its original takes a scan; this one does not.',
})
export const OtherOrgan = refusal('ZJ_DOCUMENT_ORGAN', 403, {
  zh: '该文书由{organ}制发，编号、用印和送达由其办理。需要修改的，请与其联系。',
  en: 'This paper is issued by {organ}, which numbers, seals and serves it. Ask there if something is to be changed.',
})
