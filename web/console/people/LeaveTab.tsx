import type { PersonFile } from '@zhijiao/contract/people'
import { LeaveTable } from '../leaves/LeaveTable.tsx'

export default function LeaveTab({ person }: { person: PersonFile }) {
  return <LeaveTable person={{ id: person.id, name: person.name }} />
}
