import { people } from '@zhijiao/contract/people'
import { useAsk } from '../../ui/api.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { DocumentTable } from './DocumentTable.tsx'

export { DocumentsOf } from './DocumentsOf.tsx'

/** 法律文书 of one person, a tab of his file. */
export function PersonDocuments({ person }: { person: string }) {
  const file = useAsk(people.get, { params: { personId: person } })
  return file.data ? <DocumentTable person={{ id: person, name: file.data.name }} /> : <Waiting />
}
