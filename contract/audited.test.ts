import { expect, test } from 'vitest'
import { everyPromise } from './index.ts'
import type { Kept } from './kernel.ts'

/** Fields that may tell who somebody is, where he is or lives, or what was written about or to him. */
const personal =
  /^(name|login|number|identity|identityTail|phone|sim|holder|person|personName|lat|lon|coordinates|area|place|residence|address|text|reason|why|note|notes|remote|ip|title|fileName|sample|detail|says|said|conditions|content)$/

/**
 * Why an answer that has such a field is not audited. Each says whose the name or text is, for it is nobody's in correction
 * and no colleague's account.
 */
const nobodys: Readonly<Record<string, string>> = {
  'account.signIn': 'the caller himself; the sign-in writes its own line',
  'account.me': 'the caller himself',
  'account.sessions': 'the caller himself',
  'account.setLanguage': 'the caller himself',
  'account.setProfile': 'the caller himself',
  'orgs.tree': 'name, phone and address of units',
  'orgs.get': 'name, phone and address of units',
  'staff.colleagues': 'names of colleagues for choosing one',
  'staff.organs': 'names of courts, procuratorates, police, prisons',
  'people.weighTerm': 'what the law says of a term the caller typed',
  'people.template': 'an empty form',
  'people.counts': 'names of units beside figures',
  'history.example': 'invented persons',
  'history.fields': 'a description of fields',
  'downloads.list': 'the caller’s own orders; fetching one is audited',
  'savedQueries.list': 'the caller’s own conditions, never identity or phone',
  'savedQueries.save': 'the caller’s own conditions, never identity or phone',
  'positions.refusals': 'how many messages of a device were refused and why, never where',
  'fences.preview': 'what the caller drew himself; nothing is kept',
  'alarmKinds.list': 'kinds of alarms and their wording',
  'alarmStatistics.precision': 'figures',
  'tasks.receivers': 'names of colleagues for choosing one',
  'roster.list': 'who of the colleagues is on duty, with the phone of duty',
  'roster.now': 'who of the colleagues is on duty',
  'roster.candidates': 'names of colleagues for choosing one',
  'outages.list': 'faults of the platform',
  'matters.flow': 'a drawing of a procedure',
  'entrustments.counties': 'names of units',
  'templates.list': 'wording of forms',
  'templates.get': 'wording of forms',
  'templates.preview': 'a form with invented data',
  'settings.system': 'settings',
  'settings.security': 'settings',
  'settings.public': 'name of the platform',
  'lawDesk.rules': 'clauses of the law',
  'system.facts': 'names of demonstration accounts',
  'system.metrics': 'figures',
}

const idOf = ({ room, name }: Kept) => `${room}.${name}`

/** Names of the fields of an answer that may tell of a person; `file` where the answer is one. */
function tellingFields({ terms }: Kept): readonly string[] {
  if (terms.answers === 'nothing') return []
  if (terms.answers === 'file') return ['file']
  const found = new Set<string>()
  const look = (schema: unknown, name: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties, items, anyOf, allOf, additionalProperties, patternProperties, type } = schema as Record<
      string,
      unknown
    >
    const free = type !== 'boolean' && type !== 'integer' && !('enum' in schema) && !('const' in schema)
    if (personal.test(name) && free) found.add(name)
    if (typeof properties === 'object' && properties !== null)
      for (const [field, inner] of Object.entries(properties)) look(inner, field)
    for (const inner of [items, anyOf, allOf, additionalProperties].flat()) look(inner, name)
    if (typeof patternProperties === 'object' && patternProperties !== null)
      for (const inner of Object.values(patternProperties)) look(inner, name)
  }
  look(terms.answers, '')
  return [...found]
}

test('whatever can carry a person’s name, number, place or words is audited', () => {
  const silent = everyPromise
    .filter((kept) => kept.terms.audits === undefined && !(idOf(kept) in nobodys))
    .map((kept) => [idOf(kept), tellingFields(kept)] as const)
    .filter(([, fields]) => fields.length > 0)
  expect(silent).toEqual([])
})

test('what is excused is there, has such a field, and is not audited', () => {
  const excused = everyPromise.filter((kept) => idOf(kept) in nobodys)
  expect(excused.map(idOf).sort()).toEqual(Object.keys(nobodys).sort())
  for (const kept of excused) {
    expect(kept.terms.audits, idOf(kept)).toBeUndefined()
    expect(tellingFields(kept), idOf(kept)).not.toEqual([])
  }
})

test('the search finds the fields it is for', () => {
  const fieldsOf = (id: string) => everyPromise.filter((kept) => idOf(kept) === id).flatMap(tellingFields)
  expect(fieldsOf('devices.list')).toEqual(expect.arrayContaining(['identity', 'sim', 'name', 'number']))
  expect(fieldsOf('devices.commandState')).toEqual(expect.arrayContaining(['text', 'why']))
  expect(fieldsOf('people.seePreview')).toContain('sample')
  expect(fieldsOf('people.looks')).toEqual(expect.arrayContaining(['person', 'number', 'reason']))
})
