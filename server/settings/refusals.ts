import { refusal } from '../core/refusals.ts'

export const OutOfBounds = refusal('ZJ_SETTING_OUT_OF_BOUNDS', 400, {
  zh: '“{zh}”应在 {min} 至 {max} 之间（{source}）。请重新填写。',
  en: '"{en}" must be between {min} and {max} ({source}). Enter another value.',
})
export const WrongKind = refusal('ZJ_SETTING_KIND', 400, {
  zh: '“{zh}”的填写类型不符。请按页面提示填写。',
  en: '"{en}" takes another kind of value. Fill it in as the page shows.',
})
export const TopOnly = refusal('ZJ_SETTING_TOP_ONLY', 403, {
  zh: '该设置对整个平台生效，只能由最高一级单位的管理员修改。请联系上级管理员。',
  en: 'This holds for the whole installation; only an administrator of its top unit changes it. Ask him.',
})
export const DraftEmpty = refusal('ZJ_LAW_DRAFT_EMPTY', 400, {
  zh: '草稿没有任何改动。请至少修改一个参数，或确认一条规则。',
  en: 'The draft changes nothing. Change a parameter or confirm a rule.',
})
export const DraftUnknown = refusal('ZJ_LAW_DRAFT_UNKNOWN', 400, {
  zh: '没有编号为“{id}”的参数或待确认规则。请从列表中选择。',
  en: 'There is no parameter or recalled rule "{id}". Choose from the list.',
})
export const DraftValue = refusal('ZJ_LAW_DRAFT_VALUE', 400, {
  zh: '“{id}”的值类型不符：应与现行值同为数字、文字或区间。请重新填写。',
  en: 'The value of "{id}" is of another kind than the present one: a number, a text or a range. Enter it again.',
})
export const DraftBounds = refusal('ZJ_LAW_DRAFT_BOUNDS', 400, {
  zh: '“{id}”应在 {min} 至 {max} 之间，依据见参数来源。请重新填写。',
  en: '"{id}" must lie between {min} and {max}; the source of the parameter says why. Enter it again.',
})
export const DraftHours = refusal('ZJ_LAW_DRAFT_HOURS', 400, {
  zh: '“{id}”是一天中的时段，请写成 22:00-08:00 的形式，起止不能相同。',
  en: '"{id}" is a stretch of the day: write it as 22:00-08:00, with two different times.',
})
export const DraftShape = refusal('ZJ_LAW_DRAFT_SHAPE', 400, {
  zh: '“{id}”的写法无法识别，设定后将不起作用。请写成 {like} 的形式。',
  en: 'What is written for "{id}" cannot be read and would do nothing. Write it like {like}.',
})
export const DraftChecked = refusal('ZJ_LAW_DRAFT_CHECKED', 400, {
  zh: '规则“{id}”的条文已对照官方文本核对，不能在此更正。法律修改后的新条文随版本更新发布。',
  en: 'The text of rule "{id}" was read in its source; it is not corrected here. A new text of the law comes with an update.',
})
export const DraftSame = refusal('ZJ_LAW_DRAFT_SAME', 400, {
  zh: '对规则“{id}”的更正与现行内容相同。内容无误的，请改为“确认”；有误的，请填写官方文本的内容。',
  en: 'The correction of rule "{id}" says what holds already. Confirm it if it is right, or enter what the official text says.',
})
export const DraftLevel = refusal('ZJ_LAW_DRAFT_LEVEL', 400, {
  zh: '“{id}”写了级别 {level}，但没有这个管理级别。现有级别：{known}。请改正，或在同一草稿的 SET-34 中增加该级别。',
  en: '"{id}" names level {level}, which does not exist. There are: {knownEn}. Correct it, or add the level by SET-34 in the same draft.',
})
export const LevelsAbove = refusal('ZJ_LAW_LEVELS_ABOVE', 403, {
  zh: '管理级别由{unit}统一规定，本单位不能另设。需要增减级别或改名的，请报{unit}起草；各级别的周期（SET-25 至 SET-27）可按本单位规定设置。',
  en: 'The levels are set by {unit} for all below it. Ask it to change them; how often each level is asked (SET-25 to SET-27) this unit may set.',
})
export const LevelHeld = refusal('ZJ_LAW_LEVEL_HELD', 409, {
  zh: '草稿去掉的级别仍有在册对象：{held}。请先办理“管理级别调整”，把他们调整到保留的级别；或在草稿中保留该级别（可以改名）。',
  en: 'The draft drops levels that people on register still have: {heldEn}. Change their level first, or keep the level in the draft; it may be renamed.',
})
export const SamePerson = refusal('ZJ_LAW_SAME_PERSON', 403, {
  zh: '起草人不能发布自己的草稿。请由另一名有发布权限的人员审核发布。',
  en: 'Whoever drafted it cannot publish it. Another person with that permission checks and publishes.',
})
export const LawSettled = refusal('ZJ_LAW_SETTLED', 409, {
  zh: '该修订已发布或撤回，不能再办理。如需更改，请另起草稿。',
  en: 'This revision is published or withdrawn already. Begin another draft to change it.',
})
export const SetupClosed = refusal('ZJ_SETUP_CLOSED', 409, {
  zh: '本平台已完成初始化。请直接登录。',
  en: 'This installation is set up already. Sign in.',
})
export const SetupTokenWrong = refusal('ZJ_SETUP_TOKEN_WRONG', 403, {
  zh: '部署令牌不正确。请使用启动命令最近一次打印的令牌。',
  en: 'The set-up token is not right. Use the one that the start command printed last.',
})
export const SetupLogins = refusal('ZJ_SETUP_LOGINS', 400, {
  zh: '三名管理员须使用三个不同的账号。请修改。',
  en: 'The three administrators need three different accounts. Change them.',
})
