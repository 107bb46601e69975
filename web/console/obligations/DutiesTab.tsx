import { DutiesOf } from './DutiesOf.tsx'

/** The tab of the person file. */
export default function DutiesTab({ personId }: { personId: string }) {
  return <DutiesOf person={personId} />
}
