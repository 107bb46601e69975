/**
 * What the statute refuses, each once: a code, two languages, and what to do next.
 * A refusal is a value; `settled` turns it into a thrown `LawError` where a caller cannot go on without an answer.
 */
const texts = {
  ZJ_LAW_DATE_INVALID: {
    zh: '“{given}”不是有效日期。请写成 2026-11-21 或 20261121。',
    en: '"{given}" is not a valid date. Write it as 2026-11-21 or 20261121.',
  },
  ZJ_LAW_DATE_OUT_OF_RANGE: {
    zh: '日期超出 0001-01-01 至 9999-12-31。请检查起始日和天数。',
    en: 'The date falls outside 0001-01-01 to 9999-12-31. Check the start and the number of days.',
  },
  ZJ_LAW_INSTANT_INVALID: {
    zh: '“{given}”不是有效时刻。请写成 2026-11-21T09:30:00+08:00。',
    en: '"{given}" is not a valid instant. Write it as 2026-11-21T09:30:00+08:00.',
  },
  ZJ_LAW_CALENDAR_UNKNOWN: {
    zh: '没有 {year} 年的放假调休安排，无法计算。请导入国务院办公厅当年通知后再试。',
    en: 'The holiday arrangement of {year} is not loaded, so the date cannot be counted. Import the State Council notice of that year and try again.',
  },
  ZJ_LAW_CALENDAR_INVALID: {
    zh: '放假文件有误：{detail}。每年应写成 {"off":[…],"work":[…]}，日期属于该年且不重复。',
    en: 'The holidays file is wrong: {detail}. Each year reads {"off":[…],"work":[…]}, with dates of that year, none in both lists.',
  },
  ZJ_LAW_RULE_UNKNOWN: {
    zh: '没有编号为“{rule}”的规则。请在规则列表中查找正确编号。',
    en: 'There is no rule "{rule}". Look up the right id in the list of rules.',
  },
  ZJ_LAW_RULE_NOT_IN_FORCE: {
    zh: '规则 {rule} 在 {on} 尚未施行或已失效。请核对日期，或选用当日有效的规则。',
    en: 'Rule {rule} is not in force on {on}. Check the date, or use the rule in force on that day.',
  },
  ZJ_LAW_RULE_HAS_NO_CLOCK: {
    zh: '规则 {rule}（{zh}）没有期限，不能计算到期日。请选用有期限的规则。',
    en: 'Rule {rule} ({en}) has no clock, so nothing falls due. Choose a rule that has a time limit.',
  },
  ZJ_LAW_TERM_NEEDED: {
    zh: '规则 {rule} 的长度由裁判确定（{range}个月）。请提供该范围内的月数。',
    en: 'The length under rule {rule} is set by the judgment ({range} months). Give the number of months within that range.',
  },
  ZJ_LAW_PARAMETER_UNKNOWN: {
    zh: '没有编号为“{parameter}”的地方参数。请在参数列表中查找。',
    en: 'There is no local parameter "{parameter}". Look it up in the list of parameters.',
  },
  ZJ_LAW_LEVELS_NONE: {
    zh: '没有写明任何管理级别。请由宽到严至少写一个，如 1=宽管,2=普管,3=严管。',
    en: 'No level is named. Write at least one, the mildest first, such as 1=宽管/Lenient,2=普管/Ordinary,3=严管/Strict.',
  },
  ZJ_LAW_LEVELS_CODE: {
    zh: '“{piece}”的级别代码有误：代码为一位数字 1 至 9。请写成“代码=名称”，级别之间用逗号分开，如 1=宽管,2=普管。',
    en: 'The code in "{piece}" is wrong: it is one digit, 1 to 9. Write code=name with commas between, such as 1=宽管,2=普管.',
  },
  ZJ_LAW_LEVELS_NAME: {
    zh: '“{piece}”的名称有误：中文名称 1 至 8 个字，不能只有数字，不含空格和 = / 、 ；；英文名称可不写，写在 / 之后，不超过 24 个字母。请写成 4=重点 或 4=重点/Key。',
    en: 'The name in "{piece}" is wrong: 1 to 8 characters in Chinese, not a number, without blanks or = / 、 ;. An English name may follow a slash, at most 24 letters. Write 4=重点 or 4=重点/Key.',
  },
  ZJ_LAW_LEVELS_TWICE: {
    zh: '“{piece}”与“{other}”的代码或名称相同。请为每个级别写不同的代码和名称。',
    en: '"{piece}" has the code or name of "{other}". Give each level a code and names of its own.',
  },
  ZJ_LAW_LEVEL_UNKNOWN: {
    zh: '没有代码为“{level}”的管理级别。请从现行级别中选择：{known}。需要增加级别的，由省级在法规参数 SET-34 中设定并发布。',
    en: 'There is no level "{level}". Choose one in force: {knownEn}. The province adds levels by setting SET-34 of the law parameters.',
  },
  ZJ_LAW_TERM_OUT_OF_RANGE: {
    zh: '期限不合法：{detail}。请核对裁判文书，或按法定上下限重新填写。',
    en: 'The term is not lawful: {detail}. Check the judgment, or enter a term within the statutory limits.',
  },
  ZJ_LAW_DEVICE_TERM_REFUSED: {
    zh: '电子定位装置期限不合法：{detail}。每次不超过三个月，延长须在届满前评估并重新批准。',
    en: 'The device term is not lawful: {detail}. Each term is at most three months; an extension needs a fresh assessment and approval before the end.',
  },
  ZJ_LAW_LEAVE_ABROAD: {
    zh: '刑罚未执行完毕不准出境，任何机关都不能批准出境请假（出境入境管理法 12(2)）。',
    en: 'A person whose punishment is not fully served may not leave the country; nobody can approve this leave (Exit and Entry Administration Law 12(2)).',
  },
  ZJ_LAW_LEAVE_DATES: {
    zh: '外出起止日期有误：{detail}。请核对出发日与返回日。',
    en: 'The leave dates are wrong: {detail}. Check the day of departure and the day of return.',
  },
  ZJ_LAW_FACTS_INVALID: {
    zh: '事实材料有误：{detail}。请按说明文档的格式填写。',
    en: 'The facts are not readable: {detail}. Fill them in as the documented shape says.',
  },
} as const

export type LawCode = keyof typeof texts

/** A refusal by the statute: stable code, both languages filled in, and the values that caused it. */
export interface LawRefusal {
  readonly refused: LawCode
  readonly zh: string
  readonly en: string
  readonly detail: Readonly<Record<string, string | number>>
}

/** Builds the refusal of this code, its `{names}` filled from `detail`. */
export function refuse(code: LawCode, detail: LawRefusal['detail'] = {}): LawRefusal {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(detail[name] ?? whole))
  return { refused: code, zh: fill(texts[code].zh), en: fill(texts[code].en), detail }
}

export function isRefusal(answer: unknown): answer is LawRefusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer
}

/** Thrown only by `settled` and by arithmetic that leaves the calendar; carries the refusal it stands for. */
export class LawError extends Error {
  readonly code: LawCode
  readonly refusal: LawRefusal

  constructor(refusal: LawRefusal) {
    super(`${refusal.refused}: ${refusal.en}`)
    this.name = 'LawError'
    this.code = refusal.refused
    this.refusal = refusal
  }
}

/** The answer, or a `LawError` when the statute refused one. */
export function settled<T>(answer: T | LawRefusal): T {
  if (isRefusal(answer)) throw new LawError(answer)
  return answer
}
