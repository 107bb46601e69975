import { Link } from '@tanstack/react-router'
import { type PartName, partCards, partNames } from '@zhijiao/contract/parts'
import { people } from '@zhijiao/contract/people'
import { App, Button, Checkbox, Collapse } from 'antd'
import { useState } from 'react'
import { call, useAsk, useDo } from '../../ui/api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { Masked } from '../../ui/Masked.tsx'
import { newId } from '../../ui/newId.ts'
import { Panel } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { filledOnly } from './HeaderFields.tsx'
import { fieldsOf, PartFormFields, shownValue } from './partFields.tsx'
import { revealPart } from './reveal.ts'
import { peopleWords } from './words.ts'

export interface PartRowShown {
  readonly id: string
  readonly part: PartName
  readonly data: Readonly<Record<string, unknown>>
  readonly addedBy: string | null
  readonly addedAt: string
  readonly endedAt: string | null
  readonly source: { readonly what: 'matter' | 'leave'; readonly id: string; readonly kind: string } | null
  readonly setAside: { readonly objection: string; readonly at: string } | null
  readonly revision: number
}

/** The groups of a file, each with its rows; an empty group says who fills it. */
export function PartGroups({ personId, editable }: { personId: string; editable: boolean }) {
  const t = useWords(peopleWords)
  const [ended, setEnded] = useState(false)
  const [adding, setAdding] = useState<PartName | null>(null)
  const [changing, setChanging] = useState<PartRowShown | null>(null)
  const [ending, setEnding] = useState<PartRowShown | null>(null)
  const complain = useComplain()
  const may = useMay()
  const rows = useAsk(people.parts, { params: { personId }, query: { ended } }, { keep: true })
  const end = useDo(people.endPart)
  return (
    <Panel
      title={t('groups')}
      extra={
        <Checkbox checked={ended} onChange={(e) => setEnded(e.target.checked)}>
          {t('showEnded')}
        </Checkbox>
      }
    >
      {rows.isPending ? <Waiting /> : null}
      {rows.error && !rows.data ? <TroubleNotice error={rows.error} onRetry={() => void rows.refetch()} /> : null}
      {rows.data ? (
        <PartList
          rows={rows.data.items}
          personId={personId}
          {...(may('person.reveal') ? { reveal: (row, field) => revealPart(personId, row.id, field) } : {})}
          {...(editable ? { onAdd: setAdding, onChange: setChanging, onEnd: setEnding } : {})}
        />
      ) : null}
      {adding ? <PartDialog personId={personId} part={adding} onClose={() => setAdding(null)} /> : null}
      {changing ? (
        <PartDialog personId={personId} part={changing.part} row={changing} onClose={() => setChanging(null)} />
      ) : null}
      <ReasonDialog
        open={ending !== null}
        title={t('endRow')}
        note={t('endRowNote')}
        busy={end.isPending}
        onCancel={() => setEnding(null)}
        onReason={(reason) => {
          if (ending)
            end.mutate(
              { params: { personId, id: ending.id }, body: { reason } },
              { onSuccess: () => setEnding(null), onError: (error) => complain(error) },
            )
        }}
      />
    </Panel>
  )
}

/** To the business that filed a row. */
function Source({ source, personId }: { source: NonNullable<PartRowShown['source']>; personId: string }) {
  const t = useWords(peopleWords)
  return source.what === 'matter' ? (
    <Link to={`/matters/${source.kind}/${source.id}`}>{t('openSource')}</Link>
  ) : (
    <Link to={`/people/${personId}`} search={{ tab: 'leave' } as never}>
      {t('openSource')}
    </Link>
  )
}

