import type { Field } from '@zhijiao/contract/procedures/describe'
import { asked } from '@zhijiao/contract/procedures/written'
import { type CivilDate, isCivilDate } from '@zhijiao/law/civil-date'
import { type CodeSetName, code } from '@zhijiao/law/codes'
import { levelCode } from '@zhijiao/law/levels'
import type { Json } from '../core/ledger/canonical.ts'
import { type FieldFault, Invalid, type Refusal, refuse } from '../core/refusals.ts'
import { placeOf } from './place.ts'

export { asked } from '@zhijiao/contract/procedures/written'
export type Form = { readonly [field: string]: Json }

export interface FormCircumstances {
  readonly today: CivilDate
  /** Milliseconds UTC. */
  readonly now: number
  /** A form that is kept half-filled: what is there must be right, what is missing is not asked for. */
  readonly partial?: boolean
}

/** Clocks of phones and desks differ; a moment this little ahead counts as now, milliseconds. */
const slack = 5 * 60_000
const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const empty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Which levels there are the province sets, so that a form sees a digit and the practice asks the law. */
const isCode = (set: CodeSetName, one: string) =>
  set === 'supervisionLevel' ? levelCode.test(one) : code(set, one) !== undefined

/**
 * Reads a form by its description: what is asked for and fits, in the order of the description. Fields that are not
 * asked for are left out, unknown ones are refused. Refused with ZJ_INVALID, every fault named by its path.
 */
export function readForm(fields: readonly Field[], given: unknown, where: FormCircumstances): Form | Refusal {
  const faults: FieldFault[] = []
  const form = read(fields, given, '', where, faults)
  return faults.length > 0 ? refuse(Invalid, { count: faults.length }, faults) : form
}

function read(
  fields: readonly Field[],
  given: unknown,
  path: string,
  where: FormCircumstances,
  faults: FieldFault[],
): Form {
  const fault = (at: string, zh: string, en: string) => faults.push({ path: `${path}${at}`, zh, en })
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    fault('', '应为一组填写项', 'must be a set of entries')
    return {}
  }
  const values = given as Record<string, unknown>
  const known = new Set(fields.map((f) => f.id))
  for (const key of Object.keys(values)) if (!known.has(key)) fault(key, '没有这一项', 'there is no such field')
  const form: Record<string, Json> = {}
  for (const field of fields) {
    if (!asked(field, values)) continue
    const value = values[field.id]
    if (empty(value)) {
      if (field.required && !where.partial && field.kind !== 'flag')
        fault(field.id, `请填写“${field.zh}”`, `"${field.en}" is needed`)
      continue
    }
    const wrong = (zh: string, en: string) => fault(field.id, `“${field.zh}”${zh}`, `"${field.en}" ${en}`)
    const text = typeof value === 'string' ? value.trim() : null
    const list = Array.isArray(value) ? value : null
    switch (field.kind) {
      case 'text':
      case 'long': {
        const most = field.max ?? (field.kind === 'text' ? 200 : 4000)
        if (text === null) wrong('应为文字', 'must be text')
        else if (text === '' && field.required && !where.partial) wrong('不能只有空格', 'must not be blank')
        else if (text.length > most)
          wrong(`不超过 ${most} 字，现有 ${text.length} 字`, `has ${text.length} of ${most} characters`)
        else form[field.id] = text
        break
      }
      case 'day': {
        if (text === null || !isCivilDate(text)) wrong('不是有效日期（年-月-日）', 'is no date (YYYY-MM-DD)')
        else if (field.limit === 'past' && text > where.today) wrong('不能晚于今天', 'cannot be later than today')
        else if (field.limit === 'future' && text < where.today) wrong('不能早于今天', 'cannot be earlier than today')
        else form[field.id] = text
        break
      }
      case 'moment': {
        const at = text === null ? Number.NaN : Date.parse(text)
        if (Number.isNaN(at)) wrong('不是有效时间', 'is no instant')
        else if (field.limit === 'past' && at > where.now + slack) wrong('不能晚于现在', 'cannot be later than now')
        else if (field.limit === 'future' && at < where.now - slack) wrong('不能早于现在', 'cannot be earlier than now')
        else form[field.id] = new Date(at).toISOString()
        break
      }
      case 'number': {
        const { min = 0, max = 1_000_000 } = field
        if (typeof value !== 'number' || !Number.isFinite(value)) wrong('应为数字', 'must be a number')
        else if (value < min || value > max) wrong(`应在 ${min} 至 ${max} 之间`, `lies between ${min} and ${max}`)
        else form[field.id] = value
        break
      }
      case 'flag': {
        if (typeof value !== 'boolean') wrong('应为是或否', 'must be yes or no')
        else form[field.id] = value
        break
      }
      case 'code':
      case 'choice': {
        const right = (one: unknown) =>
          typeof one === 'string' &&
          (field.kind === 'code' ? isCode(field.set, one) : field.choices.some((c) => c.id === one))
        if (field.many ? !list?.every(right) : !right(value)) wrong('请从列表中选择', 'must be chosen from the list')
        else form[field.id] = value as Json
        break
      }
      case 'files':
      case 'facts': {
        if (!list || list.length > 200 || !list.every((one) => typeof one === 'string' && id.test(one)))
          wrong('附件编号有误，请重新上传或选择', 'names something that is not there; attach or choose it again')
        else if (field.kind === 'files' && list.length < (field.least ?? 0) && !where.partial)
          wrong(`至少 ${field.least} 个`, `needs at least ${field.least}`)
        else form[field.id] = list as Json
        break
      }
      case 'staff':
      case 'matter': {
        if (text === null || !id.test(text)) wrong('请从列表中选择', 'must be chosen from the list')
        else form[field.id] = text
        break
      }
      case 'unit': {
        const digits =
          field.level === 'office' ? /^[0-9]{9}$/ : field.level === 'county' ? /^[0-9]{6}$/ : /^[0-9]{2,9}$/
        if (text === null || !digits.test(text)) wrong('请选择单位', 'must be a unit')
        else form[field.id] = text
        break
      }
      case 'place': {
        const read = placeOf(value, where.now + slack)
        if ('place' in read) form[field.id] = read.place
        else wrong(read.zh, read.en)
        break
      }
      case 'rows': {
        const { least = 0, most = 100 } = field
        if (!list) wrong('应为表格', 'must be a table')
        else if ((list.length < least && !where.partial) || list.length > most)
          wrong(`应有 ${least} 至 ${most} 行`, `has between ${least} and ${most} rows`)
        else form[field.id] = list.map((row, at) => read(field.fields, row, `${path}${field.id}.${at}.`, where, faults))
        break
      }
    }
  }
  for (const field of fields) {
    if ((field.kind !== 'day' && field.kind !== 'moment') || !field.after) continue
    const [mine, before] = [form[field.id], form[field.after]]
    if (typeof mine !== 'string' || typeof before !== 'string' || mine >= before) continue
    const other = fields.find((f) => f.id === field.after)
    fault(field.id, `“${field.zh}”不能早于“${other?.zh}”`, `"${field.en}" cannot be earlier than "${other?.en}"`)
  }
  return form
}
