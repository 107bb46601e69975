import type { Static } from '@zhijiao/contract/kernel'
import { type TermDoubt as Doubt, people } from '@zhijiao/contract/people'
import { Button, Form, type FormInstance } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '../../ui/api.ts'
import { Cite } from '../../ui/Cite.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { peopleWords } from './words.ts'

/** What does not fit together in a term, with its article, and what can be done about it. */
export function TermDoubt({ of, children }: { of: Static<typeof Doubt>; children?: ReactNode }) {
  const say = useSpoken()
  return (
    <p className="zj-tight zj-tone-yellow" role="status">
      {say(of.said)} {of.citation ? <Cite of={of.citation} /> : null} {children}
    </p>
  )
}

const weighed = ['category', 'termStart', 'termEnd', 'correctionTerm', 'sentence', 'sentenceTerm'] as const
type Weighed = Partial<Record<(typeof weighed)[number], string>>

/** Weighs the term of a form while it is filled in; the day that the length gives is one press away. */
export function TermWeighed({ form }: { form: FormInstance }) {
  const t = useWords(peopleWords)
  const given: Weighed = Form.useWatch((values: Weighed) => values, form) ?? {}
  const { category = '', termStart = '', termEnd = '' } = given
  const query = Object.fromEntries(weighed.flatMap((name) => (given[name] ? [[name, given[name]]] : [])))
  const day = /^\d{4}-\d{2}-\d{2}$/
  const { data } = useAsk(
    people.weighTerm,
    { query: { ...query, category: category as '01', termStart, termEnd } },
    { enabled: category !== '' && day.test(termStart) && day.test(termEnd), keep: true },
  )
  if (!data?.doubt || !category || !termStart || !termEnd) return null
  const { expected } = data.doubt
  return (
    <TermDoubt of={data.doubt}>
      {expected ? (
        <Button size="small" onClick={() => form.setFieldValue('termEnd', expected)}>
          {t('takeExpected', { day: expected })}
        </Button>
      ) : null}
    </TermDoubt>
  )
}
