import { assessment } from '@zhijiao/contract/procedures/intake/assessment'
import type { Law } from '@zhijiao/law/in-force'
import type { Session } from '../../core/auth/session.ts'
import { lawFor } from '../../core/circumstances.ts'
import { asSeenBy } from '../../core/db.ts'
import type { House } from '../../core/house.ts'
import { ledgerIn } from '../../core/ledger/append.ts'
import { announce } from '../../core/live.ts'
import { Invalid, notFound, refuse, settled } from '../../core/refusals.ts'
import type { Inside } from '../../core/room.ts'
import { newDueOf } from '../../core/tasks/clock-acts.ts'
import { Over } from '../../core/tasks/refusals.ts'
import { tasksIn } from '../../core/tasks.ts'
import { type Actor, type MatterRow, mattersIn, taskKindOf } from '../../procedures/index.ts'
import { AskOver, NoDesk, TimeAsked } from '../refusals.ts'
import { intakeStore } from '../store.ts'
import { mayState, mayWithdraw, type Reply, replyTo, type Statement } from './domain.ts'
import { tellOrgan } from './news.ts'
import { type AskKind, deskStore, type Organ } from './store.ts'

/** Somebody of a partner organ who acts for it. */
export interface OrganHand extends Actor {
  readonly organ: string
  readonly organName: string
}

/** An account in the name of its organ; the record names both where they differ. */
export const handOf = (by: Actor, organ: Organ): OrganHand => ({
  ...by,
  name: by.name === organ.name ? organ.name : `${organ.name}（${by.name}）`,
  organ: organ.id,
  organName: organ.name,
})

/**
 * Works in the county's rows through the county's eyes, in the name of the organ: it has none there itself, before or
 * after. Of a person that was received since, also where he is a minor or his record is sealed: it is the organ's own case.
 */
export function atCounty<T>(
  house: House,
  who: Session,
  county: string,
  law: Law,
  work: (inside: Inside) => Promise<T>,
): Promise<T> {
  const { staff } = who
  const eyes = { staff: staff.id, unit: county.slice(0, 6), reach: 'unit', classes: ['minors', 'sealed'] } as const
  return asSeenBy(house.databases.api, eyes, (db) =>
    work({ db, ledger: ledgerIn(db, house.chance, { id: staff.id, name: staff.name, lawRevision: law.revision }) }),
  )
}

const wrong = (path: string, zh: string, en: string) => refuse(Invalid, { count: 1 }, [{ path, zh, en }])

/** The county hears at once what the organ did. */
const tellCounty = ({ db }: Inside, row: MatterRow, what: string, staff: readonly (string | null)[] = []) =>
  announce(db, {
    topic: 'matter',
    id: row.id,
    org: row.org_code,
    person: row.person_id,
    what,
    staff: [row.holder_id, ...staff],
  })

/** The organ says whether it adopted the opinion: the matter passes by its word. Inside the county's rows. */
export async function stateAdoption(
  inside: Inside,
  house: House,
  id: string,
  wish: Statement,
  organ: OrganHand,
  is: { readonly signed: boolean; readonly fetched: boolean },
): Promise<void> {
  const store = deskStore(inside.db)
  const row = await store.hold(id)
  const when = settled(mayState(wish, { ...is, step: row.step, stated: await store.stated(id) }))
  if (when === 'same') return
  if (when === 'late') await store.waitAgain(id)
  const { adopted, judgment, judgedOn, reason } = wish
  await mattersIn(inside, house).act(
    id,
    {
      way: adopted ? 'adopted' : 'notAdopted',
      form: { judgment, judgedOn, ...(reason ? { remark: reason } : {}), word: `${organ.organName}（在平台自行反馈）` },
      note: '',
      revision: row.revision,
    },
    organ,
  )
}

/** The organ takes its request back: the county's duty ends with that cause, and whoever had it in hand is told. */
export async function withdrawEntrustment(
  inside: Inside,
  house: House,
  id: string,
  reason: string,
  organ: OrganHand,
): Promise<void> {
  const row = await deskStore(inside.db).hold(id)
  const signed = row.step === 'adoption' || (await intakeStore(inside.db).passedAt(id, 'sign', 'sign')) !== null
  if (reason === '') throw wrong('reason', '请写明撤回理由', 'say why it is taken back')
  if (settled(mayWithdraw({ end: row.end_id, signed })) === 'same') return
  await mattersIn(inside, house).takeBack(id, reason, organ)
}

