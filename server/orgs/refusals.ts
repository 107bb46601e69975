import { refusal } from '../core/refusals.ts'

export const CodeTaken = refusal('ZJ_ORG_CODE_TAKEN', 409, {
  zh: '编码 {code} 已被“{name}”使用。请核对编码。',
  en: 'Code {code} already belongs to "{name}". Check the code.',
})
export const ParentMissing = refusal('ZJ_ORG_PARENT_MISSING', 400, {
  zh: '上级单位 {parent} 不存在或已撤销。请先建立上级单位。',
  en: 'The unit above, {parent}, does not exist or is closed. Create it first.',
})
export const Outside = refusal('ZJ_ORG_OUTSIDE', 403, {
  zh: '单位 {code} 不在您的管理范围内。请由其上级系统管理员办理。',
  en: 'Unit {code} lies outside what you manage. Its own system administrator does this.',
})
export const InUse = refusal('ZJ_ORG_IN_USE', 409, {
  zh: '该单位还有 {units} 个下级单位、{staff} 个账号、{people} 名对象。请先撤并或移交，再撤销单位。',
  en: 'The unit still has {units} units below, {staff} accounts and {people} people. Move them first, then close it.',
})
export const LoginTaken = refusal('ZJ_LOGIN_TAKEN', 409, {
  zh: '账号 {login} 已被使用，请换一个。',
  en: 'The account {login} is taken. Choose another.',
})
export const Self = refusal('ZJ_STAFF_SELF', 403, {
  zh: '不能为本人办理此项。请由另一名管理员办理（三员分离）。',
  en: 'Nobody does this for himself. Ask another administrator.',
})
export const HasCaseload = refusal('ZJ_STAFF_HAS_CASELOAD', 409, {
  zh: '该账号仍是 {people} 名对象的责任人。请先移交，再停用或调离。',
  en: 'This account is still in charge of {people} people. Hand them over first.',
})
export const RolesExclude = refusal('ZJ_ROLES_EXCLUDE', 409, {
  zh: '系统、安全、审计管理员互不兼任，也不兼任业务岗位（GB/T 22239）。请分别授予不同的人。',
  en: 'System, security and audit administrators exclude each other and every post (GB/T 22239). Give them to different people.',
})
export const RoleUnknown = refusal('ZJ_ROLE_UNKNOWN', 400, {
  zh: '没有“{role}”这个角色。请从列表中选择。',
  en: 'There is no role "{role}". Choose from the list.',
})
export const RoleTooHigh = refusal('ZJ_ROLE_TOO_HIGH', 400, {
  zh: '“{role}”属于{level}级岗位，该账号的单位是{own}级。请调整单位或改授其他角色。',
  en: 'The role "{role}" sits at {level} level; this account is of a unit at {own} level. Choose another role or unit.',
})
export const OrganMissing = refusal('ZJ_STAFF_ORGAN', 409, {
  zh: '协作机关账号须登记所属机关。请先在账号资料的“协作机关”中填写法院、检察院、公安机关或监狱的名称。',
  en: 'An account of a partner organ names its organ. Enter the court, procuratorate, police bureau or prison with the account first.',
})
export const OrganItself = refusal('ZJ_ORGAN_ITSELF', 400, {
  zh: '不能并入自身。请选择要保留的机关。',
  en: 'An organ is not joined to itself. Choose the one that stays.',
})
export const RecoveryOpen = refusal('ZJ_RECOVERY_OPEN', 409, {
  zh: '该账号已有一份待批准的恢复申请。请由另一人批准或拒绝。',
  en: 'A recovery of this account already waits. Another person approves or refuses it.',
})
export const RecoverySame = refusal('ZJ_RECOVERY_SAME_PERSON', 403, {
  zh: '申请人和本人都不能批准。请由另一名管理员或负责人批准。',
  en: 'Neither who asked nor the person concerned may decide. Ask another administrator or head.',
})
export const RecoveryKeeper = refusal('ZJ_RECOVERY_KEEPER', 403, {
  zh: '该账号不是管理员账号，申请人和批准人中须有一名安全管理员或负责人。请由安全管理员批准。',
  en: 'This account is no administrator’s: one of the two must be a security administrator or head. Let the security administrator decide.',
})
export const RecoveryPassword = refusal('ZJ_RECOVERY_PASSWORD', 409, {
  zh: '只有安全管理员的密码须两人恢复。该账号的密码请由安全管理员直接重置。',
  en: 'Only a security administrator’s password takes two people. The security administrator resets the password of this account himself.',
})
export const RecoverySettled = refusal('ZJ_RECOVERY_SETTLED', 409, {
  zh: '该申请已办结。如仍需恢复，请重新申请。',
  en: 'This is settled already. Ask anew if it is still needed.',
})
export const SuccessorUnfit = refusal('ZJ_STAFF_SUCCESSOR', 400, {
  zh: '接手人须是本单位范围内的另一个在用账号。请重新选择，或不指定（任务退回岗位）。',
  en: 'The successor must be another active account within the unit. Choose another, or none: the tasks go back to the post.',
})
