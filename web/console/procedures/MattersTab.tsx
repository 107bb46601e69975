import { Link } from '@tanstack/react-router'
import { type MatterRow, matters } from '@zhijiao/contract/matters'
import type { PersonFile } from '@zhijiao/contract/people'
import { procedureOf, procedureRooms, procedures } from '@zhijiao/contract/procedures/all'
import type { Procedure, ProcedureRoom } from '@zhijiao/contract/procedures/describe'
import { useActor } from '../../ui/actor.ts'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { ClockMark } from './ClockMark.tsx'
import { Holder } from './Holder.tsx'
import { LinkButton } from './LinkButton.tsx'
import { matterPath } from './MatterTable.tsx'
import { useMayBegin } from './mayBegin.ts'
import './procedures.css'
import { StateOf } from './StateOf.tsx'
import { beginSaid, beginsIn } from './said.ts'
import { matterWords } from './words.ts'

const rooms = Object.keys(procedureRooms) as ProcedureRoom[]

/** Everything done and doing about one person, by room, with what may be begun now. */
export default function MattersTab({ person }: { person: Pick<PersonFile, 'id' | 'state'> }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const mayBegin = useMayBegin()
  const asked = useAsk(matters.list, { query: { person: person.id, size: 200, sort: '-on' } })
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const all = asked.data.items
  const starts = procedures.filter((p) => mayBegin(p) && beginsIn(p, person.state))
  const shown = rooms.filter(
    (room) => starts.some((p) => p.room === room) || all.some((m) => procedureOf(m.kind)?.room === room),
  )
  if (shown.length === 0) return <EmptyState why="nothing" what={t('emptyAny')} hint={t('cannotNow')} />
  return (
    <>
      {shown.map((room) => {
        const own = all.filter((m) => procedureOf(m.kind)?.room === room)
        return (
          <Panel key={room} title={say(procedureRooms[room])} label={say(procedureRooms[room])}>
            <Starts of={starts.filter((p) => p.room === room)} person={person.id} running={own} />
            {own.length === 0 ? <p className="zj-muted zj-tight">{t('noneOfRoom')}</p> : <Rows of={own} />}
          </Panel>
        )
      })}
    </>
  )
}

function Starts({ of, person, running }: { of: readonly Procedure[]; person: string; running: readonly MatterRow[] }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const { aside } = useStringing()
  const language = useLanguage()
  if (of.length === 0) return null
  return (
    <div className="zj-starts">
      <span className="zj-muted zj-small">{t('mayStart')}</span>
      {of.map((p) => {
        // Of what may run only once the running one is the place to go.
        const there = p.once ? running.find((m) => m.kind === p.id && m.end === null) : undefined
        return there ? (
          <Link key={p.id} to={matterPath(there)}>
            {aside(say(p), t('isRunning'))}
          </Link>
        ) : (
          <LinkButton key={p.id} to={`/matters/${p.id}/new`} search={{ person }} aria-label={beginSaid(p, language)}>
            {say(p)}
          </LinkButton>
        )
      })}
    </div>
  )
}

function Rows({ of }: { of: readonly MatterRow[] }) {
  const t = useWords(matterWords)
  const actor = useActor()
  const say = useSpoken()
  return (
    <div className="zj-scroll">
      <table className="zj-plain">
        <thead>
          <tr>
            <th scope="col">{t('on')}</th>
            <th scope="col">{t('business')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('holder')}</th>
            <th scope="col">{t('clock')}</th>
            <th scope="col">{t('openedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {of.map((m) => {
            const procedure = procedureOf(m.kind)
            return (
              <tr key={m.id}>
                <td>{m.on}</td>
                <td>
                  <Link to={matterPath(m)}>{procedure ? say(procedure) : m.kind}</Link>
                </td>
                <td>
                  <StateOf kind={m.kind} step={m.step} end={m.end} />
                </td>
                <td>{m.end ? '—' : <Holder of={m.holder} />}</td>
                <td>{m.end ? '—' : <ClockMark of={m.clock} />}</td>
                <td>{actor(m.openedBy)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
