import { entrustments } from '@zhijiao/contract/entrustments'
import { assessment } from '@zhijiao/contract/procedures/intake/assessment'
import { parseCivilDate } from '@zhijiao/law/civil-date'
import { isRefusal } from '@zhijiao/law/refusals'
import { lawFor } from '../core/circumstances.ts'
import { asSeenBy } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { everyRow, linesOf, listSheet } from '../core/list-sheet.ts'
import { Invalid, notFound, refuse } from '../core/refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { actorOf, mattersIn } from '../procedures/index.ts'
import { askOrgan, atCounty, handOf, replyToAsk, stateAdoption, takeBackAsk, withdrawEntrustment } from './desk/acts.ts'
import { entrustmentCells, entrustmentHeadings, entrustmentWidths, viewWords } from './desk/sheet.ts'
import { countyAsksShown, entrustmentShown } from './desk/shown.ts'
import { deskStore } from './desk/store.ts'
import { CountyUnknown, OrganUnknown } from './refusals.ts'
import { type Entrusted, intakeStore } from './store.ts'

type Any = Pick<Asked, 'who' | 'circumstances' | 'inTransaction'>

/** The request, if it is one of the caller's own. */
async function own({ db }: Pick<Inside, 'db'>, id: string): Promise<Entrusted> {
  const { rows } = await intakeStore(db).entrusted({ number: 1, size: 1 }, { id })
  if (!rows[0]) throw notFound()
  return rows[0]
}
const ownOf = (asked: Any, id: string) => asked.inTransaction((inside) => own(inside, id))

/** The caller as a hand of his organ. */
async function organHand(asked: Any) {
  const organ = await asked.inTransaction(({ db }) => deskStore(db).mine())
  if (!organ) throw refuse(OrganUnknown)
  return handOf(actorOf(asked), organ)
}

async function shown({ db }: Pick<Inside, 'db'>, rows: readonly Entrusted[], { circumstances: { law } }: Any) {
  const store = deskStore(db)
  const ids = rows.map((row) => row.id)
  const [asks, news] = [await store.asksOf(ids), await store.newsOf(ids)]
  return rows.map((row) => entrustmentShown(row, asks.get(row.id) ?? [], news.get(row.id) ?? [], law))
}
const one = (asked: Any, id: string) =>
  asked.inTransaction(async (inside) => {
    const [is] = await shown(inside, [await own(inside, id)], asked)
    if (!is) throw notFound()
    return is
  })

/**
 * What a court, the police or a prison does here itself: entrust, answer what is asked, say whether it adopted the
 * opinion; and the county's side of it.
 */
