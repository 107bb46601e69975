import { type Matter, matters } from '@zhijiao/contract/matters'
import type { Procedure, Step, Way } from '@zhijiao/contract/procedures/describe'
import { App, Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { call, keyOf, queries, refresh, useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { draftOf, dropDraft, keepDraft } from '../../ui/kept.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { troubleOf } from '../../ui/problem.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { useMe } from '../me.ts'
import { type Change, Changed } from './Changed.tsx'
import { asksFirst, Consequence } from './Consequence.tsx'
import { enterGoesOn } from './enter.ts'
import { type Fault, Faults, faultsOf, ownFaults, stillWrong } from './Faults.tsx'
import { FormFields } from './FormFields.tsx'
import { Phrases } from './Phrases.tsx'
import { type Filled, toSend } from './values.ts'
import { WayButton } from './WayButton.tsx'
import { matterWords } from './words.ts'

const formName = 'review'

/** What is being typed at one visit of a step. */
export interface Typed {
  readonly at: string
  readonly passages: number
  readonly change: Omit<Change, 'passed'>
}
interface Kept {
  readonly form: Filled
  readonly note: string
  readonly at: number
}
/** One visit of a matter at one step; coming back to it is another. */
export const standOf = (matter: Matter): string => `${matter.id}.${matter.step}.${matter.passages.length}`

/** The form of the step in hand and its ways; what is typed is kept until it is sent, and never overwrites what somebody else did. */
export function StepForm({
  of,
  step,
  matter,
  change,
  onChange,
  typed,
}: {
  of: Procedure
  step: Step
  matter: Matter
  typed: { current: Typed | null }
  change: Change | null
  onChange: (change: Change | null) => void
}) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const language = useLanguage()
  const me = useMe()
  const complain = useComplain()
  const { message, modal } = App.useApp()
  const [form] = Form.useForm()
  // What the officer looked at: news from elsewhere redraws the page, but must not let him overwrite what he has not seen.
  const [revision, setRevision] = useState(matter.revision)
  const [began, setBegan] = useState<Filled>(matter.draft)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [busy, setBusy] = useState<string | null>(null)
  const draftName = `step.${standOf(matter)}`
  const [kept] = useState(() => draftOf<Kept>(me.id, draftName))
  const fields = step.form ?? []
  const keep = useDo(matters.keep, { refreshes: [] })
  const values = (): Filled => (form.getFieldValue('form') ?? {}) as Filled
  const note = () => String(form.getFieldValue('note') ?? '').trim()

  const noted = () => {
    const mine = toSend(fields, values())
    keepDraft(me.id, draftName, { form: values(), note: note(), at: now() } satisfies Kept)
    typed.current = {
      at: standOf(matter),
      passages: matter.passages.length,
      change: { step: step.id, mine, note: note(), began, theirs: {} },
    }
  }
  const settled = () => {
    dropDraft(me.id, draftName)
    typed.current = null
  }
  const meet = async (error: unknown): Promise<boolean> => {
    const trouble = troubleOf(error, language)
    if (trouble.code !== 'ZJ_CHANGED') return false
    const latest = await call(matters.get, { params: { id: matter.id } })
    queries.setQueryData(keyOf(matters.get, { params: { id: matter.id } }), latest)
    typed.current = null
    onChange({
      step: step.id,
      mine: toSend(fields, values()),
      note: note(),
      began,
      theirs: latest.draft,
      passed: latest.passages.slice(matter.passages.length),
    })
    setRevision(latest.revision)
    setBegan(latest.draft)
    return true
  }
  const place = async (error: unknown) => {
    if (await meet(error).catch(() => false)) return
    const found = faultsOf(form, troubleOf(error, language), ['form'])
    if (found.length > 0) setFaults(found)
    else complain(error)
  }
  const save = async () => {
    setBusy('draft')
    try {
      const saved = await keep.mutateAsync({
        params: { id: matter.id },
        body: { form: toSend(fields, values()), revision },
      })
      settled()
      setRevision(saved.revision)
      setBegan(saved.draft)
      queries.setQueryData(keyOf(matters.get, { params: { id: matter.id } }), saved)
      onChange(null)
      setFaults([])
      void message.success(t('draftSaved'))
    } catch (error) {
      await place(error)
    } finally {
      setBusy(null)
    }
  }
  const send = async (way: Way) => {
    setBusy(way.id)
    try {
      await call(matters.act, {
        params: { id: matter.id },
        body: { way: way.id, form: toSend(fields, values()), ...(note() ? { note: note() } : {}), revision },
      })
      settled()
      onChange(null)
      refresh('matters', 'tasks', 'documents', 'people')
      void message.success(t('acted', { way: say(way) }))
    } catch (error) {
      await place(error)
    } finally {
      setBusy(null)
    }
  }
  const take = async (way: Way) => {
    const found: Fault[] = []
    if (way.tone !== 'back')
      try {
        await form.validateFields()
      } catch (error) {
        found.push(...ownFaults(error))
      }
    if (way.tone !== 'on' && note() === '') {
      const text = t('noteMissing', { way: say(way) })
      form.setFields([{ name: 'note', errors: [text] }])
      found.push({ path: ['note'], text })
    }
    setFaults(found)
    if (found.length > 0) return
    if (!asksFirst(step, way)) return send(way)
    void modal.confirm({
      title: t('sure'),
      width: 480,
      content: <Consequence of={of} step={step} way={way} />,
      okText: say(way),
      okButtonProps: { danger: way.tone === 'no' },
      onOk: () => send(way),
    })
  }
  // Among many ways on none is the usual one: none stands out, and Enter takes none.
  const onward = step.ways.filter((w) => w.tone === 'on')
  const first = onward.length <= 2 ? onward[0] : undefined
  return (
    <>
      {change ? (
        <Changed
          of={of}
          change={change}
          onSettle={(chosen) => {
            form.setFieldValue('form', chosen)
            onChange(null)
          }}
        />
      ) : null}
      {kept ? <p className="zj-muted zj-small">{t('restored', { time: minute(kept.at) })}</p> : null}
      <Faults form={formName} of={faults} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for keys of the fields within */}
      <div onKeyDown={(event) => enterGoesOn(event, () => first && void take(first))}>
        <Form
          form={form}
          name={formName}
          layout="vertical"
          initialValues={kept ? { form: kept.form, note: kept.note } : { form: matter.draft }}
          onValuesChange={noted}
          onFieldsChange={() => setFaults((was) => stillWrong(form, was))}
          scrollToFirstError={false}
        >
          <FormFields fields={fields} path={['form']} />
          <Form.Item
            name="note"
            label={step.ways.some((w) => w.tone !== 'on') ? t('noteNeeded') : t('noteOnly')}
            {...(me.phrases.length > 0
              ? {
                  extra: (
                    <Phrases
                      of={me.phrases}
                      onPick={(text) => {
                        const [opinion] = fields.filter((f) => f.kind === 'long')
                        const name = opinion && !values()[opinion.id] ? ['form', opinion.id] : ['note']
                        const before = String(form.getFieldValue(name) ?? '')
                        form.setFieldValue(name, before ? `${before}${text}` : text)
                        noted()
                      }}
                    />
                  ),
                }
              : {})}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
          </Form.Item>
        </Form>
      </div>
      <Space wrap>
        {step.ways.map((way) => (
          <WayButton
            key={way.id}
            way={way}
            lead={way === first}
            why={matter.ways.find((w) => w.id === way.id && !w.open)?.why ?? null}
            busy={busy === way.id}
            disabled={busy !== null && busy !== way.id}
            onTake={() => void take(way)}
          />
        ))}
        <Button type="text" loading={busy === 'draft'} onClick={() => void save()}>
          {t('saveDraft')}
        </Button>
      </Space>
    </>
  )
}