/** The organ answers what was asked; more time that it agrees to is given to the clock in the same breath. */
export async function replyToAsk(
  inside: Inside,
  house: House,
  of: { readonly matter: string; readonly ask: string; readonly today: string },
  reply: Reply,
  organ: OrganHand & { readonly permissions: ReadonlySet<string> },
): Promise<void> {
  const store = deskStore(inside.db)
  const row = await store.hold(of.matter)
  const ask = await store.ask(of.matter, of.ask)
  if (!ask) throw notFound()
  const becomes = settled(replyTo(ask, reply))
  if (becomes === 'same') return
  const at = new Date(house.chance.now())
  await store.settle(ask.id, {
    state: becomes,
    reply: reply.words,
    files: [...reply.files],
    replied_at: at,
    replied_name: organ.name,
  })
  await inside.ledger.append({
    kind: 'assessment.replied',
    org: row.org_code,
    person: row.person_id,
    subject: row.id,
    cites: ask.kind === 'extension' ? ['INV-03'] : [],
    payload: { ask: ask.id, kind: ask.kind, becomes, words: reply.words, files: reply.files.join(',') },
  })
  if (ask.holds_clock) await mattersIn(inside, house).recount(row.id, `委托机关答复：${ask.words}`, organ)
  if (becomes === 'agreed' && ask.new_due) {
    const tasks = tasksIn(inside.db, house, inside.ledger)
    const task = await tasks.of(taskKindOf(assessment.id), row.id)
    if (!task) throw refuse(AskOver)
    await tasks.extendClock(task, organ, {
      newDue: ask.new_due,
      agreedWith: organ.organName,
      agreedOn: of.today,
      reason: ask.words,
      desk: ask.id,
    })
    // It need not be told of what it agreed to itself.
    const now = new Date(house.chance.now())
    await store.look(row.id, now, now)
  }
  await tellCounty(inside, row, 'replied', [ask.asked_by])
}

/** Whoever has the matter in hand asks the organ on its desk. */
export async function askOrgan(
  inside: Inside,
  house: House,
  id: string,
  wish: { readonly id?: string; readonly kind: AskKind; readonly words: string; readonly newDue?: string },
  by: Actor,
): Promise<void> {
  const store = deskStore(inside.db)
  const row = await mattersIn(inside, house).inHandOf(id, by)
  if (row.kind !== assessment.id) throw notFound()
  if (wish.id && (await store.ask(id, wish.id))) return
  if (!(await store.desk(row.organ_id))) throw refuse(NoDesk)
  const time = wish.kind === 'extension' ? await timeAsked(inside, house, row, wish.newDue) : null
  if (!time && wish.newDue) throw wrong('newDue', '只有延期协商才填写新的期限', 'only more time names a new due day')
  const at = house.chance.now()
  const ask = wish.id ?? house.chance.id()
  const holds = wish.kind === 'annex' && (await holdsClock(inside, house, row, at))
  const added = await store.addAsk({
    id: ask,
    matter_id: id,
    kind: wish.kind,
    words: wish.words,
    due_before: time?.before ?? null,
    new_due: time?.newDue ?? null,
    holds_clock: holds,
    asked_at: new Date(at),
    asked_by: by.id,
    asked_name: by.name,
    state: 'open',
    reply: '',
    files: [],
    replied_at: null,
    replied_name: null,
  })
  if (!added) throw refuse(TimeAsked)
  await inside.ledger.append({
    kind: 'assessment.asked',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    cites: time ? ['INV-03'] : [],
    payload: {
      ask,
      kind: wish.kind,
      words: wish.words,
      from: time?.before ?? null,
      to: time?.newDue ?? null,
      holdsClock: holds,
    },
  })
  if (holds) await mattersIn(inside, house).recount(id, `委托函所附材料未收齐：${wish.words}`, by)
  await tellOrgan({ db: inside.db, at, id: house.chance.id() }, row, 'asked')
  await tellCounty(inside, row, 'asked')
}

/**
 * Whether a missing annex keeps the clock from running: it was found missing while the request was being received, before
 * it was instructed as complete, and before its time had run out. What is wished for later is no part of what was enclosed.
 */
async function holdsClock({ db, ledger }: Inside, house: House, row: MatterRow, at: number): Promise<boolean> {
  if (row.step !== 'assign') return false
  const store = deskStore(db)
  if ((await store.enclosures(row.id)).some(({ state }) => state === 'open')) return true
  const task = await tasksIn(db, house, ledger).of(taskKindOf(row.kind), row.id)
  return task !== undefined && task.due_at !== null && task.due_at.getTime() > at && !(await store.extended(task.id))
}

async function timeAsked({ db, ledger }: Inside, house: House, row: MatterRow, newDue: string | undefined) {
  if (!newDue) throw wrong('newDue', '请填写拟延至的日期', 'say until which day')
  const task = await tasksIn(db, house, ledger).of(taskKindOf(row.kind), row.id)
  if (!task) throw refuse(Over)
  return settled(newDueOf(task, newDue, await lawFor(house, row.org_code, house.chance.now())))
}

/** Takes back what is not answered yet. */
export async function takeBackAsk(inside: Inside, house: House, id: string, ask: string, by: Actor): Promise<void> {
  const store = deskStore(inside.db)
  const row = await mattersIn(inside, house).inHandOf(id, by)
  const there = await store.ask(id, ask)
  if (!there) throw notFound()
  if (there.state !== 'open') throw refuse(AskOver)
  await store.settle(ask, { state: 'over' })
  if (there.holds_clock) await mattersIn(inside, house).recount(id, `撤回对所附材料的征询：${there.words}`, by)
  await inside.ledger.append({
    kind: 'assessment.askTakenBack',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    payload: { ask, kind: there.kind },
  })
  const desk = await store.desk(row.organ_id)
  await announce(inside.db, {
    topic: 'entrustment',
    id,
    org: row.org_code,
    what: 'takenBack',
    staff: desk?.accounts ?? [],
  })
  await tellCounty(inside, row, 'takenBack')
}
