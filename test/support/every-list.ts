import type { Call } from '@zhijiao/contract/client'
import { Refused } from '@zhijiao/contract/client'
import { everyPromise } from '@zhijiao/contract/index'
import type { Kept } from '@zhijiao/contract/kernel'

/** Who asks: what he may do and where he sits, as `account.me` tells it. */
export interface Asker {
  readonly call: Call
  readonly permissions: readonly string[]
  readonly unit: string
}

/** One list as one account finds it: `room.promise`, which of its tabs, and how many rows. A refusal stands as its code. */
export interface Found {
  readonly list: string
  readonly tab: string
  readonly total: number | string
}

/** A schema as far as it matters here: JSON Schema, which the contract's types are at run time. */
interface Shape {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
}
type Query = Readonly<Record<string, unknown>>

const nameOf = ({ room, name }: Kept) => `${room}.${name}`

/** A list: answers rows, or a page of them. */
function isList({ verb, terms }: Kept): boolean {
  const shape = terms.answers as Shape | string
  if (verb !== 'get' || typeof shape === 'string') return false
  return shape.type === 'array' || shape.properties?.items?.type === 'array'
}

function countIn(answer: unknown): number {
  if (Array.isArray(answer)) return answer.length
  const { total, items } = answer as { readonly total?: number; readonly items: readonly unknown[] }
  return total ?? items.length
}

const tabNames = ['view', 'state', 'only'] as const
/** The list as it opens, and each tab of it: what its query offers as a view or a state. */
function tabsOf({ terms }: Kept): Query[] {
  const offered = (terms.query as Shape | undefined)?.properties ?? {}
  return [
    {},
    ...tabNames.flatMap((tab) =>
      (offered[tab]?.enum ?? offered[tab]?.items?.enum ?? []).map((word) => ({ [tab]: word })),
    ),
  ]
}

/** Where the ids in an address come from. Null: from no list, so that nobody comes by them who did not ask himself. */
const idsFrom: Readonly<Record<string, string | null>> = {
  '/api/document-batches/:id': null,
  '/api/looks/:personId': null,
  '/api/people/:personId': 'people.list',
  '/api/persons/:personId': 'people.list',
  '/api/devices/:id': 'devices.list',
  '/api/documents/:id': 'documents.list',
  '/api/fences/:id': 'fences.list',
  '/api/tasks/:id': 'tasks.list',
}
/** Lists that ask of whom or of what before they answer. */
const needs: Readonly<Record<string, (asker: Asker, id: string) => Query>> = {
  'files.list': (_, person) => ({ person }),
  'savedQueries.list': () => ({ list: 'people' }),
  'roster.candidates': ({ unit }) => ({ org: unit }),
  'lawDesk.clocks': () => ({ rules: 'INV-01' }),
}
const needIds: Readonly<Record<string, string>> = { 'files.list': 'people.list' }
/** One of so many rows must have something. */
const looksAt = 60

/** Every list of the contract that the account may see, with each of its tabs. */
export async function everyListOf(asker: Asker): Promise<Found[]> {
  const may = ({ terms }: Kept) =>
    terms.may === 'anyone' || terms.may === 'signedIn' || asker.permissions.includes(terms.may)
  const ask = (kept: Kept, params: Query, query: Query) =>
    asker.call(kept as Kept<never>, { params, query } as never) as Promise<unknown>
  const known = new Map<string, readonly string[]>()
  const idsOf = async (source: string): Promise<readonly string[]> => {
    const there = known.get(source)
    if (there) return there
    const kept = everyPromise.find((one) => nameOf(one) === source)
    const answer = kept && may(kept) ? await ask(kept, {}, { size: looksAt }) : { items: [] }
    const ids = (answer as { items: { id: string }[] }).items.map(({ id }) => id)
    known.set(source, ids)
    return ids
  }
  const found: Found[] = []
  for (const kept of everyPromise.filter((one) => isList(one) && may(one))) {
    const list = nameOf(kept)
    const [place, param] = /^(.*\/:(\w+))/.exec(kept.path)?.slice(1) ?? []
    const source = place ? idsFrom[place] : needIds[list]
    if (source === null) continue
    if (place && source === undefined) throw new Error(`${list}: say in idsFrom whose ids stand in ${place}`)
    const ids = source ? await idsOf(source) : ['']
    for (const tab of tabsOf(kept)) {
      const [word = ''] = Object.entries(tab).map(([key, value]) => `${key}=${value}`)
      let total: number | string = 0
      for (const id of ids) {
        try {
          total = countIn(await ask(kept, param ? { [param]: id } : {}, { ...needs[list]?.(asker, id), ...tab }))
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          total = error.problem.code
        }
        if (total !== 0) break
      }
      if (ids.length > 0) found.push({ list, tab: word, total })
    }
  }
  return found
}
