import { activations } from '@zhijiao/contract/devices'
import type { PersonFile } from '@zhijiao/contract/people'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { ActivationCard } from '../devices/ActivationCard.tsx'
import { ProposeForm } from '../devices/ProposeForm.tsx'
import { useMay } from '../me.ts'
import { peopleWords } from './words.ts'

/** Every term of positioning of this person, with its basis and its days. */
export default function DevicesTab({ person }: { person: PersonFile }) {
  const t = useWords(peopleWords)
  const may = useMay()
  const [proposing, setProposing] = useState(false)
  const asked = useAsk(activations.ofPerson, { params: { personId: person.id } })
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const start = may('activation.propose') ? (
    <Button type="primary" onClick={() => setProposing(true)}>
      {t('propose')}
    </Button>
  ) : null
  return (
    <Panel title={t('devicesTab')} extra={asked.data.items.length > 0 ? start : null}>
      {asked.data.items.length === 0 ? (
        <EmptyState why="nothing" what={t('noActivations')} hint={t('noActivationsHint')} action={start} />
      ) : null}
      {asked.data.items.map((one) => (
        <ActivationCard key={one.id} activation={one} />
      ))}
      {proposing ? <ProposeForm person={person} onClose={() => setProposing(false)} /> : null}
    </Panel>
  )
}
