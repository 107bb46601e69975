import { Steps } from 'antd'
import { minute } from './format.ts'
import { useWords } from './language.ts'
import { common } from './words.ts'

export interface ApprovalStep {
  readonly key: string
  readonly title: string
  readonly state: 'done' | 'now' | 'wait' | 'returned'
  readonly by?: string | undefined
  readonly at?: string | null | undefined
  readonly note?: string | undefined
}

const statusOf = { done: 'finish', now: 'process', wait: 'wait', returned: 'error' } as const
const wordOf = { done: 'stepDone', now: 'stepNow', wait: 'stepWait', returned: 'stepReturned' } as const

/** Who has signed, who is next: the same picture for every approval. */
export function ApprovalSteps({ of, upright = false }: { of: readonly ApprovalStep[]; upright?: boolean }) {
  const t = useWords(common)
  return (
    <Steps
      orientation={upright ? 'vertical' : 'horizontal'}
      size="small"
      current={of.findIndex((step) => step.state === 'now')}
      items={of.map((step) => ({
        key: step.key,
        title: step.title,
        status: statusOf[step.state],
        content: (
          <div className="zj-small">
            {t(wordOf[step.state])}
            {step.by ? <div>{step.by}</div> : null}
            {step.at ? <div>{minute(step.at)}</div> : null}
            {step.note ? <div>{step.note}</div> : null}
          </div>
        ),
      }))}
    />
  )
}
