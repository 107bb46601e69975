import type { Static } from '@zhijiao/contract/kernel'
import { type LawRevision, lawDesk } from '@zhijiao/contract/settings'
import { articlesWritten, placeWritten } from '@zhijiao/law/article'
import { useAsk } from '../../ui/api.ts'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { levelsAmong, sameValue, type Value, valueText } from './value.ts'
import { lawWords } from './words.ts'

/** What a revision would change: each number as it holds now and as it would hold, the rules it confirms and those it corrects. */
export function Changes({
  values,
  confirms,
  corrects = {},
  holidays = {},
  settled = false,
}: {
  values: Readonly<Record<string, Value>>
  confirms: readonly string[]
  corrects?: Static<typeof LawRevision>['corrects']
  holidays?: Readonly<Record<string, { readonly off: readonly string[]; readonly work: readonly string[] }>>
  /** Published already: “now” may be this very revision. */
  settled?: boolean
}) {
  const t = useWords(lawWords)
  const { list, named } = useStringing()
  const language = useLanguage()
  const parameters = useAsk(lawDesk.parameters, {}, { staleTime: 60_000 }).data?.items ?? []
  const rules =
    useAsk(
      lawDesk.rules,
      { query: { size: 200 } },
      { enabled: confirms.length + Object.keys(corrects).length > 0, staleTime: 600_000 },
    ).data?.items ?? []
  const ids = Object.keys(values)
  const years = Object.entries(holidays)
  const corrections = Object.entries(corrects)
  const running =
    useAsk(
      lawDesk.clocks,
      { query: { rules: corrections.map(([id]) => id).join(',') } },
      { enabled: corrections.length > 0 && !settled, staleTime: 60_000 },
    ).data?.items ?? []
  if (ids.length + confirms.length + corrections.length + years.length === 0)
    return <p className="zj-muted">{t('noChange')}</p>
  return (
    <div className="zj-changes">
      {ids.length > 0 ? (
        <table>
          <caption className="zj-hidden">{t('wouldChange')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('text')}</th>
              <th scope="col">{t('nowValue')}</th>
              <th scope="col">{t('thenValue')}</th>
            </tr>
          </thead>
          <tbody>
            {ids.map((id) => {
              const p = parameters.find((one) => one.id === id)
              const then = values[id] ?? null
              const same = p !== undefined && sameValue(p.value, then)
              return (
                <tr key={id}>
                  <th scope="row">
                    <span className="zj-mono zj-muted">{id}</span> {p?.[language] ?? ''}
                  </th>
                  <td>{p ? valueText(p.value, p.unit, language) : '—'}</td>
                  <td>
                    <strong>{valueText(then, p?.unit ?? null, language, levelsAmong(values))}</strong>{' '}
                    {same && !settled ? <span className="zj-muted">{t('unchanged')}</span> : null}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      ) : null}
      {years.map(([year, { off, work }]) => (
        <p key={year} className="zj-tight">
          {t('yearDays', { year, off: off.length, work: work.length })}
          <br />
          <span className="zj-muted">
            {t('off')} {list(off)}
          </span>
          <br />
          <span className="zj-muted">
            {t('work')} {list(work) || '—'}
          </span>
        </p>
      ))}
      {corrections.length > 0 ? (
        <>
          <p className="zj-tight">{t('correctsN', { n: corrections.length })}</p>
          <ul>
            {corrections.map(([id, then]) => {
              const rule = rules.find((r) => r.rule === id)
              const kept = running.find((r) => r.rule === id)
              return (
                <li key={id}>
                  <span className="zj-mono zj-muted">{id}</span> {rule && !settled ? lineOf(rule) : ''}
                  <br />
                  <strong>{named(t('thenValue'), lineOf({ unit: rule?.unit ?? null, ...then }))}</strong>
                  {kept ? <div className="zj-muted">{t('runningN', { n: kept.running })}</div> : null}
                </li>
              )
            })}
          </ul>
        </>
      ) : null}
      {confirms.length > 0 ? (
        <>
          <p className="zj-tight">{t('confirmsN', { n: confirms.length })}</p>
          <ul>
            {confirms.map((id) => {
              const rule = rules.find((r) => r.rule === id)
              return (
                <li key={id}>
                  <span className="zj-mono zj-muted">{id}</span>{' '}
                  {rule ? `${rule[language]} · ${placeWritten(rule)}` : ''}
                </li>
              )
            })}
          </ul>
        </>
      ) : null}
    </div>
  )

  /** A rule in one line: its text, its place, its number; of a correction only what it says. */
  function lineOf(of: Reading): string {
    return [
      of[language],
      of.article
        ? of.source
          ? placeWritten({ source: of.source, article: of.article })
          : articlesWritten(of.article)
        : null,
      of.value === undefined ? null : valueText(of.value, of.unit, language),
    ]
      .filter(Boolean)
      .join(' · ')
  }
}

interface Reading {
  readonly zh?: string
  readonly en?: string
  readonly source?: string
  readonly article?: string
  readonly value?: Value
  readonly unit: string | null
}
