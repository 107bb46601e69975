import { Form, type FormInstance } from 'antd'
import { type Dispatch, type SetStateAction, useState } from 'react'
import { draftOf, dropDraft, keepDraft } from '../../ui/kept.ts'
import { useLanguage } from '../../ui/language.ts'
import { newId } from '../../ui/newId.ts'
import { troubleOf } from '../../ui/problem.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { useMe } from '../me.ts'
import { type Fault, faultsOf, ownFaults } from './Faults.tsx'
import type { Filled } from './values.ts'

type Typed<Beside> = Beside & { readonly id: string; readonly values: Filled; readonly at: number }

export interface KeptForm<Beside> {
  readonly form: FormInstance
  /** The form's name; the elements of its fields are called by it. */
  readonly name: string
  /** Chosen before anything is sent: sending twice begins one thing, and its files have a home before there is one. */
  readonly id: string
  /** What was typed before the page was left; null: nothing, or it was cleared. */
  readonly kept: Typed<Beside> | null
  readonly faults: readonly Fault[]
  readonly sending: boolean
  readonly setFaults: Dispatch<SetStateAction<readonly Fault[]>>
  /** Keeps what is typed, and what stands beside it. */
  keep(beside: Beside): void
  afresh(): void
  /**
   * Sends what is right and answers what came of it; null when something is wrong, which then stands in `faults`, or was
   * complained of. `also`: what is wrong outside the form's own fields. `sure`: asked in words before it is sent.
   */
  send<Answer>(
    post: (values: Filled) => Promise<Answer>,
    options?: { readonly also?: readonly Fault[]; readonly sure?: (values: Filled) => PromiseLike<boolean> },
  ): Promise<Answer | null>
}

/**
 * A form whose typing outlives the page: kept in this tab under a name until it is sent or cleared. What belongs to it and
 * is no field, such as the person it is about, is given to `keep`.
 */
export function useKeptForm<Beside extends object = object>(name: string, draftName: string): KeptForm<Beside> {
  const me = useMe()
  const language = useLanguage()
  const complain = useComplain()
  const [form] = Form.useForm()
  const [kept, setKept] = useState(() => draftOf<Typed<Beside>>(me.id, draftName))
  const [id, setId] = useState(() => kept?.id ?? newId())
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [sending, setSending] = useState(false)
  return {
    form,
    name,
    id,
    kept,
    faults,
    sending,
    setFaults,
    keep: (beside) => keepDraft(me.id, draftName, { ...beside, id, values: form.getFieldsValue(true), at: now() }),
    afresh: () => {
      dropDraft(me.id, draftName)
      setKept(null)
      setFaults([])
      setId(newId())
      form.resetFields()
      // What was restored is the form's beginning too: cleared means empty, not as it was found.
      for (const field of Object.keys(form.getFieldsValue(true))) form.setFieldValue(field, undefined)
    },
    send: async (post, { also = [], sure } = {}) => {
      try {
        await form.validateFields()
      } catch (error) {
        setFaults([...also, ...ownFaults(error)])
        return null
      }
      setFaults(also)
      if (also.length > 0) return null
      const values = form.getFieldsValue(true) as Filled
      if (sure && !(await sure(values))) return null
      setSending(true)
      try {
        const answer = await post(values)
        dropDraft(me.id, draftName)
        return answer
      } catch (error) {
        const found = faultsOf(form, troubleOf(error, language))
        if (found.length > 0) setFaults(found)
        else complain(error)
        return null
      } finally {
        setSending(false)
      }
    },
  }
}
