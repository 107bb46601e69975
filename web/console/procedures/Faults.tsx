import { Alert, type FormInstance } from 'antd'
import { useEffect, useRef } from 'react'
import { useWords } from '../../ui/language.ts'
import type { Trouble } from '../../ui/problem.ts'
import { matterWords } from './words.ts'

export interface Fault {
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** Puts the cursor into the field of a path; a table or an upload is scrolled to. */
export function focusField(formName: string, path: Fault['path']): void {
  const found =
    document.getElementById(`${formName}_${path.join('_')}`) ?? document.getElementById(`rows.${path.join('.')}`)
  if (!found) return
  const inner = found.matches('input, textarea, button, [tabindex]')
    ? found
    : found.querySelector<HTMLElement>('input, textarea, button, [tabindex]')
  found.scrollIntoView({ block: 'center' })
  ;(inner ?? found).focus({ preventScroll: true })
}

/** Everything wrong with a form in one place, each a link to its field; the cursor goes to the first. */
export function Faults({ form, of }: { form: string; of: readonly Fault[] }) {
  const t = useWords(matterWords)
  const before = useRef<readonly Fault[]>([])
  useEffect(() => {
    // What is left of an earlier finding moves nobody's cursor; only a new finding does.
    if (of.some((fault) => !before.current.includes(fault))) focusField(form, of[0]?.path ?? [])
    before.current = of
  }, [form, of])
  if (of.length === 0) return null
  return (
    <Alert
      className="zj-gap"
      type="error"
      role="alert"
      showIcon
      title={t('faults', { n: of.length })}
      description={
        <ul className="zj-faults">
          {of.map((fault) => (
            <li key={`${fault.path.join('.')} ${fault.text}`}>
              {fault.path.length > 0 ? (
                <button type="button" className="zj-linklike" onClick={() => focusField(form, fault.path)}>
                  {fault.text}
                </button>
              ) : (
                fault.text
              )}
            </li>
          ))}
        </ul>
      }
    />
  )
}

/** What is still wrong of a finding; a fault that was mended goes from the summary as from its field. */
export const stillWrong = (form: FormInstance, faults: readonly Fault[]): readonly Fault[] => {
  // While a field is looked at again it bears no error; it is not mended yet.
  const left = faults.filter(
    ({ path }) =>
      path.length === 0 ||
      path[0] === 'person' ||
      path[0] === 'against' ||
      form.isFieldValidating([...path]) ||
      form.getFieldError([...path]).length > 0,
  )
  return left.length === faults.length ? faults : left
}

/** The server's faults, put beside their fields as well; `under`: where the form keeps what the server calls its top. */
export function faultsOf(form: FormInstance, trouble: Trouble, under: Fault['path'] = []): Fault[] {
  return trouble.fields.map(({ path, text }) => {
    const own = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    const name = path === '' ? [] : [...under, ...own]
    if (name.length > 0) form.setFields([{ name, errors: [text] }])
    return { path: name, text }
  })
}

/** What the form itself found wrong, in the order of its fields. */
export const ownFaults = (error: unknown): Fault[] => {
  const fields = (error as { errorFields?: { name: (string | number)[]; errors: string[] }[] }).errorFields ?? []
  return fields.flatMap(({ name, errors }) => (errors[0] ? [{ path: name, text: errors[0] }] : []))
}
