import { Link } from '@tanstack/react-router'
import { type PersonFile, people } from '@zhijiao/contract/people'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { useStringing, useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { peopleWords } from './words.ts'

const why = { identity: 'whyIdentity', nameAndBirth: 'whyNameAndBirth', phone: 'whyPhone' } as const

/** Shown only when there is something to decide. */
export function Duplicates({ person }: { person: PersonFile }) {
  const t = useWords(peopleWords)
  const { list } = useStringing()
  const { message } = App.useApp()
  const complain = useComplain()
  const found = useAsk(people.duplicates, { params: { personId: person.id } }, { staleTime: 300_000 }).data?.items ?? []
  const [merging, setMerging] = useState<(typeof found)[number] | null>(null)
  const merge = useDo(people.merge, { onDone: () => void message.success(t('merged')) })
  if (found.length === 0) return null
  return (
    <>
      <Alert
        className="zj-gap"
        type="warning"
        title={t('duplicates')}
        description={
          <ul className="zj-rows">
            {found.map((one) => (
              <li key={one.person.id}>
                <span>
                  <Link to={`/people/${one.person.id}`}>{one.person.name}</Link> {one.person.number} ·{' '}
                  {one.person.org.name} · {list(one.why.map((w) => t(why[w])))}
                </span>
                <Button size="small" onClick={() => setMerging(one)}>
                  {t('merge')}
                </Button>
              </li>
            ))}
          </ul>
        }
      />
      <ReasonDialog
        open={merging !== null}
        danger
        title={t('mergeTitle')}
        note={merging ? t('mergeNote', { name: merging.person.name, number: merging.person.number }) : null}
        busy={merge.isPending}
        onCancel={() => setMerging(null)}
        onReason={(reason) => {
          if (!merging) return
          merge.mutate(
            {
              params: { personId: person.id },
              body: {
                other: merging.person.id,
                revision: person.revision,
                otherRevision: merging.person.revision,
                reason,
              },
            },
            { onSuccess: () => setMerging(null), onError: (error) => complain(error) },
          )
        }}
      />
    </>
  )
}
