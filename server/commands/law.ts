import { readFileSync } from 'node:fs'
import { extendCalendar, readCalendar, shippedCalendar } from '@zhijiao/law/calendar'
import { civilDate, isCivilDate, legalDayOf, parseCivilDate, parseInstant } from '@zhijiao/law/civil-date'
import { dueOf } from '@zhijiao/law/due'
import { lawInForce } from '@zhijiao/law/in-force'
import { reading } from '@zhijiao/law/json-file'
import { propose } from '@zhijiao/law/ladder'
import { readLadderFacts } from '@zhijiao/law/ladder-file'
import { leaveCompetence } from '@zhijiao/law/leave'
import { readLeaveHistory, readLeaveRequest } from '@zhijiao/law/leave-file'
import { isRefusal, type LawRefusal, refuse } from '@zhijiao/law/refusals'
import type { Command } from '../cli.ts'
import { readOptions } from './options.ts'

/** Answers questions of law for support staff, one JSON line, from the shipped rules; opens no database. */
const command: Command = {
  says: '期限、外出权限、处置建议 / deadlines, leave competence and proposals by the law',
  usage: `npx zhijiao law due RULE_ID --from DATE [--holidays FILE] [--months N]
       npx zhijiao law leave --history FILE --request FILE
       npx zhijiao law propose --facts FILE`,
  async run(args) {
    const { words, values, fault } = readOptions(args, {
      values: ['from', 'holidays', 'months', 'history', 'request', 'facts'],
    })
    const [question, rule] = words
    // Arithmetic that leaves the calendar is refused in the same words as everything else.
    const answer = fault ? null : reading(() => ask(question, rule, values))
    if (answer === null) {
      process.stderr.write(`${fault ?? this.usage}\n`)
      return 2
    }
    if (isRefusal(answer)) {
      process.stdout.write(`${JSON.stringify({ ok: false, error: answer.refused, zh: answer.zh, en: answer.en })}\n`)
      return 1
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`)
    return 0
  },
}
export default command

function ask(
  question: string | undefined,
  rule: string | undefined,
  values: Readonly<Record<string, string | undefined>>,
): object | LawRefusal | null {
  if (question === 'due' && rule && values.from) return due(rule, values.from, values.holidays, values.months)
  if (question === 'leave' && values.history && values.request) {
    const history = readJson(values.history)
    const request = readJson(values.request)
    if (isRefusal(history)) return history
    if (isRefusal(request)) return request
    const past = readLeaveHistory(history.json)
    const wish = readLeaveRequest(request.json)
    if (isRefusal(past)) return past
    return isRefusal(wish) ? wish : leaveCompetence(wish, past)
  }
  if (question === 'propose' && values.facts) {
    const file = readJson(values.facts)
    if (isRefusal(file)) return file
    const facts = readLadderFacts(file.json)
    return isRefusal(facts) ? facts : propose(facts)
  }
  return null
}

function due(
  rule: string,
  from: string,
  holidays: string | undefined,
  months: string | undefined,
): object | LawRefusal {
  const day = parseCivilDate(from)
  const instant = parseInstant(from)
  const on = !isRefusal(day) ? day : isRefusal(instant) ? null : legalDayOf(instant.ms)
  const more = holidays ? readJson(holidays) : null
  if (more && isRefusal(more)) return more
  const calendar = more ? readCalendar(more.json) : null
  if (calendar && isRefusal(calendar)) return calendar
  const law = lawInForce(
    on && isCivilDate(on) ? on : civilDate('2026-01-01'),
    '',
    [],
    calendar ? extendCalendar(shippedCalendar, calendar) : shippedCalendar,
  )
  return dueOf(rule, from, { law, ...(months ? { months: Number(months) } : {}) })
}

function readJson(path: string): { readonly json: unknown } | LawRefusal {
  try {
    return { json: JSON.parse(readFileSync(path, 'utf8')) }
  } catch (error) {
    return refuse('ZJ_LAW_FACTS_INVALID', {
      detail: `${path}: ${error instanceof Error ? error.message : String(error)}`,
    })
  }
}
