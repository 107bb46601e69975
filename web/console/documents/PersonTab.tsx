import { PersonDocuments } from './index.tsx'

export default function DocumentsTab({ personId }: { personId: string }) {
  return <PersonDocuments person={personId} />
}
