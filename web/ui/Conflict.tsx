import { Refused } from '@zhijiao/contract/client'
import { Alert, Button, Radio } from 'antd'
import { useState } from 'react'
import { instant } from './format.ts'
import { useWords } from './language.ts'
import { common } from './words.ts'

type Values = Readonly<Record<string, unknown>>

/** A field as the comparison names it; `path` of a nested value is written with dots. */
export interface ComparedField {
  readonly path: string
  readonly label: string
  readonly says?: (value: unknown) => string
}

/** How a form finds what somebody else saved meanwhile. */
export interface Compared {
  readonly fields: readonly ComparedField[]
  readonly latest: () => Promise<{ values: Values; revision: number }>
}

/** Two versions of one row: what I typed, what stands now, and what both of us began with. */
export interface Clash {
  readonly mine: Values
  readonly theirs: Values
  readonly began: Values
  readonly revision: number
  readonly by: string | null
  readonly at: string | null
}

export const at = (values: Values, path: string): unknown =>
  path.split('.').reduce<unknown>((v, step) => (v as Record<string, unknown> | undefined)?.[step], values)

export const same = (a: unknown, b: unknown): boolean =>
  (a ?? '') === (b ?? '') || JSON.stringify(a ?? '') === JSON.stringify(b ?? '')

/** Fields on which the two versions differ, and whose word is offered first: mine where I changed it, else theirs. */
export function differences(fields: readonly ComparedField[], clash: Clash): { field: ComparedField; mine: boolean }[] {
  return fields
    .filter((f) => !same(at(clash.mine, f.path), at(clash.theirs, f.path)))
    .map((field) => ({ field, mine: !same(at(clash.mine, field.path), at(clash.began, field.path)) }))
}

/** Whether a refusal says that somebody was faster, and who. */
export function changedBy(error: unknown): { by: string | null; at: string | null } | null {
  if (!(error instanceof Refused) || error.problem.code !== 'ZJ_CHANGED') return null
  const { by, at: when } = error.problem.data ?? {}
  return { by: typeof by === 'string' ? by : null, at: typeof when === 'string' ? when : null }
}

/** “已被某人于…修改”: both versions side by side; each field is kept or given up, nothing is lost unseen. */
export function Conflict({
  clash,
  fields,
  onChoose,
}: {
  clash: Clash
  fields: readonly ComparedField[]
  /** Path → whether my word stands. */
  onChoose: (mine: Readonly<Record<string, boolean>>) => void
}) {
  const t = useWords(common)
  const differ = differences(fields, clash)
  const [mine, setMine] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(differ.map((d) => [d.field.path, d.mine])),
  )
  const says = (field: ComparedField, value: unknown) =>
    value === undefined || value === null || value === '' ? '—' : (field.says?.(value) ?? String(value))
  return (
    <section aria-label={t('clash')}>
      <Alert
        className="zj-gap"
        type="warning"
        role="alert"
        showIcon
        title={clash.by && clash.at ? t('clashBy', { name: clash.by, time: instant(clash.at) }) : t('changedByOther')}
        description={differ.length === 0 ? t('clashNone') : t('clashWhy')}
      />
      {differ.length === 0 ? null : (
        <table className="zj-clash">
          <thead>
            <tr>
              <th scope="col">{t('clashField')}</th>
              <th scope="col">{t('clashMine')}</th>
              <th scope="col">{t('clashTheirs')}</th>
            </tr>
          </thead>
          <tbody>
            {differ.map(({ field }) => (
              <tr key={field.path}>
                <th scope="row">{field.label}</th>
                {[true, false].map((own) => (
                  <td key={String(own)} className={mine[field.path] === own ? 'zj-clash-taken' : ''}>
                    <Radio
                      name={`clash.${field.path}`}
                      checked={mine[field.path] === own}
                      onChange={() => setMine({ ...mine, [field.path]: own })}
                      aria-label={`${field.label} ${own ? t('clashMine') : t('clashTheirs')}`}
                    >
                      {says(field, at(own ? clash.mine : clash.theirs, field.path))}
                    </Radio>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button type="primary" onClick={() => onChoose(mine)}>
        {t('clashGo')}
      </Button>
    </section>
  )
}
