import { type PersonFile, people } from '@zhijiao/contract/people'
import { App, Form } from 'antd'
import { useState } from 'react'
import { call, useDo } from '../../ui/api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { StaffPick, useColleagues } from '../pick.tsx'
import { peopleWords } from './words.ts'

/** Gives the file to an officer of its unit; what a colleague saved of it meanwhile is shown beside what was chosen. */
export function AssignDialog({ person, onClose }: { person: PersonFile; onClose: () => void }) {
  const t = useWords(peopleWords)
  const { message } = App.useApp()
  const colleagues = useColleagues({ org: person.org.code })
  // Whoever has it now may no longer be among those who can be chosen.
  const [theirs, setTheirs] = useState(person.officer)
  const assign = useDo(people.assign, { onDone: () => void message.success(t('assigned')) })
  const named = (id: unknown) =>
    [theirs, person.officer, ...(colleagues.data?.items ?? [])].find((one) => one?.id === id)?.name ?? String(id)
  return (
    <FormDialog<{ officer?: string }>
      title={t('assign')}
      initial={person.officer ? { officer: person.officer.id } : {}}
      onClose={onClose}
      revision={person.revision}
      compared={{
        fields: [{ path: 'officer', label: t('officer'), says: named }],
        latest: async () => {
          const now = await call(people.get, { params: { personId: person.id } })
          setTheirs(now.officer)
          return { values: { officer: now.officer?.id }, revision: now.revision }
        },
      }}
      onSend={({ officer }, revision) =>
        assign.mutateAsync({ params: { personId: person.id }, body: { officer: officer ?? null, revision } })
      }
    >
      <Form.Item name="officer" label={t('officer')}>
        <StaffPick org={person.org.code} />
      </Form.Item>
    </FormDialog>
  )
}
