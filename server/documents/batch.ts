import type { Batch, documents } from '@zhijiao/contract/documents'
import type { BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import { lawFor } from '../core/circumstances.ts'
import { asSeenBy, type Eyes } from '../core/db.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { announce } from '../core/live.ts'
import { NotFound, notFound, problemOf, Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances, Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import { issuedBytes, sealIn } from './after.ts'
import { documentsIn } from './drafts.ts'
import { asDay } from './filing.ts'
import { type Bench, fileName, issueIn, type Within } from './issue.ts'
import { BatchEmpty, TemplateUnknown } from './refusals.ts'
import { documentStore } from './store.ts'
import { paperName } from './templates/index.ts'

type BatchWish = BodyOf<SpecOf<(typeof documents)['batch']>>

/** How often the worker looks for batches that another process was asked for, milliseconds. */
const tickMs = 1_000

/** Writes down what a batch is to do; the worker takes it up. Whoever is out of sight is not in it. */
export async function askBatch(
  { house }: Bench,
  { db }: Within,
  wish: BatchWish,
  who: Session,
  circumstances: Circumstances,
): Promise<string> {
  const paper = paperName(wish.template)
  if (!paper) throw refuse(TemplateUnknown, { template: wish.template })
  const people = wish.people ?? []
  const drafts = wish.drafts ?? []
  const seen = people.length
    ? (await sql<{ id: string }>`select id from person where id = any (${people}::uuid[])`.execute(db)).rows.map(
        (r) => r.id,
      )
    : []
  const open = drafts.length
    ? (
        await sql<{
          id: string
        }>`select id from document where id = any (${drafts}::uuid[]) and state = 'draft'`.execute(db)
      ).rows.map((r) => r.id)
    : []
  if (seen.length < people.length || open.length < drafts.length) throw refuse(NotFound)
  if (seen.length + open.length === 0) throw refuse(BatchEmpty)
  const id = house.chance.id()
  const items = [
    ...people.map((person) => ({ person, document: null })),
    ...drafts.map((document) => ({ person: null, document })),
  ]
  await sql`
    insert into document_batch (id, org_code, template, decided_on, seal, asked_by, asked_by_name, eyes, given, state, total, asked_at)
    values (${id}::uuid, ${who.staff.org}, ${paper.id}, ${wish.on ?? circumstances.today}::date, ${wish.seal && who.permissions.has('document.seal')},
      ${who.staff.id}::uuid, ${who.staff.name}, ${JSON.stringify(who.eyes)}::jsonb, ${JSON.stringify(wish.values ?? {})}::jsonb, 'running',
      ${items.length}, ${new Date(circumstances.now)})`.execute(db)
  await sql`
    insert into document_batch_item (batch_id, place, person_id, document_id, state)
    select ${id}::uuid, (i->>'place')::integer, (i->>'person')::uuid, (i->>'document')::uuid, 'waiting'
    from jsonb_array_elements(${JSON.stringify(items.map((item, place) => ({ ...item, place: place + 1 })))}::jsonb) i`.execute(
    db,
  )
  return id
}

interface BatchRow {
  id: string
  org_code: string
  template: string
  decided_on: string
  seal: boolean
  asked_by: string
  asked_by_name: string
  eyes: Eyes
  given: Record<string, string>
  state: 'running' | 'done' | 'stopped'
  total: number
  done: number
  failed: number
  asked_at: Date
  ended_at: Date | null
}

export async function batchShown({ db }: Within, id: string): Promise<Batch> {
  const { rows } = await sql<BatchRow>`select * from document_batch where id = ${id}::uuid`.execute(db)
  const [batch] = rows
  if (!batch) throw notFound()
  const { rows: items } = await sql<{
    place: number
    person_id: string | null
    person_name: string | null
    document_id: string | null
    number: string | null
    state: 'waiting' | 'done' | 'failed'
    fault: string | null
  }>`
    select i.place, coalesce(i.person_id, d.person_id) as person_id, p.name as person_name, i.document_id, d.number, i.state, i.fault
    from document_batch_item i left join document d on d.id = i.document_id left join person p on p.id = coalesce(i.person_id, d.person_id)
    where i.batch_id = ${id}::uuid order by (i.state = 'failed') desc, i.place limit 1000`.execute(db)
  const name = paperName(batch.template)
  return {
    id: batch.id,
    template: batch.template,
    name: { zh: name?.zh ?? batch.template, en: name?.en ?? batch.template },
    state: batch.state,
    total: batch.total,
    done: batch.done,
    failed: batch.failed,
    seal: batch.seal,
    askedAt: batch.asked_at.toISOString(),
    endedAt: batch.ended_at?.toISOString() ?? null,
    items: items.map((i) => ({
      place: i.place,
      person: i.person_id ? { id: i.person_id, name: i.person_name ?? '' } : null,
      document: i.document_id,
      number: i.number,
      state: i.state,
      fault: i.fault ? (JSON.parse(i.fault) as { zh: string; en: string }) : null,
    })),
  }
}

/** Every PDF of a batch by its name; two of the same name get their place before it. */
export async function batchFiles(bench: Bench, within: Within, id: string): Promise<Record<string, Uint8Array>> {
  const { items } = await batchShown(within, id)
  const out: Record<string, Uint8Array> = {}
  for (const item of items) {
    if (!item.document || item.state !== 'done') continue
    const row = await documentStore(within.db).one(item.document)
    if (!row.paper) continue
    const name = `${String(item.place).padStart(4, '0')} ${row.person_name ?? ''} ${fileName(row.paper, 'pdf')}`
    out[name.replace(/[\\/:*?"<>|]/g, '_')] = new Uint8Array(await issuedBytes(bench, within, row))
  }
  return out
}

/** One item of a batch, through the eyes of whoever asked, in a transaction of its own. */
async function printOne(
  bench: Bench,
  batch: BatchRow,
  item: { place: number; person_id: string | null; document_id: string | null },
) {
  const { house } = bench
  const by = { id: batch.asked_by, name: batch.asked_by_name }
  const law = await lawFor(house, batch.org_code, house.chance.now())
  await asSeenBy(house.databases.api, batch.eyes, async (db) => {
    const within: Within = { db, ledger: ledgerIn(db, house.chance, { ...by, lawRevision: law.revision }) }
    let { document_id: id } = item
    if (!id && item.person_id) {
      const person = await db
        .selectFrom('person')
        .select('org_code')
        .where('id', '=', item.person_id)
        .executeTakeFirst()
      if (!person) throw notFound()
      const made = await documentsIn(within, house).draft({
        template: batch.template,
        org: person.org_code,
        person: item.person_id,
        subject: `${batch.id}:${item.place}`,
        on: asDay(batch.decided_on),
        values: batch.given,
        by,
      })
      id = made.id
    }
    if (!id) throw notFound()
    await issueIn(bench, within, id, { id: by.id, revision: null })
    if (batch.seal) await sealIn(bench, within, id, null, by)
    const mine = await sql`
      update document_batch_item set state = 'done', document_id = ${id}::uuid
      where batch_id = ${batch.id}::uuid and place = ${item.place} and state = 'waiting'`.execute(db)
    // Another worker was at it: this one lost the lock of the batches and does not know it yet. His paper stands.
    if (Number(mine.numAffectedRows ?? 0) !== 1) throw new Error('another worker printed this paper')
    await sql`update document_batch set done = done + 1 where id = ${batch.id}::uuid`.execute(db)
    await announce(db, { topic: 'document', id: batch.id, org: batch.org_code, what: 'batch', staff: [batch.asked_by] })
  })
}

/** Works on batches one paper after the other; a crash loses none and issues none twice. */
export async function runBatches(bench: Bench): Promise<Stop> {
  const { house } = bench
  const db = house.databases.system

  const failed = async (batch: BatchRow, place: number, error: unknown) => {
    const problem =
      error instanceof Refusal ? problemOf(error, '') : { zh: '系统出错，请重试。', en: 'Something broke; try again.' }
    // What another worker printed meanwhile did not fail.
    const marked = await sql`
      with one as (
        update document_batch_item set state = 'failed', fault = ${JSON.stringify({ zh: problem.zh, en: problem.en })}
        where batch_id = ${batch.id}::uuid and place = ${place} and state = 'waiting' returning batch_id
      ) update document_batch b set failed = failed + 1 from one where b.id = one.batch_id`.execute(db)
    if (Number(marked.numAffectedRows ?? 0) === 1 && !(error instanceof Refusal))
      house.log.warn({ why: error instanceof Error ? error.message : '' }, 'a paper of a batch failed')
  }
  const work = async (going: () => boolean) => {
    // One worker of the installation at a time; the lock lives as long as this connection's transaction.
    await db.transaction().execute(async (held) => {
      const { rows: got } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(7080) as mine`.execute(held)
      if (!got[0]?.mine) return
      const { rows: batches } =
        await sql<BatchRow>`select * from document_batch where state = 'running' order by asked_at`.execute(db)
      for (const batch of batches) {
        for (;;) {
          if (!going()) return
          const { rows } = await sql<{ place: number; person_id: string | null; document_id: string | null }>`
            select place, person_id, document_id from document_batch_item where batch_id = ${batch.id}::uuid and state = 'waiting'
            order by place limit 1`.execute(db)
          const [item] = rows
          if (!item) break
          await printOne(bench, batch, item).catch((error: unknown) => failed(batch, item.place, error))
        }
        await db.transaction().execute(async (trx) => {
          const ended = await sql`
            update document_batch set state = 'done', ended_at = ${new Date(house.chance.now())}
            where id = ${batch.id}::uuid and state = 'running'`.execute(trx)
          if (Number(ended.numAffectedRows ?? 0) !== 1) return
          await announce(trx, {
            topic: 'document',
            id: batch.id,
            org: batch.org_code,
            what: 'batchDone',
            staff: [batch.asked_by],
          })
        })
      }
    })
  }
  return inRounds(house, { everyMs: tickMs, waits: 'batches not read, trying again' }, work)
}
