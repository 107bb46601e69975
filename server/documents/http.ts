import { documents } from '@zhijiao/contract/documents'
import { parseCivilDate } from '@zhijiao/law/civil-date'
import { isRefusal } from '@zhijiao/law/refusals'
import { zipSync } from 'fflate'
import { asSeenBy } from '../core/db.ts'
import { everyRow, linesOf, listSheet } from '../core/list-sheet.ts'
import { Invalid, notFound, Refusal, refuse } from '../core/refusals.ts'
import { type Asked, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { tried } from '../core/trial.ts'
import { type By, deliverIn, issuedBytes, sealIn, signIn, voidIn } from './after.ts'
import { askBatch, batchFiles, batchShown } from './batch.ts'
import { documentsIn } from './drafts.ts'
import { asDay, headOf, lawOn, organOf, templateOn } from './filing.ts'
import { fill } from './filled.ts'
import { importDocuments } from './history.ts'
import {
  type Bench,
  dressingOf,
  fileName,
  issueIn,
  refuseChanged,
  refuseOtherOrgan,
  told,
  type Within,
} from './issue.ts'
import { receiptPaper } from './receipt.ts'
import { Frozen, Voided } from './refusals.ts'
import { scanIn } from './scan.ts'
import { checkSeal } from './seal/pades.ts'
import { documentCells, documentConditions, documentHeadings, documentWidths } from './sheet.ts'
import { paperShown, rowShown } from './shown.ts'
import { type DocumentRow, documentStore } from './store.ts'
import { watchOf } from './watch.ts'

const mimes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  zip: 'application/zip',
} as const

/** A day from outside; February 30 is none. */
export function dayFrom(text: string, path: string): ReturnType<typeof asDay> {
  const day = parseCivilDate(text)
  if (isRefusal(day)) throw new Refusal(Invalid, { count: 1 }, [{ path, zh: day.zh, en: day.en }])
  return day
}

const by = (asked: Pick<Asked, 'who'>): By => {
  const { staff } = signedIn(asked)
  return { id: staff.id, name: staff.name }
}

