import { useNavigate } from '@tanstack/react-router'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { App, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { type Against, wishOf } from './against.ts'
import { type Fault, faultsOf } from './Faults.tsx'
import { FormFields } from './FormFields.tsx'
import { FormFrame } from './FormFrame.tsx'
import { RegisterAbout } from './RegisterAbout.tsx'
import { useKeptForm } from './useKeptForm.ts'
import { useWeighing, type Wish } from './useWeighing.ts'
import { type Filled, toSend } from './values.ts'
import { WeighedPanel } from './WeighedPanel.tsx'
import { matterWords } from './words.ts'

/** Of whom it is, and what it comes of; kept beside what is typed. */
interface Whom {
  readonly person: string | null
  readonly org: string | null
  readonly against: Against | null
}

/**
 * The form that begins a matter, drawn from its description; beside it what the law and the file say to it. A person who
 * is given, and a matter it comes of, have a draft of their own.
 */
export function RegisterForm({
  of,
  person: given,
  against: named,
  task,
}: {
  of: Procedure
  person?: string
  /** What it comes of, as the link says. */
  against?: Against
  /** The duty it is begun from, which ends with it. */
  task?: string
}) {
  const t = useWords(matterWords)
  const navigate = useNavigate()
  const { message } = App.useApp()
  const frame = useKeptForm<Whom>('register', `${of.id}.${given ?? ''}.${named?.id ?? ''}`)
  const { form, kept, setFaults } = frame
  const [person, setPerson] = useState<string | null>(given ?? kept?.person ?? null)
  const [org, setOrg] = useState<string | null>(kept?.org ?? null)
  const [against, setAgainst] = useState<Against | null>(named ?? kept?.against ?? null)
  const weighing = useWeighing()
  const file = useAsk(people.get, { params: { personId: person ?? '' } }, { enabled: person !== null })
  const send = useDo(matters.register, { refreshes: ['matters', 'tasks', 'documents'] })
  const wish = (): Wish => ({
    kind: of.id,
    ...(person ? { person } : {}),
    ...(org && !person ? { org } : {}),
    ...wishOf(against),
    form: toSend(of.form, form.getFieldsValue(true) as Filled),
  })
  const ready = () => ((of.about === 'person' && !person) || (of.against && !against) ? null : wish())
  /** What is chosen outside the form and still missing. */
  const missing = (): Fault[] => [
    ...(of.about === 'person' && !person ? [{ path: ['person'], text: t('personNeeded') }] : []),
    ...(of.against && !against ? [{ path: ['against'], text: t('againstNeeded') }] : []),
  ]
  const mended = (what: string) => setFaults((was) => was.filter((fault) => fault.path[0] !== what))

  const { ask } = weighing
  const first = useRef(true)
  // Whether it may begin at all is said before anything is typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another person, not for each key
  useEffect(() => {
    const begun = ready()
    if (begun && (first.current || person)) void ask(begun)
    first.current = false
  }, [person, against, ask])

  const afresh = () => {
    frame.afresh()
    if (!given) setPerson(null)
    if (!named) setAgainst(null)
  }
  const submit = async (then: 'open' | 'next') => {
    const begun = await frame.send(
      () => send.mutateAsync({ body: { ...wish(), id: frame.id, ...(task ? { task } : {}) } }),
      {
        also: missing(),
      },
    )
    if (!begun) return
    void message.success(t('sent'))
    if (then === 'next') {
      afresh()
      setPerson(null)
      void navigate({ to: `/matters/${of.id}/new`, replace: true })
    } else void navigate({ to: `/matters/${begun.kind}/${begun.id}`, replace: true })
  }
  const check = async () => {
    const begun = ready()
    if (!begun) {
      setFaults(missing())
      return
    }
    const trouble = await weighing.ask(begun)
    setFaults(trouble ? faultsOf(form, trouble) : [])
    if (!trouble) void message.success(t('checked'))
  }
  return (
    <FormFrame
      of={frame}
      about={{ person, org: file.data?.org.code ?? org }}
      onSend={() => void submit('open')}
      onKeep={() => frame.keep({ person, org, against })}
      onAfresh={afresh}
      onLeave={() => weighing.askLater(ready)}
      above={
        <RegisterAbout
          id="register_person"
          of={of}
          fixed={given !== undefined}
          person={person}
          onPerson={(next) => {
            const still = named ? against : null
            setPerson(next)
            setAgainst(still)
            mended('person')
            frame.keep({ person: next, org, against: still })
          }}
          org={org}
          onOrg={(next) => {
            setOrg(next)
            frame.keep({ person, org: next, against })
          }}
          against={against}
          named={named !== undefined}
          onAgainst={(next) => {
            setAgainst(next)
            mended('against')
            frame.keep({ person, org, against: next })
          }}
        />
      }
      acts={
        <>
          <Button type="primary" loading={frame.sending} onClick={() => void submit('open')}>
            {t('send')}
          </Button>
          <Button disabled={frame.sending} onClick={() => void submit('next')}>
            {t('sendAndNext')}
          </Button>
          <Button loading={weighing.busy} onClick={() => void check()}>
            {t('check')}
          </Button>
        </>
      }
      aside={<WeighedPanel of={weighing} />}
    >
      <FormFields fields={of.form} />
    </FormFrame>
  )
}
