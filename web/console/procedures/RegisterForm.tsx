import { useNavigate } from '@tanstack/react-router'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { Alert, App, Button, Form, Space } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { draftOf, dropDraft, keepDraft } from '../../ui/kept.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { Panel } from '../../ui/Page.tsx'
import { troubleOf } from '../../ui/problem.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { useMe } from '../me.ts'
import { AboutForm } from './about.ts'
import { type Against, wishOf } from './against.ts'
import { enterGoesOn } from './enter.ts'
import { type Fault, Faults, faultsOf, ownFaults, stillWrong } from './Faults.tsx'
import { FormFields } from './FormFields.tsx'
import { RegisterAbout } from './RegisterAbout.tsx'
import { useWeighing, type Wish } from './useWeighing.ts'
import { type Filled, toSend } from './values.ts'
import { WeighedPanel } from './WeighedPanel.tsx'
import { matterWords } from './words.ts'

interface Draft {
  readonly id: string
  readonly person: string | null
  readonly org: string | null
  readonly against: Against | null
  readonly values: Filled
  readonly at: number
}
const formName = 'register'

/**
 * The form that begins a matter, drawn from its description. What is typed is kept in this tab until it is sent; the id is
 * chosen with the first key, so that sending twice registers once and files have a home before there is a matter.
 */
export function RegisterForm({
  of,
  person: given,
  against: named,
}: {
  of: Procedure
  person?: string
  /** What it comes of, as the link says. */
  against?: Against
}) {
  const t = useWords(matterWords)
  const me = useMe()
  const language = useLanguage()
  const navigate = useNavigate()
  const complain = useComplain()
  const { message, modal } = App.useApp()
  const [form] = Form.useForm()
  const draftName = `${of.id}.${given ?? ''}.${named?.id ?? ''}`
  const [kept, setKept] = useState<Draft | null>(() => draftOf<Draft>(me.id, draftName))
  const [id, setId] = useState(() => kept?.id ?? newId())
  const [person, setPerson] = useState<string | null>(given ?? kept?.person ?? null)
  const [org, setOrg] = useState<string | null>(kept?.org ?? null)
  const [against, setAgainst] = useState<Against | null>(named ?? kept?.against ?? null)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const weighing = useWeighing()
  const file = useAsk(people.get, { params: { personId: person ?? '' } }, { enabled: person !== null })
  const send = useDo(matters.register, { refreshes: ['matters', 'tasks', 'documents'] })
  const about = useMemo(
    () => ({ matter: id, person, org: file.data?.org.code ?? org }),
    [id, person, org, file.data?.org.code],
  )
  const wish = (): Wish => ({
    kind: of.id,
    ...(person ? { person } : {}),
    ...(org && !person ? { org } : {}),
    ...wishOf(against),
    form: toSend(of.form, form.getFieldsValue(true) as Filled),
  })
  const ready = () => ((of.about === 'person' && !person) || (of.against && !against) ? null : wish())
  const keep = (next: Partial<Draft> = {}) =>
    keepDraft(me.id, draftName, { id, person, org, against, values: form.getFieldsValue(true), at: now(), ...next })

  const { ask } = weighing
  const first = useRef(true)
  // Whether it may begin at all is said before anything is typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another person or decision, not for each key
  useEffect(() => {
    const begun = ready()
    if (begun && (first.current || person)) void ask(begun)
    first.current = false
  }, [person, against, ask])

  const afresh = () => {
    dropDraft(me.id, draftName)
    setKept(null)
    setFaults([])
    setId(newId())
    form.resetFields()
    for (const field of of.form) form.setFieldValue(field.id, undefined)
    if (!given) setPerson(null)
    if (!named) setAgainst(null)
  }
  /** What is chosen outside the form and still missing. */
  const unsaid = (): Fault[] => [
    ...(of.about === 'person' && !person ? [{ path: ['person'], text: t('personNeeded') }] : []),
    ...(of.against && !against ? [{ path: ['against'], text: t('againstNeeded') }] : []),
  ]
  const submit = async (then: 'open' | 'next') => {
    const about = unsaid()
    try {
      await form.validateFields()
    } catch (error) {
      setFaults([...about, ...ownFaults(error)])
      return
    }
    if (about.length > 0) {
      setFaults(about)
      return
    }
    setFaults([])
    try {
      const begun = await send.mutateAsync({ body: { ...wish(), id } })
      dropDraft(me.id, draftName)
      void message.success(t('sent'))
      if (then === 'next') {
        afresh()
        setPerson(null)
        void navigate({ to: `/matters/${of.id}/new`, replace: true })
      } else void navigate({ to: `/matters/${begun.kind}/${begun.id}`, replace: true })
    } catch (error) {
      const trouble = troubleOf(error, language)
      const found = faultsOf(form, trouble)
      if (found.length > 0) setFaults(found)
      else complain(error)
    }
  }
  const check = async () => {
    const begun = ready()
    if (!begun) {
      setFaults(unsaid())
      return
    }
    const trouble = await weighing.ask(begun)
    if (trouble) setFaults(faultsOf(form, trouble))
    else {
      setFaults([])
      void message.success(t('checked'))
    }
  }
  return (
    <AboutForm value={about}>
      {kept ? (
        <Alert
          className="zj-gap"
          type="info"
          role="status"
          title={t('restored', { time: minute(kept.at) })}
          action={
            <Button
              size="small"
              onClick={() => void modal.confirm({ title: t('discard'), content: t('discardSure'), onOk: afresh })}
            >
              {t('discard')}
            </Button>
          }
        />
      ) : null}
      <Faults form={formName} of={faults} />
      <div className="zj-register">
        <Panel>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for keys of the fields within */}
          <div
            onKeyDown={(event) => enterGoesOn(event, () => void submit('open'))}
            onBlur={() => weighing.askLater(ready)}
          >
            <RegisterAbout
              id={`${formName}_person`}
              of={of}
              fixed={given !== undefined}
              person={person}
              onPerson={(next) => {
                setPerson(next)
                if (!named) setAgainst(null)
                setFaults((was) => was.filter((fault) => fault.path[0] !== 'person'))
                keep({ person: next, ...(named ? {} : { against: null }) })
              }}
              org={org}
              onOrg={(next) => {
                setOrg(next)
                keep({ org: next })
              }}
              against={against}
              named={named !== undefined}
              onAgainst={(next) => {
                setAgainst(next)
                setFaults((was) => was.filter((fault) => fault.path[0] !== 'against'))
                keep({ against: next })
              }}
            />
            <Form
              form={form}
              name={formName}
              layout="vertical"
              initialValues={kept?.values ?? {}}
              onValuesChange={() => keep()}
              onFieldsChange={() => setFaults((was) => stillWrong(form, was))}
              scrollToFirstError={false}
            >
              <FormFields fields={of.form} />
            </Form>
          </div>
          <Space wrap className="zj-register-acts">
            <Button type="primary" loading={send.isPending} onClick={() => void submit('open')}>
              {t('send')}
            </Button>
            <Button disabled={send.isPending} onClick={() => void submit('next')}>
              {t('sendAndNext')}
            </Button>
            <Button loading={weighing.busy} onClick={() => void check()}>
              {t('check')}
            </Button>
            <span className="zj-muted zj-small">{t('keys')}</span>
          </Space>
        </Panel>
        <WeighedPanel of={weighing} />
      </div>
    </AboutForm>
  )
}
