import type { Matter } from '@zhijiao/contract/matters'
import type { Procedure, Step } from '@zhijiao/contract/procedures/describe'
import { useEffect, useRef, useState } from 'react'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { type Change, Changed } from './Changed.tsx'
import { StepForm, standOf, type Typed } from './StepForm.tsx'
import { stepSaid } from './said.ts'
import { matterWords } from './words.ts'

/** The present step, for whoever has it in hand: its form, its ways as buttons, and why a way is closed. */
export function Review({ of, matter }: { of: Procedure; matter: Matter }) {
  const t = useWords(matterWords)
  const language = useLanguage()
  const [change, setChange] = useState<Change | null>(null)
  // What is being typed, so that it is shown again when somebody else takes the step meanwhile.
  const typed = useRef<Typed | null>(null)
  const at = standOf(matter)
  useEffect(() => {
    const was = typed.current
    if (!was || was.at === at) return
    typed.current = null
    setChange({ ...was.change, passed: matter.passages.slice(was.passages) })
  }, [at, matter.passages])
  const step = of.steps.find((s) => s.id === matter.step)
  const lost = change && change.step !== matter.step ? <Changed of={of} change={change} /> : null
  if (!step) return lost
  // Whoever may take not one way and has no draft to keep sees the step in the picture; here he would only see a dead form.
  if (!matter.ways.some((w) => w.open))
    return (
      <>
        {lost}
        <Closed of={of} step={step} matter={matter} />
      </>
    )
  return (
    <>
      {lost}
      <Panel title={t('act', { step: stepSaid(of, step.id, language) })}>
        <StepForm
          key={at}
          typed={typed}
          of={of}
          step={step}
          matter={matter}
          change={change?.step === step.id ? change : null}
          onChange={setChange}
        />
      </Panel>
    </>
  )
}

/** Not this reader's to act on: each way says why, in words, for pointer and keyboard alike. */
function Closed({ of, step, matter }: { of: Procedure; step: Step; matter: Matter }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const language = useLanguage()
  const reasons = [...new Set(matter.ways.flatMap((w) => (w.why ? [say(w.why)] : [])))]
  return (
    <Panel title={t('act', { step: stepSaid(of, step.id, language) })}>
      <p className="zj-tight">
        {reasons.map((why) => (
          <span key={why}>{why}</span>
        ))}
      </p>
    </Panel>
  )
}
