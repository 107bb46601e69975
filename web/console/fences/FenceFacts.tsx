import type { Fence } from '@zhijiao/contract/fences'
import { Alert } from 'antd'
import { at, type ComparedField } from '../../ui/Conflict.tsx'
import { useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { useComparedFields } from './versions.ts'
import { fenceWords } from './words.ts'

/** A fence for whoever may not change it: what it says, and who may. */
export function FenceFacts({ fence }: { fence: Fence }) {
  const t = useWords(fenceWords)
  const may = useMay()
  const fields = useComparedFields().filter(({ path }) => path !== 'personal' || fence.kind === 'livingArea')
  const why = !fence.active
    ? 'whyRetired'
    : !may('fence.edit')
      ? 'whyPost'
      : fence.may.includes('assign')
        ? 'whyElsewhere'
        : 'whyDrawer'
  const said = ({ path, says }: ComparedField) => {
    const value = at({ ...fence }, path)
    if (path === 'calendar' && value === null) return t('always')
    return value === '' ? '—' : (says?.(value) ?? String(value))
  }
  return (
    <section className="zj-panel" aria-label={t('form')}>
      <Alert
        className="zj-gap"
        type="info"
        showIcon
        title={t('readOnly')}
        description={t(why, { org: fence.orgName || fence.org })}
      />
      <dl className="zj-facts">
        {fields.map((field) => (
          <div key={field.path}>
            <dt>{field.label}</dt>
            <dd>{said(field)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
