import { Link } from '@tanstack/react-router'
import { type Task, tasks } from '@zhijiao/contract/tasks'
import { App, Button, Input, Segmented, Space, Tabs } from 'antd'
import { useState } from 'react'
import { AnyOf } from '../../ui/AnyOf.tsx'
import { call, saveFile, useAsk, useDo } from '../../ui/api.ts'
import { Cite } from '../../ui/Cite.tsx'
import { minute } from '../../ui/format.ts'
import { useKept } from '../../ui/kept.ts'
import { LevelMark, Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { BatchTransfer } from './BatchTransfer.tsx'
import { ClockActs } from './ClockActs.tsx'
import { DueCell } from './DueCell.tsx'
import { type DueGroup, DueGroups } from './DueGroups.tsx'
import { HandActs } from './HandActs.tsx'
import { placeOf } from './places.ts'
import { TaskMore } from './TaskMore.tsx'
import { TransferDialog } from './TransferDialog.tsx'
import { useRowKeys } from './useRowKeys.ts'
import { taskWords } from './words.ts'
import './tasks.css'

type View = 'todo' | 'overdue' | 'watched' | 'done'
const views: readonly View[] = ['todo', 'overdue', 'watched', 'done']
const emptyWord = { todo: 'empty', overdue: 'emptyOverdue', watched: 'emptyWatched', done: 'emptyDone' } as const
const stateWord = {
  open: 'stateOpen',
  claimed: 'stateClaimed',
  submitted: 'stateSubmitted',
  done: 'stateDone',
  cancelled: 'stateCancelled',
} as const

/** C05 待办/已办/抄送: what waits for whom, until when, on which basis. */
export default function TaskRoom() {
  const t = useWords(taskWords)
  const [view, setView] = useKept<View>('tasks.view', 'todo')
  const [chosen, setWhose] = useKept<'mine' | 'unit'>('tasks.whose', 'mine')
  // Of the unit's other duties such an account sees none: there is nothing to choose.
  const handed = useMe().reach === 'handed'
  const whose = handed ? 'mine' : chosen
  const [due, setDue] = useKept<DueGroup | null>('tasks.due', null)
  const counts = useAsk(tasks.counts, { query: { whose } }).data
  useRowKeys()
  return (
    <Screen
      title={t('title')}
      actions={
        handed ? null : (
          <Segmented
            value={whose}
            onChange={setWhose}
            aria-label={t('whose')}
            options={[
              { value: 'mine', label: t('mine') },
              { value: 'unit', label: t('unit') },
            ]}
          />
        )
      }
    >
      <Tabs
        activeKey={view}
        onChange={(key) => setView(key as View)}
        items={views.map((v) => ({ key: v, label: counts ? `${t(v)} ${counts[v]}` : t(v) }))}
      />
      {view === 'todo' ? <DueGroups counts={counts?.byDue} total={counts?.todo} value={due} onChange={setDue} /> : null}
      <TaskTable
        key={`${view}.${whose}.${due ?? ''}`}
        view={view}
        whose={whose}
        due={view === 'todo' ? due : null}
        kinds={counts?.byKind ?? []}
      />
      <p className="zj-muted zj-small zj-wide-only">{t('keysHint')}</p>
    </Screen>
  )
}

/** Whether a title says already of what kind the duty is; whose part of it, a name adds in brackets. */
const saysKind = (title: string, kind: string) => title.includes(kind.replace(/\s*[（(][^）)]*[）)]$/, ''))

type Kinds = readonly { readonly kind: string; readonly kindName: { zh: string; en: string }; readonly todo: number }[]