export function PartList({
  rows,
  personId,
  reveal,
  onAdd,
  onChange,
  onEnd,
}: {
  rows: readonly PartRowShown[]
  personId: string
  /** How a masked field is asked for in clear. Absent: not for this reader. */
  reveal?: (row: PartRowShown, field: string) => (reason: string) => Promise<string>
  onAdd?: (part: PartName) => void
  onChange?: (row: PartRowShown) => void
  onEnd?: (row: PartRowShown) => void
}) {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const language = useLanguage()
  return (
    <Collapse
      ghost
      collapsible="header"
      defaultActiveKey={partNames.filter((p) => rows.some((r) => r.part === p)).slice(0, 3)}
      items={partNames.map((part) => {
        const own = rows.filter((r) => r.part === part)
        return {
          key: part,
          label: `${partCards[part][language]}${own.length > 0 ? ` (${own.length})` : ''}`,
          extra: onAdd ? (
            <Button
              size="small"
              type="link"
              aria-label={`${t('addRow')} ${partCards[part][language]}`}
              onClick={(e) => {
                e.stopPropagation()
                onAdd(part)
              }}
            >
              {t('addRow')}
            </Button>
          ) : null,
          children:
            own.length === 0 ? (
              <p className="zj-muted">{t('emptyPart')}</p>
            ) : (
              own.map((row) => (
                <div key={row.id} className="zj-gap">
                  <dl className="zj-facts">
                    {fieldsOf(part, language)
                      .filter((f) => row.data[f.name] !== undefined && row.data[f.name] !== null)
                      .map((f) => (
                        <div key={f.name}>
                          <dt>{f.label}</dt>
                          <dd>
                            {f.masked ? (
                              <Masked
                                shown={shownValue(f, row.data[f.name], language)}
                                label={f.label}
                                {...(reveal && !row.endedAt ? { reveal: reveal(row, f.name) } : {})}
                              />
                            ) : (
                              shownValue(f, row.data[f.name], language)
                            )}
                          </dd>
                        </div>
                      ))}
                  </dl>
                  <p className="zj-muted zj-small zj-tight">
                    {t('addedBy', { name: row.addedBy ?? '—', time: minute(row.addedAt) })}{' '}
                    {row.endedAt ? <Mark>{t('ended')}</Mark> : null}
                    {row.setAside ? (
                      <>
                        <Mark>{t('setAside', { time: minute(row.setAside.at) })}</Mark>{' '}
                        <Link to={`/matters/objection/${row.setAside.objection}`}>{t('openObjection')}</Link>{' '}
                      </>
                    ) : null}
                    {row.source ? <Source source={row.source} personId={personId} /> : null}
                    {onChange && !row.endedAt ? (
                      <Button size="small" type="link" onClick={() => onChange(row)}>
                        {c('edit')}
                      </Button>
                    ) : null}
                    {onEnd && !row.endedAt ? (
                      <Button size="small" type="link" onClick={() => onEnd(row)}>
                        {t('endRow')}
                      </Button>
                    ) : null}
                  </p>
                </div>
              ))
            ),
        }
      })}
    />
  )
}

function PartDialog({
  personId,
  part,
  row,
  onClose,
}: {
  personId: string
  part: PartName
  row?: PartRowShown
  onClose: () => void
}) {
  const c = useWords(common)
  const language = useLanguage()
  const { message } = App.useApp()
  const said = { onDone: () => void message.success(c('saved')) }
  // Sent again after a lost answer it is the same row.
  const [id] = useState(newId)
  const add = useDo(people.addPart, said)
  const change = useDo(people.changePart, said)
  return (
    <FormDialog<{ data: Record<string, unknown> }>
      title={partCards[part][language]}
      okText={c('save')}
      width={720}
      initial={row ? { data: { ...row.data } } : {}}
      onClose={onClose}
      {...(row
        ? {
            revision: row.revision,
            compared: {
              fields: fieldsOf(part, language).map((f) => ({
                path: `data.${f.name}`,
                label: f.label,
                says: (v: unknown) => shownValue(f, v, language),
              })),
              latest: async () => {
                const { items } = await call(people.parts, { params: { personId }, query: { part, ended: true } })
                const now = items.find((r) => r.id === row.id) ?? row
                return { values: { data: now.data }, revision: now.revision }
              },
            },
          }
        : {})}
      onSend={({ data }, revision) =>
        row
          ? change.mutateAsync({
              params: { personId, id: row.id },
              body: { revision, data: filledOnly(data) },
            })
          : add.mutateAsync({ params: { personId }, body: { id, part, data: filledOnly(data) } })
      }
    >
      <PartFormFields part={part} language={language} />
    </FormDialog>
  )
}
