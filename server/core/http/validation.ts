import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type FieldFault, Invalid, Refusal } from '../refusals.ts'

// Bodies are taken as they are: no coercion, no dropped fields, every fault named. Queries are text, so they are read kindly.
const strict = new Ajv({
  coerceTypes: false,
  removeAdditional: false,
  allErrors: true,
  useDefaults: true,
  strict: false,
})
const kind = new Ajv({
  coerceTypes: 'array',
  removeAdditional: false,
  allErrors: true,
  useDefaults: true,
  strict: false,
})
for (const ajv of [strict, kind]) addFormats.default(ajv)

export type Parse = (value: unknown) => unknown

export function strictParser(schema: object): Parse {
  return parserOf(strict.compile(schema))
}
export function kindParser(schema: object): Parse {
  return parserOf(kind.compile(schema))
}

function parserOf(check: ValidateFunction): Parse {
  return (value) => {
    if (check(value)) return value
    const fields = faultsOf(check.errors ?? [])
    throw new Refusal(Invalid, { count: fields.length }, fields)
  }
}

function faultsOf(errors: readonly ErrorObject[]): FieldFault[] {
  const seen = new Set<string>()
  const faults: FieldFault[] = []
  for (const e of errors) {
    if (e.keyword === 'anyOf' || e.keyword === 'oneOf') continue
    const missing =
      e.keyword === 'required'
        ? String(e.params.missingProperty)
        : e.keyword === 'additionalProperties'
          ? String(e.params.additionalProperty)
          : ''
    const path = [...e.instancePath.split('/').filter(Boolean), missing].filter(Boolean).join('.')
    if (seen.has(path)) continue
    seen.add(path)
    faults.push({ path, ...wordsOf(e) })
  }
  if (faults.length === 0) faults.push({ path: '', zh: '内容格式不符合要求', en: 'does not have the expected form' })
  return faults
}

function wordsOf(e: ErrorObject): { zh: string; en: string } {
  const p = e.params as Record<string, unknown>
  switch (e.keyword) {
    case 'required':
      return { zh: '必填', en: 'is required' }
    case 'additionalProperties':
      return { zh: '不认识的字段，请删除', en: 'is not known here; leave it out' }
    case 'type':
      return { zh: `应为${typeZh[String(p.type)] ?? String(p.type)}`, en: `must be ${String(p.type)}` }
    case 'minLength':
      return Number(p.limit) === 1
        ? { zh: '必填', en: 'is required' }
        : { zh: `至少 ${p.limit} 个字`, en: `needs at least ${p.limit} characters` }
    case 'maxLength':
      return { zh: `最多 ${p.limit} 个字`, en: `at most ${p.limit} characters` }
    case 'minimum':
    case 'exclusiveMinimum':
      return { zh: `不能小于 ${p.limit}`, en: `must not be below ${p.limit}` }
    case 'maximum':
    case 'exclusiveMaximum':
      return { zh: `不能大于 ${p.limit}`, en: `must not exceed ${p.limit}` }
    case 'minItems':
      return { zh: `至少 ${p.limit} 项`, en: `needs at least ${p.limit} items` }
    case 'maxItems':
      return { zh: `最多 ${p.limit} 项`, en: `at most ${p.limit} items` }
    case 'enum':
      return {
        zh: `只能是：${(p.allowedValues as unknown[]).join('、')}`,
        en: `must be one of ${(p.allowedValues as unknown[]).join(', ')}`,
      }
    case 'format':
      return { zh: `格式应为 ${formatZh[String(p.format)] ?? String(p.format)}`, en: `must be a ${String(p.format)}` }
    case 'pattern':
      return { zh: '格式不符合要求', en: 'does not have the expected form' }
    default:
      return { zh: '不符合要求', en: e.message ?? 'does not fit' }
  }
}

const typeZh: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  integer: '整数',
  boolean: '是/否',
  array: '列表',
  object: '一组内容',
  null: '空',
}
const formatZh: Readonly<Record<string, string>> = {
  'date-time': '日期时间（如 2026-11-21T08:00:00Z）',
  date: '日期（如 2026-11-21）',
  uuid: '编号',
  email: '邮箱',
}