function TaskTable({
  view,
  whose,
  due,
  kinds,
}: {
  view: View
  whose: 'mine' | 'unit'
  due: DueGroup | null
  kinds: Kinds
}) {
  const t = useWords(taskWords)
  const c = useWords(common)
  const say = useSpoken()
  const me = useMe()
  const { message } = App.useApp()
  const complain = useComplain()
  const [moving, setMoving] = useState<Task | null>(null)
  const [many, setMany] = useState<{ chosen: readonly Task[]; clear: () => void } | null>(null)
  const claim = useDo(tasks.claim, {
    refreshes: ['tasks', 'alarms'],
    onDone: ({ toKnow }) => void message.success(t(toKnow ? 'known' : me.reach === 'handed' ? 'confirmed' : 'claimed')),
  })
  const urge = useDo(tasks.urge, { onDone: () => void message.success(t('urged')) })
  const take = (task: Task) =>
    claim.mutate({ params: { id: task.id }, body: { revision: task.revision } }, { onError: (e) => complain(e) })
  const over = view === 'done'
  // Whoever is invited says that he has heard of it, even where nobody else could have taken it up.
  const handed = me.reach === 'handed'
  return (
    <>
      <SearchTable
        name={`tasks.${view}.${whose}`}
        label={t('title')}
        kept={tasks.list}
        fixed={{ view, whose, ...(due ? { due } : {}) }}
        expand={(task) => <TaskMore task={task} attaches={handed && !over} />}
        {...(over
          ? {}
          : {
              batch: (chosen: readonly Task[], clear: () => void) => (
                <Button size="small" onClick={() => setMany({ chosen, clear })}>
                  {t('batchTransfer')}
                </Button>
              ),
            })}
        tools={({ asked, total }) => (
          <Button
            disabled={total === 0}
            onClick={() =>
              void call(tasks.export, { query: asked as never })
                .then((response) => saveFile(response, t('exportName')))
                .catch((error: unknown) => complain(error))
            }
          >
            {t('exportList')}
          </Button>
        )}
        rowKey={(task) => task.id}
        rowName={(task) => `${say(task.title)}${task.person ? ` ${task.person.name}` : ''}`}
        rowTone={(task) => (task.clock.overdue && !over ? 'zj-row-over' : '')}
        conditions={[
          { name: 'q', label: t('words'), field: <Input allowClear maxLength={40} /> },
          {
            name: 'kind',
            label: t('kind'),
            says: (value) =>
              say(kinds.find((k) => k.kind === value)?.kindName ?? { zh: String(value), en: String(value) }),
            field: (
              <AnyOf
                popupMatchSelectWidth={false}
                options={kinds.map((k) => ({
                  value: k.kind,
                  label: view === 'todo' ? t('kindCount', { kind: say(k.kindName), n: k.todo }) : say(k.kindName),
                }))}
              />
            ),
          },
          {
            name: 'level',
            label: t('level'),
            field: <AnyOf options={([1, 2, 3, 4] as const).map((n) => ({ value: n, label: c(`level${n}`) }))} />,
          },
        ]}
        empty={{
          what: t(due ? 'emptyDue' : emptyWord[view]),
          ...(view === 'todo' && !due ? { hint: t(handed ? 'emptyHanded' : 'emptyHint') } : {}),
        }}
        columns={[
          { key: 'level', title: t('level'), sort: 'level', render: (task) => <LevelMark level={task.level} /> },
          {
            key: 'clock',
            title: over ? t('ended') : t('clock'),
            sort: over ? 'ended' : 'due',
            render: (task) =>
              over ? (
                task.endedAt ? (
                  minute(task.endedAt)
                ) : (
                  '—'
                )
              ) : (
                <DueCell clock={task.clock} paused={task.paused !== null} />
              ),
          },
          {
            key: 'duty',
            title: t('duty'),
            width: 320,
            render: (task) => {
              const place = placeOf(task)
              return (
                <>
                  {saysKind(say(task.title), say(task.kindName)) ? null : (
                    <span className="zj-muted">{say(task.kindName)} </span>
                  )}
                  {place ? <Link to={place}>{say(task.title)}</Link> : say(task.title)}
                </>
              )
            },
          },
          // Whoever sees no file would find a dash in every row.
          ...(handed
            ? []
            : [
                {
                  key: 'person',
                  title: t('person'),
                  render: (task: Task) =>
                    task.person ? <Link to={`/people/${task.person.id}`}>{task.person.name}</Link> : '—',
                },
              ]),
          { key: 'org', title: t('org'), spare: true, render: (task) => task.orgName },
          {
            key: 'owner',
            title: t('owner'),
            render: (task) =>
              task.owner ? (
                task.owner.name
              ) : (
                <Mark tone={task.nobodyOnDuty ? 'yellow' : 'quiet'}>
                  {task.nobodyOnDuty ? t('nobodyOnDuty') : t('nobody')}
                </Mark>
              ),
          },
          {
            key: 'state',
            title: t('state'),
            render: (task) => (
              <Space size={4} wrap>
                {t(task.state === 'open' && task.owner ? 'stateDelivered' : stateWord[task.state])}
                {task.remindedAt && !over ? <Mark>{t('remindedMark')}</Mark> : null}
                {task.leftBy ? <Mark tone="yellow">{t('leftBy', { name: task.leftBy.name })}</Mark> : null}
                {task.climbed > 0 ? <Mark tone="yellow">{t('climbed', { n: task.climbed })}</Mark> : null}
              </Space>
            ),
          },
          {
            key: 'delivered',
            title: t('delivered'),
            sort: 'delivered',
            spare: true,
            render: (task) => (task.clock.deliveredAt ? minute(task.clock.deliveredAt) : '—'),
          },
          {
            key: 'basis',
            title: t('basis'),
            spare: true,
            render: (task) => (task.clock.citation ? <Cite of={task.clock.citation} /> : '—'),
          },
          ...(over
            ? [
                {
                  key: 'outcome',
                  title: t('outcome'),
                  render: (task: Task) => (
                    <>
                      {task.toKnow ? t('known') : task.outcomeSaid ? say(task.outcomeSaid) : (task.outcome ?? '—')}
                      {task.outcomeNote ? <div className="zj-muted zj-small">{task.outcomeNote}</div> : null}
                      {task.answeredBy && task.outcome ? (
                        <Link to={`/matters/${task.outcome}/${task.answeredBy}`}> {t('answer')}</Link>
                      ) : null}
                    </>
                  ),
                },
              ]
            : [
                {
                  key: 'actions',
                  title: c('actions'),
                  fixed: 'right' as const,
                  render: (task: Task) => (
                    <Space size={0}>
                      {task.owner === null || task.toKnow ? (
                        <Button
                          size="small"
                          type="link"
                          loading={claim.isPending && claim.variables?.params.id === task.id}
                          onClick={() => take(task)}
                        >
                          {t(task.toKnow ? 'know' : 'claim')}
                        </Button>
                      ) : null}
                      {handed && task.state === 'open' && task.owner?.id === me.id && !task.toKnow ? (
                        <Button
                          size="small"
                          type="link"
                          loading={claim.isPending && claim.variables?.params.id === task.id}
                          onClick={() => take(task)}
                        >
                          {t('confirm')}
                        </Button>
                      ) : null}
                      {task.owner?.id === me.id || task.owner === null ? (
                        <Button size="small" type="link" onClick={() => setMoving(task)}>
                          {t('transfer')}
                        </Button>
                      ) : null}
                      {task.owner && task.owner.id !== me.id ? (
                        <Button
                          size="small"
                          type="link"
                          onClick={() =>
                            urge.mutate({ params: { id: task.id }, body: {} }, { onError: (e) => complain(e) })
                          }
                        >
                          {t('urge')}
                        </Button>
                      ) : null}
                      <HandActs task={task} />
                      <ClockActs task={task} />
                    </Space>
                  ),
                },
              ]),
        ]}
      />
      {many ? <BatchTransfer chosen={many.chosen} onClose={() => setMany(null)} onDone={() => many.clear()} /> : null}
      {moving ? <TransferDialog task={moving} onClose={() => setMoving(null)} /> : null}
    </>
  )
}
