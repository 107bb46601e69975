import type { Fault } from './fault.ts'
import { isRecord, Reading } from './reading.ts'

/** Most answers one batch may carry; a phone is handed twenty commands at a time. */
export const MAX_ANSWERS = 200

/** What became of a command that came with the answer to an earlier batch: carried out, and for a text shown to the person. */
export interface AppAnswer {
  /** Id of the command as it was handed out. */
  readonly id: string
  readonly result: 'ok' | 'failed' | 'unsupported'
}

/**
 * The commands a batch answers (`answers`, optional): a phone cannot be spoken to between two posts, so the next one says
 * what it did with what the last one brought. An answer that cannot be read is left out and named. Never throws.
 */
export function parseAnswers(body: string): {
  readonly answers: readonly AppAnswer[]
  readonly faults: readonly Fault[]
} {
  // Most batches answer nothing and are not read a second time.
  if (!body.includes('"answers"')) return { answers: [], faults: [] }
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { answers: [], faults: [{ at: '', problem: 'notJson' }] }
  }
  if (!isRecord(json)) return { answers: [], faults: [{ at: '', problem: 'notAnObject' }] }
  if (json.answers === undefined) return { answers: [], faults: [] }
  const reading = new Reading('', json)
  const answers = reading.list('answers', MAX_ANSWERS, readAnswer)
  const faults = reading.fault === null ? [] : [reading.fault]
  return { answers, faults: [...faults, ...reading.refused.map(({ at, problem }) => ({ at, problem }))] }
}

function readAnswer(reading: Reading): AppAnswer {
  const id = reading.text('id', 36)
  const result = reading.oneOf('result', ['ok', 'failed', 'unsupported'])
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) reading.refuse('id', 'unknownValue')
  return { id, result }
}
