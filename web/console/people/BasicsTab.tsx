import type { BodyOf } from '@zhijiao/contract/kernel'
import { type PersonFile, people } from '@zhijiao/contract/people'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useCode } from '../../ui/codes.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { Duplicates } from './Duplicates.tsx'
import { filledOnly, HeaderFields } from './HeaderFields.tsx'
import { PartGroups } from './PartGroups.tsx'
import { peopleWords } from './words.ts'

/** The shared header of nineteen fields, then the groups of the file. */
export function BasicsTab({ person }: { person: PersonFile }) {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const may = useMay()
  const [editing, setEditing] = useState(false)
  return (
    <>
      <Panel
        title={t('basics')}
        extra={
          may('person.edit') && !person.mergedInto ? (
            <Button size="small" onClick={() => setEditing(true)}>
              {c('edit')}
            </Button>
          ) : null
        }
      >
        <HeaderFacts person={person} />
      </Panel>
      {may('person.merge') ? <Duplicates person={person} /> : null}
      <PartGroups personId={person.id} editable={may('person.edit') && !person.mergedInto} />
      {editing ? <EditHeader person={person} onClose={() => setEditing(false)} /> : null}
    </>
  )
}

export function HeaderFacts({ person }: { person: PersonFile }) {
  const t = useWords(peopleWords)
  const code = useCode()
  const facts: [string, string][] = [
    [t('sex'), t(person.sex)],
    [t('birthDate'), person.birthDate],
    [t('ethnicity'), person.ethnicity],
    [t('education'), code('educationLevel', person.education)],
    [t('registeredAddress'), person.registeredAddress],
    [t('residence'), person.residence],
    [t('crime'), person.crime],
    [t('sentence'), person.sentence],
    [t('sentenceTerm'), person.sentenceTerm],
    [t('additionalPenalty'), person.additionalPenalty],
    [t('category'), code('correctionCategory', person.category)],
    [t('correctionTerm'), person.correctionTerm],
    [t('termStart'), person.termStart],
    [t('termEnd'), person.termEnd],
    [t('decisionOrgan'), person.decisionOrgan],
    [t('documentNumber'), person.documentNumber],
    [t('decidedOn'), person.decidedOn ?? ''],
    [t('org'), person.org.name],
    [t('injunction'), person.injunctionText],
  ]
  return (
    <dl className="zj-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || '—'}</dd>
        </div>
      ))}
    </dl>
  )
}

type Change = Omit<BodyOf<NonNullable<(typeof people.change)['of']>>, 'revision'>

function EditHeader({ person, onClose }: { person: PersonFile; onClose: () => void }) {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const { message } = App.useApp()
  const change = useDo(people.change, { onDone: () => void message.success(t('saved')) })
  // Identity and phone are masked here: they are sent only when typed anew.
  const { identity: _, phone: __, injunction: ___, ...shown } = person
  return (
    <FormDialog<Change>
      title={t('editHeader')}
      okText={c('save')}
      width={860}
      initial={{ ...shown, injunction: person.injunctionText } as Partial<Change>}
      onClose={onClose}
      onSend={(values) =>
        change.mutateAsync({
          params: { personId: person.id },
          body: { ...(filledOnly(values) as Change), revision: person.revision },
        })
      }
    >
      <HeaderFields identityNeeded={false} />
    </FormDialog>
  )
}
