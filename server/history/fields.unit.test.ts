import { OldDocument } from '@zhijiao/contract/documents'
import { historyKinds } from '@zhijiao/contract/history'
import { OldMatter } from '@zhijiao/contract/matters'
import { TermLine, TrackLine } from '@zhijiao/contract/old-tracks'
import { HistoryFile } from '@zhijiao/contract/people'
import { OldLeave } from '@zhijiao/contract/permits'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { strictParser } from '../core/http/validation.ts'
import { examplesOf } from './examples.ts'
import { fieldsOf } from './fields.ts'
import { wordsOfFields } from './words.ts'

const levels = { offered: [{ code: '4', zh: '重点', en: 'Key' }], former: [] }

const schemas = {
  people: HistoryFile,
  tracks: Type.Union([TermLine, TrackLine]),
  matters: OldMatter,
  leaves: OldLeave,
  documents: OldDocument,
}

test.each(historyKinds)('every field of %s has words in both languages, and no words are left over', (kind) => {
  const rows = fieldsOf(kind, levels)
  expect(rows.filter((r) => r.zh === '' || r.en === '').map((r) => `${r.where} ${r.path}`)).toEqual([])
  const paths = new Set(rows.map((r) => r.path))
  expect(Object.keys(wordsOfFields[kind]).filter((path) => !paths.has(path))).toEqual([])
})

test.each(historyKinds)('the example of %s is what the import takes', (kind) => {
  const read = strictParser(schemas[kind])
  for (const line of examplesOf('450223')[kind]) expect(() => read(line)).not.toThrow()
})

test('the examples of two counties are not in each other’s way', () => {
  const [here, there] = [examplesOf('450223'), examplesOf('450224')]
  const names = ({ people, matters, leaves, documents }: typeof here) => [
    ...people.flatMap((f) => [f.number, f.person.identity]),
    ...matters.map((m) => m.id),
    ...leaves.map((l) => l.id),
    ...documents.map((d) => d.id),
  ]
  expect(names(here).filter((name) => names(there).includes(name))).toEqual([])
  expect(names(examplesOf('450223'))).toEqual(names(here))
})