export function documentHandlers(bench: Bench): KeptRoom {
  const { house, press } = bench
  const show = async (asked: Pick<Asked, 'note'>, within: Within, id: string) => {
    const shown = await paperShown(bench, within, id)
    asked.note({ person: shown.person?.id ?? null })
    return shown
  }
  /** Refuses whose paper it is not. */
  const its = async (asked: Pick<Asked, 'who'>, within: Within, id: string) =>
    refuseOtherOrgan(await documentStore(within.db).one(id), signedIn(asked))
  /** Who looks through the eyes of another organ and takes a paper with him has been given it. */
  const leaves = async (asked: Pick<Asked, 'who' | 'circumstances'>, within: Within, row: DocumentRow) => {
    const who = signedIn(asked)
    if (row.state === 'issued' && who.eyes.reach === 'opened')
      await watchOf(row.template).fetched?.(within, row, who, asked.circumstances.now)
  }
  return keep(documents, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20, sort = '-drafted', ...filters } = asked.query
        const { rows, total } = await documentStore(db).list(filters, signedIn(asked).eyes, {
          number: page,
          size,
          sort,
        })
        asked.note({ rows: rows.length, ...(filters.person ? { person: filters.person } : {}) })
        return { items: rows.map(rowShown), total, page, size }
      }),
    export: async (asked) => {
      const { reason, sort = '-drafted', ...filters } = asked.query
      const who = signedIn(asked)
      const read = (page: { number: number; size: number }) =>
        asSeenBy(house.databases.api, who.eyes, (db) => documentStore(db).list(filters, who.eyes, { ...page, sort }))
      const { rows, total } = await read({ number: 1, size: 1 })
      asked.note({ reason, rows: total, person: filters.person ?? null })
      return listSheet(
        {
          title: '法律文书登记簿',
          conditions: documentConditions(filters, rows[0] && rowShown(rows[0])),
          headings: documentHeadings,
          widths: documentWidths,
          total,
          rows: linesOf(
            everyRow(async (page) => (await read(page)).rows),
            (row) => documentCells(rowShown(row)),
          ),
        },
        { who, now: asked.circumstances.now, reason, request: asked.request },
      )
    },
    counts: (asked) => asked.inTransaction(({ db }) => documentStore(db).counts(asked.query, signedIn(asked).eyes)),
    get: (asked) => asked.inTransaction((within) => show(asked, within, asked.params.id)),
    draft: (asked) =>
      asked.inTransaction(async (within) => {
        const { template, person = null, subject, on, values = {} } = asked.body
        // What a superior writes comes of a matter in his hands, never of a wish.
        const { staff, eyes } = signedIn(asked)
        refuseOtherOrgan({ organ: null, org_code: staff.org }, { staff, eyes })
        const org = person ? await orgOf(within, person) : signedIn(asked).staff.org
        const made = await documentsIn(within, house).draft({
          template,
          org,
          person,
          subject: subject ?? asked.circumstances.id(),
          on: on ? dayFrom(on, 'on') : asked.circumstances.today,
          values: values as Parameters<ReturnType<typeof documentsIn>['draft']>[0]['values'],
          by: by(asked),
        })
        return show(asked, within, made.id)
      }),
    correct: (asked) =>
      asked.inTransaction(async (within) => {
        const store = documentStore(within.db)
        const row = await store.lock(asked.params.id)
        refuseOtherOrgan(row, signedIn(asked))
        if (row.state === 'void') throw refuse(Voided)
        if (row.state === 'issued') throw refuse(Frozen, { number: row.number ?? '—' })
        refuseChanged(row, asked.body.revision)
        const on = asked.body.on ? dayFrom(asked.body.on, 'on') : asDay(row.decided_on)
        const law = await lawOn(house, row.org_code, on)
        const { version } = await templateOn(within.db, row.template, headOf(row), on)
        const changed = Object.keys(asked.body.values).filter(
          (k) => JSON.stringify(asked.body.values[k]) !== JSON.stringify(row.corrected[k]),
        )
        await store.corrected(row.id, {
          corrected: asked.body.values,
          on,
          version,
          law: law.revision,
          at: new Date(asked.circumstances.now),
        })
        await within.ledger.append({
          kind: 'document.corrected',
          org: row.org_code,
          person: row.person_id,
          subject: row.id,
          payload: { blanks: changed, on },
        })
        await told(within, row, 'corrected')
        return show(asked, within, row.id)
      }),
    pdf: (asked) =>
      asked.inTransaction(async (within) => {
        const row = await documentStore(within.db).one(asked.params.id)
        // An old paper has no print of ours: its scan, or a copy from its data that says so.
        const copied = row.imported_at !== null && (row.file_id === null || asked.query.copy === true)
        asked.note({ person: row.person_id, detail: { number: row.number, state: row.state, copied } })
        await leaves(asked, within, row)
        if (row.state !== 'draft' && row.paper && !copied)
          return {
            name: fileName(row.paper, 'pdf'),
            mime: mimes.pdf,
            content: await issuedBytes(bench, within, row, asked.query.bare),
            inline: true,
          }
        const paper = row.paper ?? (await fill(within.db, house, row)).paper
        const content = await press.pdf(paper, {
          ...(await dressingOf(bench, within, row, row.state === 'draft')),
          author: (await organOf(within.db, headOf(row))).agency,
          at: asked.circumstances.now,
        })
        return { name: fileName(paper, 'pdf', copied), mime: mimes.pdf, content, inline: true }
      }),
    docx: (asked) =>
      asked.inTransaction(async (within) => {
        const row = await documentStore(within.db).one(asked.params.id)
        asked.note({ person: row.person_id, detail: { number: row.number, state: row.state } })
        await leaves(asked, within, row)
        const paper = row.paper ?? (await fill(within.db, house, row)).paper
        const organ = await organOf(within.db, headOf(row))
        const dressing = await dressingOf(bench, within, row, row.state === 'draft')
        return {
          name: fileName(paper, 'docx', row.imported_at !== null),
          mime: mimes.docx,
          content: await press.docx(paper, { ...dressing, author: organ.agency }),
        }
      }),
    issue: (asked) =>
      asked.inTransaction(async (within) => {
        await its(asked, within, asked.params.id)
        await issueIn(bench, within, asked.params.id, { id: by(asked).id, revision: asked.body.revision })
        return show(asked, within, asked.params.id)
      }),
    sign: (asked) =>
      asked.inTransaction(async (within) => {
        await its(asked, within, asked.params.id)
        await signIn(bench, within, asked.params.id, asked.body, by(asked))
        return show(asked, within, asked.params.id)
      }),
    seal: (asked) =>
      asked.inTransaction(async (within) => {
        await its(asked, within, asked.params.id)
        await sealIn(bench, within, asked.params.id, asked.body.revision, by(asked))
        return show(asked, within, asked.params.id)
      }),
    verify: (asked) =>
      asked.inTransaction(async (within) => {
        const row = await documentStore(within.db).one(asked.params.id)
        asked.note({ person: row.person_id })
        const shown = await paperShown(bench, within, row.id)
        let bytes: Buffer | null = null
        if (row.sealed_file_id) bytes = await issuedBytes(bench, within, row).catch(() => null)
        const check = bytes ? checkSeal(bytes) : null
        const certificate = check?.certificate
        return {
          sealed: row.sealed_file_id !== null,
          intact: check?.intact ?? false,
          sameAsLedger: bytes !== null,
          subject: certificate?.subject.replace(/\n/g, ', ') ?? '',
          issuer: certificate?.issuer.replace(/\n/g, ', ') ?? '',
          selfMade: shown.certificate?.selfMade ?? false,
          signedAt: row.sealed_at?.toISOString() ?? null,
          why: whyNot(row.sealed_file_id !== null, bytes !== null, check?.why ?? null),
        }
      }),
    deliver: (asked) =>
      asked.inTransaction(async (within) => {
        await its(asked, within, asked.params.id)
        await deliverIn(bench, within, asked.params.id, asked.body, by(asked))
        return show(asked, within, asked.params.id)
      }),
    receipt: (asked) =>
      asked.inTransaction(async (within) => {
        const row = await documentStore(within.db).one(asked.params.id)
        asked.note({ person: row.person_id })
        const { paper, dressing } = await receiptPaper(bench, within, row, asked.params.deliveryId)
        return {
          name: fileName(paper, 'pdf'),
          mime: mimes.pdf,
          content: await press.pdf(paper, dressing),
          inline: true,
        }
      }),
    void: (asked) => {
      asked.note({ reason: asked.body.reason })
      return asked.inTransaction(async (within) => {
        await its(asked, within, asked.params.id)
        const stands = await voidIn(bench, within, asked.params.id, asked.body, by(asked))
        return show(asked, within, stands)
      })
    },
    scan: (asked) =>
      asked.inTransaction(async (within) => {
        await its(asked, within, asked.params.id)
        await scanIn(bench, within, asked.params.id, asked.body)
        return show(asked, within, asked.params.id)
      }),
    importHistory: async (asked) => {
      const { source, dryRun: trial = false } = asked.body
      const answer = await tried(trial, asked.inTransaction, (within) =>
        importDocuments(within, house, asked.body, signedIn(asked), asked.circumstances),
      )
      const { created, known, refused } = answer
      asked.note({ rows: trial ? 0 : created, detail: { source, known, refused: refused.length, trial } })
      return answer
    },
    batch: async (asked) => {
      const who = signedIn(asked)
      refuseOtherOrgan({ organ: null, org_code: who.staff.org }, who)
      return asked.inTransaction(async (within) => {
        const id = await askBatch(bench, within, asked.body, who, asked.circumstances)
        return batchShown(within, id)
      })
    },
    progress: (asked) => asked.inTransaction((within) => batchShown(within, asked.params.id)),
    zip: (asked) =>
      asked.inTransaction(async (within) => {
        const files = await batchFiles(bench, within, asked.params.id)
        asked.note({ rows: Object.keys(files).length })
        return { name: '批量制发.zip', mime: mimes.zip, content: Buffer.from(zipSync(files, { level: 0 })) }
      }),
  })
}

const faults = {
  none: { zh: '文件中没有电子签名。', en: 'The file bears no signature.' },
  changed: { zh: '文件在盖章后被改动。', en: 'The file was changed after it was sealed.' },
  added: { zh: '盖章后文件末尾被追加内容。', en: 'Something was added behind the seal.' },
  unreadable: { zh: '电子签名无法读取。', en: 'The signature cannot be read.' },
} as const
function whyNot(sealed: boolean, same: boolean, why: keyof typeof faults | null) {
  if (!sealed) return { zh: '文书尚未加盖电子印章。', en: 'The document is not sealed yet.' }
  if (!same)
    return { zh: '保存的文件与台账记录的校验值不符。', en: 'The kept file does not match the hash in the ledger.' }
  return why ? { ...faults[why] } : null
}

async function orgOf({ db }: Within, person: string): Promise<string> {
  const row = await db.selectFrom('person').select('org_code').where('id', '=', person).executeTakeFirst()
  if (!row) throw notFound()
  return row.org_code
}
