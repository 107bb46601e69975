import type { BodyOf } from '@zhijiao/contract/kernel'
import { type PersonFile, people } from '@zhijiao/contract/people'
import type { CodeSetName } from '@zhijiao/law/codes'
import { App, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { call, useDo } from '../../ui/api.ts'
import { useCode } from '../../ui/codes.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { Masked } from '../../ui/Masked.tsx'
import { Panel } from '../../ui/Page.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { Duplicates } from './Duplicates.tsx'
import { HeaderFields, wholeHeader } from './HeaderFields.tsx'
import { PartGroups } from './PartGroups.tsx'
import { revealOf } from './reveal.ts'
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
        <HeaderFacts person={person} reveals={may('person.reveal')} />
      </Panel>
      {may('person.merge') ? <Duplicates person={person} /> : null}
      <PartGroups personId={person.id} editable={may('person.edit') && !person.mergedInto} />
      {editing ? <EditHeader person={person} onClose={() => setEditing(false)} /> : null}
    </>
  )
}

/** The header as it is shown; addresses are masked until somebody says why he must see them. */
export function HeaderFacts({ person, reveals = false }: { person: PersonFile; reveals?: boolean }) {
  const t = useWords(peopleWords)
  const code = useCode()
  const address = (what: 'registeredAddress' | 'residence') => (
    <Masked
      shown={person[what]}
      label={t(what)}
      {...(reveals && person[what] ? { reveal: revealOf(person.id, what) } : {})}
    />
  )
  const facts: [string, ReactNode][] = [
    [t('sex'), t(person.sex)],
    [t('birthDate'), person.birthDate],
    [t('ethnicity'), person.ethnicity],
    [t('education'), code('educationLevel', person.education)],
    [t('registeredAddress'), person.registeredAddress ? address('registeredAddress') : ''],
    [t('residence'), person.residence ? address('residence') : ''],
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

const comparedHeader = [
  'name',
  'ethnicity',
  'education',
  'registeredAddress',
  'residence',
  'crime',
  'sentence',
  'sentenceTerm',
  'additionalPenalty',
  'correctionTerm',
  'decisionOrgan',
  'decisionOrganKind',
  'documentNumber',
  'decidedOn',
  'injunction',
] as const

/** Sets of the coded fields, in whose words they are compared. */
const codedHeader: Partial<Record<(typeof comparedHeader)[number], CodeSetName>> = {
  education: 'educationLevel',
  decisionOrganKind: 'decisionOrgan',
}

function EditHeader({ person, onClose }: { person: PersonFile; onClose: () => void }) {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const code = useCode()
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
      revision={person.revision}
      compared={{
        fields: comparedHeader.map((path) => {
          const set = codedHeader[path]
          return { path, label: t(path), ...(set ? { says: (v) => code(set, String(v)) } : {}) }
        }),
        latest: async () => {
          const now = await call(people.get, { params: { personId: person.id } })
          return { values: { ...now, injunction: now.injunctionText }, revision: now.revision }
        },
      }}
      onSend={(values, revision) =>
        change.mutateAsync({ params: { personId: person.id }, body: { ...wholeHeader(values), revision } })
      }
    >
      <HeaderFields identityNeeded={false} />
    </FormDialog>
  )
}
