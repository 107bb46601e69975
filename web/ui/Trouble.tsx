import { Alert, App, Button, type FormInstance, Space } from 'antd'
import { useCallback } from 'react'
import { useLanguage, useWords } from './language.ts'
import { placeFaults, type Trouble, troubleOf } from './problem.ts'
import { common } from './words.ts'

/** A refusal in place of the content it kept away, with its number and a way on. */
export function TroubleNotice({
  error,
  onRetry,
  compact = false,
}: {
  error: unknown
  onRetry?: () => void
  compact?: boolean
}) {
  const t = useWords(common)
  const trouble = troubleOf(error, useLanguage())
  return (
    <Alert
      type={trouble.status === 403 || trouble.status === 404 ? 'info' : 'error'}
      showIcon={!compact}
      role="alert"
      title={trouble.text}
      description={<TroubleNumber trouble={trouble} />}
      action={
        onRetry ? (
          <Button size="small" onClick={onRetry}>
            {trouble.status === 409 ? t('loadLatest') : t('retry')}
          </Button>
        ) : undefined
      }
    />
  )
}

/** What went wrong, above the button that may try again. */
export function TroubleAlert({ trouble }: { trouble: Trouble }) {
  return (
    <Alert
      className="zj-gap"
      type="error"
      role="alert"
      showIcon
      title={trouble.text}
      description={<TroubleNumber trouble={trouble} />}
    />
  )
}

function TroubleNumber({ trouble }: { trouble: Trouble }) {
  const t = useWords(common)
  return (
    <Space size="small" wrap className="zj-small">
      <span className="zj-mono">{trouble.code}</span>
      {trouble.request ? <span className="zj-mono">{t('requestNo', { no: trouble.request })}</span> : null}
    </Space>
  )
}

/**
 * Says a failed deed: faults go beside their fields when a form is given, everything else into one notice that stays until
 * it is read. A 401 is silent here; the sign-in dialog speaks for it.
 */
export function useComplain(): (error: unknown, form?: FormInstance) => void {
  const { notification } = App.useApp()
  const t = useWords(common)
  const language = useLanguage()
  return useCallback(
    (error, form) => {
      const trouble = troubleOf(error, language)
      if (trouble.status === 401) return
      const homeless = form ? placeFaults(form, trouble) : trouble.fields
      notification.error({
        key: trouble.code,
        // Only this refusal means that somebody was faster; the other 409s say their own reason.
        title: trouble.code === 'ZJ_CHANGED' ? t('changedByOther') : t('failed'),
        description: (
          <div>
            <p className="zj-tight">{trouble.text}</p>
            {homeless.length > 0 ? (
              <ul className="zj-tight">
                {homeless.map((f) => (
                  <li key={f.path}>
                    {f.path ? `${f.path}: ` : ''}
                    {f.text}
                  </li>
                ))}
              </ul>
            ) : null}
            <TroubleNumber trouble={trouble} />
          </div>
        ),
        duration: 10,
        role: 'alert',
      })
    },
    [notification, t, language],
  )
}
