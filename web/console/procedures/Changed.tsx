import type { Matter } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { Alert } from 'antd'
import { Conflict, differences } from '../../ui/Conflict.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { FilledForm } from './FieldValue.tsx'
import { Passages } from './Passages.tsx'
import { formOf } from './said.ts'
import { type Filled, valueSaid } from './values.ts'
import { matterWords } from './words.ts'

/** What happened to a matter while somebody was filling in its step, and what he had filled in. */
export interface Change {
  readonly step: string
  readonly mine: Filled
  readonly note: string
  readonly began: Filled
  readonly theirs: Filled
  readonly passed: Matter['passages']
}

/**
 * 409: nothing typed is lost. At the same step both drafts stand side by side; when it has gone on, what was done is
 * shown with what had been typed, to copy from.
 */
export function Changed({
  of,
  change,
  onSettle,
}: {
  of: Procedure
  change: Change
  onSettle?: (values: Filled) => void
}) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const language = useLanguage()
  const fields = formOf(of, change.step)
  const compared = fields.map((f) => ({
    path: f.id,
    label: say(f),
    says: (value: unknown) => valueSaid(f, value, language),
  }))
  const clash = {
    mine: change.mine,
    theirs: change.theirs,
    began: change.began,
    revision: 0,
    by: null,
    at: null,
  }
  if (onSettle && change.passed.length === 0) {
    const differ = differences(compared, clash).length > 0
    return (
      <div className="zj-gap">
        {differ ? (
          <Conflict
            clash={clash}
            fields={compared}
            onChoose={(mine) =>
              onSettle({
                ...change.mine,
                ...Object.fromEntries(
                  Object.entries(mine).flatMap(([path, own]) => (own ? [] : [[path, change.theirs[path]]])),
                ),
              })
            }
          />
        ) : (
          <Alert type="warning" role="alert" showIcon title={t('changedTitle')} description={t('changedOnly')} />
        )}
      </div>
    )
  }
  return (
    <Alert
      className="zj-gap"
      type="warning"
      role="alert"
      showIcon
      title={t('changedTitle')}
      description={
        <>
          {change.passed.length > 0 ? (
            <>
              <p>{t('changedStep')}</p>
              <Passages of={of} matter={{ passages: change.passed }} />
            </>
          ) : null}
          <p>
            <strong>{t('yourInput')}</strong>
          </p>
          <FilledForm fields={fields} form={change.mine} />
          {change.note ? <p className="zj-wrap">{change.note}</p> : null}
        </>
      }
    />
  )
}
