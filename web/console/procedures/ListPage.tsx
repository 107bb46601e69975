import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type MatterRow, matters } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { Page } from '../../ui/Page.tsx'
import { useNamedPage } from '../shell/pageNames.ts'
import { Trail } from '../shell/Trail.tsx'
import { BatchDialog } from './BatchDialog.tsx'
import { ExportButton } from './ExportButton.tsx'
import { LinkButton } from './LinkButton.tsx'
import { MatterTable, type View } from './MatterTable.tsx'
import { useMayBegin } from './mayBegin.ts'
import { PrintList } from './PrintList.tsx'
import './procedures.css'
import { beginSaid } from './said.ts'
import { ViewTabs } from './ViewTabs.tsx'
import { matterWords } from './words.ts'

/** The register (台账) of one business. */
export default function ListPage() {
  const { kind = '' } = useParams({ strict: false }) as { kind?: string }
  const procedure = procedureOf(kind)
  const t = useWords(matterWords)
  return procedure ? (
    <Register key={kind} of={procedure} />
  ) : (
    <EmptyState why="nothing" what={t('unknownKind')} hint={t('unknownKindHint')} />
  )
}

function Register({ of }: { of: Procedure }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const navigate = useNavigate()
  const language = useLanguage()
  const mayBegin = useMayBegin()
  const name = say(of)
  useNamedPage(`/matters/${of.id}`, name)
  const { view: wanted } = useSearch({ strict: false }) as { view?: string }
  const views: readonly View[] =
    of.steps.length > 0 ? ['all', 'todo', 'running', 'overdue', 'ended', 'mine', 'passed'] : ['all', 'mine']
  const view = views.find((v) => v === wanted) ?? 'all'
  const counts = useAsk(matters.counts, { query: { kind: of.id } }, { every: 60_000 }).data
  const [batch, setBatch] = useState<readonly MatterRow[] | null>(null)
  const [clear, setClear] = useState<() => void>(() => () => undefined)
  const start = mayBegin(of) ? (
    <LinkButton to={`/matters/${of.id}/new`} type="primary" size="middle">
      {beginSaid(of, language)}
    </LinkButton>
  ) : null
  return (
    <>
      <Trail last={name} />
      <Page title={name} note={say(of.says)} actions={start}>
        <ViewTabs
          views={views}
          view={view}
          counts={of.steps.length > 0 ? counts : undefined}
          onChange={(next) =>
            void navigate({
              to: `/matters/${of.id}`,
              search: next === 'all' ? {} : { view: next },
              replace: true,
            } as never)
          }
        />
        <MatterTable
          of={of}
          view={view}
          empty={
            view === 'all'
              ? { what: t('emptyList', { name }), hint: say(of.says), ...(start ? { action: start } : {}) }
              : view === 'todo'
                ? { what: t('emptyTodo'), hint: t('emptyTodoHint') }
                : { what: t('emptyView', { view: t(view) }) }
          }
          tools={({ asked, total }) => (
            <>
              <ExportButton of={of} asked={asked} total={total} />
              <PrintList of={of} asked={asked} total={total} />
            </>
          )}
          {...(of.steps.length > 0
            ? {
                batch: (chosen: readonly MatterRow[], done: () => void) => (
                  <BatchButton
                    chosen={chosen}
                    onOpen={() => {
                      setClear(() => done)
                      setBatch(chosen)
                    }}
                  />
                ),
              }
            : {})}
        />
        {batch ? (
          <BatchDialog
            of={of}
            chosen={batch}
            onClose={(acted) => {
              setBatch(null)
              if (acted) clear()
            }}
          />
        ) : null}
      </Page>
    </>
  )
}

/** Only what stands at one step can be acted on together. */
function BatchButton({ chosen, onOpen }: { chosen: readonly MatterRow[]; onOpen: () => void }) {
  const t = useWords(matterWords)
  const steps = new Set(chosen.map((m) => m.step))
  const why = steps.size > 1 ? t('batchMixed') : steps.has(null) ? t('batchOver') : null
  if (!why)
    return (
      <Button size="small" type="primary" onClick={onOpen}>
        {t('batch')}
      </Button>
    )
  return (
    <Tooltip title={why}>
      <Button size="small" disabled aria-describedby="zj-batch-why">
        {t('batch')}
      </Button>{' '}
      <span id="zj-batch-why" className="zj-muted zj-small">
        {why}
      </span>
    </Tooltip>
  )
}