export function entrustmentHandlers(house: House): KeptRoom {
  const county = async ({ db }: Inside, id: string) => {
    const store = deskStore(db)
    const row = await intakeStore(db).assessment(id)
    const law = await lawFor(house, row.org_code, house.chance.now())
    const fetched = await store.fetched(id)
    return countyAsksShown(
      (await store.desk(row.organ_id))?.name ?? null,
      fetched?.at ?? null,
      (await store.asksOf([id])).get(id) ?? [],
      row.register,
      law,
    )
  }
  return keep(entrustments, {
    counties: (asked) => asked.inTransaction(({ db }) => intakeStore(db).counties(signedIn(asked).staff.org)),
    list: (asked) =>
      asked.inTransaction(async (inside) => {
        const { page = 1, size = 20, ...wanted } = asked.query
        const { rows, total } = await intakeStore(inside.db).entrusted({ number: page, size }, wanted)
        asked.note({ rows: rows.length })
        return { items: await shown(inside, rows, asked), total, page, size }
      }),
    export: async (asked) => {
      const { reason, ...wanted } = asked.query
      const who = signedIn(asked)
      const read = (page: { number: number; size: number }) =>
        asSeenBy(house.databases.api, who.eyes, async (db) => {
          const { rows, total } = await intakeStore(db).entrusted(page, wanted)
          return { rows: await shown({ db }, rows, asked), total }
        })
      const { total } = await read({ number: 1, size: 1 })
      asked.note({ reason, rows: total })
      return listSheet(
        {
          title: '委托调查评估台账',
          conditions: [wanted.only && viewWords[wanted.only], wanted.q && `被调查人或委托文号含 ${wanted.q}`],
          headings: entrustmentHeadings,
          widths: entrustmentWidths,
          total,
          rows: linesOf(
            everyRow(async (page) => (await read(page)).rows),
            entrustmentCells,
          ),
        },
        { who, now: asked.circumstances.now, reason, request: asked.request },
      )
    },
    counts: (asked) => asked.inTransaction(({ db }) => deskStore(db).counts()),
    get: (asked) => one(asked, asked.params.id),
    entrust: async (asked) => {
      const { staff } = signedIn(asked)
      const { id, county, form } = asked.body
      const { now, today, law } = asked.circumstances
      const hand = await organHand(asked)
      const known = await asked.inTransaction(({ db }) => intakeStore(db).counties(staff.org))
      if (!known.some((c) => c.code === county))
        throw refuse(CountyUnknown, {}, [{ path: 'county', zh: '请从列表中选择县级机构', en: 'choose from the list' }])
      // It is laid on the county's desk through the county's eyes: the organ itself sees no row there, before or after.
      const begun = await atCounty(house, signedIn(asked), county, law, (inside) =>
        mattersIn(inside, house).begin(
          { kind: assessment.id, org: county, form: { ...form, receivedOn: today }, ...(id ? { id } : {}) },
          { ...hand, unit: county },
        ),
      )
      asked.note({ detail: { county, at: now } })
      return one(asked, begun.id)
    },
    look: (asked) =>
      asked
        .inTransaction(async (inside) => {
          await own(inside, asked.params.id)
          const { now } = asked.circumstances
          await deskStore(inside.db).look(asked.params.id, new Date(asked.body.until), new Date(now))
        })
        .then(() => one(asked, asked.params.id)),
    reply: async (asked) => {
      const { id, askId } = asked.params
      const { agrees, words = '', files = [] } = asked.body
      const { today, law } = asked.circumstances
      const who = signedIn(asked)
      const row = await asked.inTransaction(async (inside) => {
        const { db } = inside
        if ((await deskStore(db).ownFiles(files, id)) < files.length)
          throw refuse(Invalid, { count: 1 }, [
            {
              path: 'files',
              zh: '附件未上传到本次委托，请重新上传',
              en: 'not attached to this request; attach it again',
            },
          ])
        return own(inside, id)
      })
      const hand = await organHand(asked)
      const reply = { ...(agrees === undefined ? {} : { agrees }), words: words.trim(), files }
      await atCounty(house, who, row.org_code, law, (inside) =>
        replyToAsk(inside, house, { matter: id, ask: askId, today }, reply, {
          ...hand,
          permissions: who.permissions,
        }),
      )
      return one(asked, id)
    },
    withdraw: async (asked) => {
      const { id } = asked.params
      const row = await ownOf(asked, id)
      const hand = await organHand(asked)
      await atCounty(house, signedIn(asked), row.org_code, asked.circumstances.law, (inside) =>
        withdrawEntrustment(inside, house, id, asked.body.reason.trim(), hand),
      )
      return one(asked, id)
    },
    adopt: async (asked) => {
      const { id } = asked.params
      const { adopted, judgment, judgedOn, reason = '' } = asked.body
      const day = parseCivilDate(judgedOn)
      if (isRefusal(day)) throw refuse(Invalid, { count: 1 }, [{ path: 'judgedOn', zh: day.zh, en: day.en }])
      const row = await ownOf(asked, id)
      const hand = await organHand(asked)
      await atCounty(house, signedIn(asked), row.org_code, asked.circumstances.law, (inside) =>
        stateAdoption(
          inside,
          house,
          id,
          { adopted, judgment: judgment.trim(), judgedOn, reason: reason.trim() },
          hand,
          { signed: row.signed_at !== null, fetched: row.fetched_at !== null },
        ),
      )
      return one(asked, id)
    },
    asks: (asked) => asked.inTransaction((inside) => county(inside, asked.params.id)),
    ask: (asked) =>
      asked.inTransaction(async (inside) => {
        const { id, kind, words, newDue } = asked.body
        await askOrgan(
          inside,
          house,
          asked.params.id,
          { kind, words: words.trim(), ...(id ? { id } : {}), ...(newDue ? { newDue } : {}) },
          actorOf(asked),
        )
        return county(inside, asked.params.id)
      }),
    takeBack: (asked) =>
      asked.inTransaction(async (inside) => {
        await takeBackAsk(inside, house, asked.params.id, asked.params.askId, actorOf(asked))
        return county(inside, asked.params.id)
      }),
  })
}
