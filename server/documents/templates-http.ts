import type { TemplateBody } from '@zhijiao/contract/paper'
import {
  type Template,
  type TemplateRow,
  type TemplateVersion,
  templates,
  type UnitCard,
} from '@zhijiao/contract/templates'
import { legalDocument } from '@zhijiao/law/documents'
import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import type { Db, ScopedDb } from '../core/db.ts'
import { Changed, notFound, refuse } from '../core/refusals.ts'
import { type Circumstances, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { alwaysThere, paperOf, unknownVariables } from './domain.ts'
import { organCode, organOf, templateOn } from './filing.ts'
import { dayFrom } from './http.ts'
import type { Bench, Within } from './issue.ts'
import { TemplatePast, TemplateSamePerson, TemplateSettled, TemplateUnknown, TemplateWrong } from './refusals.ts'
import { sampleFile } from './sample.ts'
import { currentSeal, importSeal } from './seal/keys.ts'
import { groupOf, paperName, paperNames, shippedTemplates } from './templates/index.ts'

interface VersionRow {
  id: string
  template: string
  org_code: string
  version: number
  state: TemplateVersion['state']
  body: TemplateBody
  note: string
  effective_from: string
  drafted_by: string
  drafter: string | null
  drafted_at: Date
  published_by: string | null
  publisher: string | null
  published_at: Date | null
  revision: number
}

const shown = (row: VersionRow): TemplateVersion => ({
  id: row.id,
  template: row.template,
  org: row.org_code,
  version: row.version,
  state: row.state,
  from: row.effective_from,
  note: row.note,
  body: row.body,
  draftedBy: { id: row.drafted_by, name: row.drafter ?? '' },
  draftedAt: row.drafted_at.toISOString(),
  publishedBy: row.published_by ? { id: row.published_by, name: row.publisher ?? '' } : null,
  publishedAt: row.published_at?.toISOString() ?? null,
  revision: row.revision,
})

const select = sql`select t.*, zj_staff_name(t.drafted_by) as drafter, zj_staff_name(t.published_by) as publisher from document_template t`

const versionStore = (db: ScopedDb) => ({
  async one(id: string): Promise<VersionRow> {
    const { rows } = await sql<VersionRow>`${select} where t.id = ${id}::uuid`.execute(db)
    const [row] = rows
    if (!row) throw notFound()
    return row
  },
  /** A draft of the own unit or one below it, held for this transaction. */
  async hold(id: string, unit: string): Promise<VersionRow> {
    await sql`select 1 from document_template where id = ${id}::uuid for update`.execute(db)
    const row = await this.one(id)
    if (!row.org_code.startsWith(unit)) throw notFound()
    if (row.state !== 'draft') throw refuse(TemplateSettled)
    return row
  },
  async bearing(unit: string, template?: string): Promise<VersionRow[]> {
    const { rows } = await sql<VersionRow>`${select}
      where (starts_with(t.org_code, ${unit}::text) or starts_with(${unit}::text, t.org_code))
        and ${template === undefined ? sql`true` : sql`t.template = ${template}`} order by t.drafted_at desc limit 500`.execute(
      db,
    )
    return rows
  },
})

/** A body that would print: every variable it names can be filled. */
function refuseWrong(body: TemplateBody): void {
  const unknown = unknownVariables(body)
  if (unknown.length > 0)
    throw refuse(TemplateWrong, { names: unknown.join('、') }, [
      { path: 'body.blocks', zh: unknown.join('、'), en: unknown.join(', ') },
    ])
}

export function templateHandlers(bench: Bench): KeptRoom {
  const { house, press } = bench
  const rowOf = async (
    db: ScopedDb | Db,
    id: string,
    who: Session,
    circumstances: Circumstances,
    drafts: number,
  ): Promise<TemplateRow> => {
    const name = paperName(id)
    if (!name) throw refuse(TemplateUnknown, { template: id })
    const document = name.document ? legalDocument(name.document) : undefined
    const force = await templateOn(db, name.id, who.staff.org, circumstances.today)
    return {
      id: name.id,
      document: name.document,
      name: { zh: name.zh, en: name.en },
      group: groupOf(name.id),
      issuer: document?.issuer ?? '县级社区矫正机构/司法所',
      to: document?.to ?? '社区矫正对象',
      source: document?.source ?? '本平台',
      recalled: document?.recalled ?? false,
      series: force.body.series,
      version: force.number,
      drafts,
    }
  }
  const unitCard = async (db: ScopedDb | Db, org: string): Promise<UnitCard> => {
    const at = organCode(org)
    const [organ, key] = [await organOf(db, at), await currentSeal(db, at)]
    return {
      org: at,
      letterhead: organ.agency,
      mark: organ.mark,
      seal: key
        ? {
            org: at,
            subject: key.subject,
            issuer: key.issuer,
            fingerprint: key.fingerprint,
            selfMade: key.self_made,
            validFrom: key.valid_from.toISOString(),
            validUntil: key.valid_until.toISOString(),
            certificate: key.certificate,
          }
        : null,
    }
  }
  const written = async (
    { ledger }: Within,
    kind: 'drafted' | 'published' | 'withdrawn',
    row: VersionRow,
    reason?: string,
  ) =>
    ledger.append({
      kind: `template.${kind}`,
      org: row.org_code,
      subject: row.id,
      payload: {
        template: row.template,
        version: row.version,
        from: row.effective_from,
        note: reason ?? row.note,
        body: row.body as never,
      },
    })

  return keep(templates, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const who = signedIn(asked)
        const all = await versionStore(db).bearing(who.eyes.unit)
        const open = (id: string) => all.filter((v) => v.template === id && v.state === 'draft').length
        return Promise.all(paperNames.map(({ id }) => rowOf(db, id, who, asked.circumstances, open(id))))
      }),
    get: (asked) =>
      asked.inTransaction(async ({ db }): Promise<Template> => {
        const who = signedIn(asked)
        const row = await rowOf(db, asked.params.template, who, asked.circumstances, 0)
        const versions = await versionStore(db).bearing(who.eyes.unit, row.id)
        const shipped = shippedTemplates.get(row.id)
        if (!shipped) throw refuse(TemplateUnknown, { template: row.id })
        const { body } = await templateOn(db, row.id, who.staff.org, asked.circumstances.today)
        const drafts = versions.filter((v) => v.state === 'draft').length
        return { ...row, drafts, body, shipped, versions: versions.map(shown) }
      }),
    draft: (asked) =>
      asked.inTransaction(async (within) => {
        const name = paperName(asked.params.template)
        if (!name) throw refuse(TemplateUnknown, { template: asked.params.template })
        const who = signedIn(asked)
        const from = dayFrom(asked.body.from, 'from')
        if (from < asked.circumstances.today) throw refuse(TemplatePast)
        refuseWrong(asked.body.body)
        const id = asked.circumstances.id()
        const org = organCode(who.staff.org)
        await sql`select pg_advisory_xact_lock(hashtext(${`template ${name.id} ${org}`}))`.execute(within.db)
        await sql`
          insert into document_template (id, template, org_code, version, state, body, note, effective_from, drafted_by, drafted_at)
          values (${id}::uuid, ${name.id}, ${org},
            (select coalesce(max(version), 0) + 1 from document_template where template = ${name.id} and org_code = ${org}), 'draft',
            ${JSON.stringify(asked.body.body)}::jsonb, ${asked.body.note}, ${from}::date, ${who.staff.id}::uuid,
            ${new Date(asked.circumstances.now)})`.execute(within.db)
        const row = await versionStore(within.db).one(id)
        await written(within, 'drafted', row)
        return shown(row)
      }),
    change: (asked) =>
      asked.inTransaction(async (within) => {
        const store = versionStore(within.db)
        const row = await store.hold(asked.params.id, signedIn(asked).eyes.unit)
        if (row.revision !== asked.body.revision)
          throw refuse(Changed, { revision: row.revision, theirs: { body: row.body, note: row.note } })
        const from = dayFrom(asked.body.from, 'from')
        if (from < asked.circumstances.today) throw refuse(TemplatePast)
        refuseWrong(asked.body.body)
        // Whoever changes it last answers for it: he cannot publish it himself either.
        await sql`update document_template set body = ${JSON.stringify(asked.body.body)}::jsonb, note = ${asked.body.note},
          effective_from = ${from}::date, drafted_by = ${signedIn(asked).staff.id}::uuid, drafted_at = ${new Date(asked.circumstances.now)},
          revision = revision + 1 where id = ${row.id}::uuid`.execute(within.db)
        const now = await store.one(row.id)
        await written(within, 'drafted', now)
        return shown(now)
      }),
    publish: (asked) =>
      asked.inTransaction(async (within) => {
        const who = signedIn(asked)
        const store = versionStore(within.db)
        const row = await store.hold(asked.params.id, who.eyes.unit)
        if (row.drafted_by === who.staff.id) throw refuse(TemplateSamePerson)
        await sql`update document_template set state = 'published', published_by = ${who.staff.id}::uuid,
          published_at = ${new Date(asked.circumstances.now)}, effective_from = greatest(effective_from, ${asked.circumstances.today}::date),
          revision = revision + 1 where id = ${row.id}::uuid`.execute(within.db)
        const now = await store.one(row.id)
        await written(within, 'published', now)
        return shown(now)
      }),
    withdraw: (asked) => {
      asked.note({ reason: asked.body.reason })
      return asked.inTransaction(async (within) => {
        const store = versionStore(within.db)
        const row = await store.hold(asked.params.id, signedIn(asked).eyes.unit)
        await sql`update document_template set state = 'withdrawn', revision = revision + 1 where id = ${row.id}::uuid`.execute(
          within.db,
        )
        const now = await store.one(row.id)
        await written(within, 'withdrawn', now, asked.body.reason)
        return shown(now)
      })
    },
    preview: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const name = paperName(asked.params.template)
        if (!name) throw refuse(TemplateUnknown, { template: asked.params.template })
        const { org } = signedIn(asked).staff
        const body = asked.body.body ?? (await templateOn(db, name.id, org, asked.circumstances.today)).body
        refuseWrong(body)
        const organ = await organOf(db, org)
        const { today, law, now } = asked.circumstances
        const paper = paperOf({
          id: name.id,
          body,
          values: { ...sampleOf(body), ...sampleFile },
          organ,
          law,
          on: today,
          number: { year: Number(today.slice(0, 4)), serial: null },
        })
        const content = await press.pdf(paper, {
          draft: true,
          signatures: {},
          stamp: null,
          at: now,
          author: organ.agency,
        })
        return { name: `${name.zh}（样张）.pdf`, mime: 'application/pdf', content, inline: true }
      }),
    unit: (asked) => asked.inTransaction(({ db }) => unitCard(db, signedIn(asked).staff.org)),
    setUnit: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const who = signedIn(asked)
        const at = organCode(who.staff.org)
        const { letterhead, mark } = asked.body
        await sql`insert into document_unit (org_code, letterhead, mark, changed_by, changed_at)
          values (${at}, ${letterhead}, ${mark}, ${who.staff.id}::uuid, ${new Date(asked.circumstances.now)})
          on conflict (org_code) do update set letterhead = excluded.letterhead, mark = excluded.mark,
            changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(db)
        await ledger.append({ kind: 'documentUnit.set', org: at, subject: at, payload: { letterhead, mark } })
        return unitCard(db, at)
      }),
    setSeal: async (asked) => {
      const who = signedIn(asked)
      const at = organCode(who.staff.org)
      const file = asked.file
      if (!file) throw notFound()
      await house.databases.system
        .transaction()
        .execute((db) =>
          importSeal(db, house, at, file.content, asked.body.password, { id: who.staff.id, name: who.staff.name }),
        )
      return asked.inTransaction(({ db }) => unitCard(db, at))
    },
  })
}

const sampleOf = (body: TemplateBody) =>
  Object.fromEntries(
    body.blanks
      .filter((b) => b.source !== 'file' && !alwaysThere.includes(b.name))
      .map((b) => [b.name, b.sample as string]),
  )
