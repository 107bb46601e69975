import { useParams, useSearch } from '@tanstack/react-router'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { useMemo } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { Page } from '../../ui/Page.tsx'
import { useNamedPage } from '../shell/pageNames.ts'
import { Trail } from '../shell/Trail.tsx'
import { againstIn } from './against.ts'
import { useMayBegin } from './mayBegin.ts'
import './procedures.css'
import { RegisterForm } from './RegisterForm.tsx'
import { beginSaid } from './said.ts'
import { matterWords } from './words.ts'

/** Registers a matter of one business: `?person=` of whom, `?cause=` out of which matter, `?origin=` out of which other decision, `?task=` from which duty. */
export default function RegisterPage() {
  const t = useWords(matterWords)
  const say = useSpoken()
  const language = useLanguage()
  const mayBegin = useMayBegin()
  const { kind = '' } = useParams({ strict: false }) as { kind?: string }
  const search = useSearch({ strict: false }) as { person?: string; cause?: string; origin?: string; task?: string }
  const { person, task } = search
  const against = useMemo(() => againstIn(search), [search])
  const procedure = procedureOf(kind)
  const title = procedure ? beginSaid(procedure, language) : ''
  useNamedPage(`/matters/${kind}/new`, title || undefined)
  if (!procedure) return <EmptyState why="nothing" what={t('unknownKind')} hint={t('unknownKindHint')} />
  if (!mayBegin(procedure)) return <EmptyState why="notYours" />
  return (
    <>
      <Trail via={{ to: `/matters/${kind}`, name: say(procedure) }} last={title} />
      <Page title={title} note={say(procedure.says)}>
        <RegisterForm
          key={`${kind}.${person ?? ''}.${against?.id ?? ''}`}
          of={procedure}
          {...(person ? { person } : {})}
          {...(task ? { task } : {})}
          {...(against ? { against } : {})}
        />
      </Page>
    </>
  )
}
