import { setup } from '@zhijiao/contract/account'
import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import { lawDesk, settings } from '@zhijiao/contract/settings'
import { levelsSetting } from '@zhijiao/law/levels'
import { isRuleId } from '@zhijiao/law/rule'
import { sql } from 'kysely'
import { forgetLaw } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { announce } from '../core/live/announce.ts'
import { NotFound, refuse } from '../core/refusals.ts'
import { type Asked, type Circumstances, type Inside, keep, signedIn } from '../core/room.ts'
import { forgetSettings, isSettingKey, knownSettings, type SettingKey, settingsOf } from '../core/settings.ts'
import {
  correctable,
  isCorrected,
  refuseHeldLevels,
  refuseLevelsBelow,
  refuseWrongDraft,
  revisionStore,
  runningBy,
  shippedParameters,
} from './law.ts'
import { OutOfBounds, TopOnly, WrongKind } from './refusals.ts'
import { beginSetup, setupIsOpen } from './setup.ts'

type Setting = AnswerOf<SpecOf<(typeof settings)['setSystem']>>

async function listed({ db }: Inside, of: 'system' | 'security'): Promise<Setting[]> {
  const rows = await db
    .selectFrom('setting')
    .leftJoin('staff', 'staff.id', 'setting.changed_by')
    .select(['setting.key', 'setting.value', 'setting.changed_at', 'staff.name'])
    .where('setting.org_code', '=', '')
    .execute()
  const held = new Map(rows.map((r) => [r.key, r]))
  return (Object.keys(knownSettings) as SettingKey[])
    .filter((key) => knownSettings[key].of === of)
    .map((key) => {
      const known = knownSettings[key]
      const row = held.get(key)
      return {
        key,
        says: { zh: known.zh, en: known.en },
        kind: typeof known.shipped === 'number' ? 'number' : typeof known.shipped === 'boolean' ? 'switch' : 'text',
        value: (row?.value ?? known.shipped) as Setting['value'],
        shipped: known.shipped,
        min: known.min ?? null,
        max: known.max ?? null,
        unit: known.unit ? { ...known.unit } : null,
        source: known.source ?? null,
        changedBy: row?.name ?? null,
        changedAt: row?.changed_at.toISOString() ?? null,
      }
    })
}

type Rules = Circumstances['law']['rules']
const written = new Intl.Collator('zh', { numeric: true })
const columnOf = new Map<string, (rule: Rules[number]) => string>([
  ['rule', (rule) => rule.id],
  ['source', (rule) => `${rule.source} ${rule.article}`],
  ['from', (rule) => rule.from],
])

/** As they stand in the law, or by a column, `-column` backwards; article 9 comes before article 10. */
function inOrder(rules: Rules, sort: string): Rules {
  const column = columnOf.get(sort.replace(/^-/, ''))
  if (!column) return rules
  const way = sort.startsWith('-') ? -1 : 1
  return [...rules].sort((a, b) => way * written.compare(column(a), column(b)))
}

/** A setting holds for the whole installation, so it is the top unit's to change. */
async function setOne(
  house: House,
  asked: Pick<Asked, 'who' | 'circumstances' | 'inTransaction'> & {
    params: { key: string }
    body: { value: Setting['value'] }
  },
  of: 'system' | 'security',
): Promise<Setting> {
  const who = signedIn(asked)
  const { key } = asked.params
  if (!isSettingKey(key) || knownSettings[key].of !== of) throw refuse(NotFound)
  const known = knownSettings[key]
  const { value } = asked.body
  const words = { zh: known.zh, en: known.en }
  if (typeof value !== typeof known.shipped) throw refuse(WrongKind, words)
  if (
    typeof value === 'number' &&
    (!Number.isInteger(value) || value < (known.min ?? value) || value > (known.max ?? value))
  )
    throw refuse(OutOfBounds, { ...words, min: known.min, max: known.max, source: known.source ?? '—' })
  const all = await asked.inTransaction(async (inside) => {
    const top = await inside.db.selectFrom('org').select('code').orderBy(sql`length(code)`).limit(1).executeTakeFirst()
    if (top && top.code.length < who.staff.org.length) throw refuse(TopOnly)
    const before = (await listed(inside, of)).find((s) => s.key === key)
    const row = {
      value: sql`${JSON.stringify(value)}::jsonb`,
      changed_by: who.staff.id,
      changed_at: new Date(asked.circumstances.now),
    }
    await inside.db
      .insertInto('setting')
      .values({ key, org_code: '', ...row })
      .onConflict((c) => c.columns(['key', 'org_code']).doUpdateSet(row))
      .execute()
    await inside.ledger.append({
      kind: 'setting.changed',
      org: who.staff.org,
      subject: key,
      payload: { from: before?.value ?? null, to: value },
    })
    return listed(inside, of)
  })
  forgetSettings(house.databases.system)
  const now = all.find((s) => s.key === key)
  if (!now) throw refuse(NotFound)
  return now
}

export const settingHandlers = (house: House) =>
  keep(settings, {
    system: async ({ inTransaction }) => inTransaction(async (inside) => ({ items: await listed(inside, 'system') })),
    setSystem: (asked) => setOne(house, asked, 'system'),
    security: async ({ inTransaction }) =>
      inTransaction(async (inside) => ({ items: await listed(inside, 'security') })),
    setSecurity: (asked) => setOne(house, asked, 'security'),
    public: async ({ circumstances }) => {
      const held = await settingsOf(house.databases.system, circumstances.now)
      return {
        name: held.text('platform.name'),
        nameEn: held.text('platform.nameEn'),
        notice: held.text('platform.notice'),
        helpPhone: held.text('platform.helpPhone'),
        mode: house.config.mode,
        setupOpen: await setupIsOpen(house),
      }
    },
  })

export const setupHandlers = (house: House) =>
  keep(setup, {
    state: async () => ({ open: await setupIsOpen(house) }),
    begin: ({ body }) => beginSetup(house, body),
  })

export const lawHandlers = (house: House) =>
  keep(lawDesk, {
    rules: async ({ query, circumstances: { law } }) => {
      const { page = 1, size = 20, sort = '', q, kind, recalled } = query
      const text = q?.trim().toLowerCase()
      const all = inOrder(law.rules, sort)
        .map((rule) => ({ rule, cited: law.cite(rule.id) }))
        .filter(({ rule, cited }) => {
          if (kind && rule.kind !== kind) return false
          if (recalled !== undefined && cited.recalled !== recalled) return false
          return !text || `${rule.id} ${rule.zh} ${rule.en} ${rule.source} ${rule.article}`.toLowerCase().includes(text)
        })
      return {
        items: all.slice((page - 1) * size, page * size).map(({ rule, cited }) => ({
          rule: rule.id,
          source: rule.source,
          article: rule.article,
          zh: rule.zh,
          en: rule.en,
          recalled: cited.recalled,
          kind: rule.kind,
          value: rule.value === null || typeof rule.value === 'number' ? rule.value : { ...rule.value },
          unit: rule.unit === 'day' && rule.dayType === 'working' ? 'working day' : rule.unit,
          from: rule.from,
          until: rule.until,
          note: rule.note,
          correctable: correctable(rule),
          corrected: isCorrected(rule),
        })),
        total: all.length,
        page,
        size,
      }
    },
    parameters: async ({ circumstances: { law, today } }) => {
      const shipped = shippedParameters(today)
      return {
        items: law.parameters.map((p) => ({
          ...p,
          bounds: p.bounds && { ...p.bounds },
          shipped: shipped.get(p.id) ?? p.value,
        })),
        revision: law.revision,
      }
    },
    calendar: async ({ circumstances: { law, today } }) => {
      const thisYear = Number(today.slice(0, 4))
      return {
        years: [...law.calendar.years]
          .sort(([a], [b]) => b - a)
          .map(([year, { off, work }]) => ({ year, off: [...off].sort(), work: [...work].sort() })),
        missing: [thisYear, thisYear + 1].filter((year) => !law.calendar.years.has(year)),
      }
    },
    clocks: async (asked) => {
      const rules = [...new Set(asked.query.rules.split(',').filter(isRuleId))]
      const found = rules.length > 0 ? await runningBy(house.databases.system, signedIn(asked).eyes.unit, rules) : []
      return { items: rules.map((rule) => ({ rule, running: found.find((f) => f.rule === rule)?.running ?? 0 })) }
    },
    revisions: async (asked) =>
      asked.inTransaction((inside) =>
        revisionStore(inside).page(
          signedIn(asked).eyes.unit,
          asked.query.state,
          asked.query.page ?? 1,
          asked.query.size ?? 20,
        ),
      ),
    draft: async (asked) => {
      refuseWrongDraft(asked.body, asked.circumstances)
      const levels = asked.body.values[levelsSetting]
      if (typeof levels === 'string') {
        const { system } = house.databases
        await refuseLevelsBelow(system, signedIn(asked).staff.org)
        await refuseHeldLevels(system, signedIn(asked).staff.org, levels, asked.circumstances.law)
      }
      return asked.inTransaction(async (inside) => {
        const store = revisionStore(inside)
        const id = await store.draft(asked.body, signedIn(asked), asked.circumstances)
        await inside.ledger.append({
          kind: 'law.drafted',
          org: signedIn(asked).staff.org,
          subject: id,
          payload: {
            values: asked.body.values,
            confirms: asked.body.confirms,
            corrects: asked.body.corrects ?? {},
            holidays: asked.body.holidays ?? {},
            source: asked.body.source,
          },
        })
        return store.get(id)
      })
    },
    publish: async (asked) => {
      const published = await asked.inTransaction(async (inside) => {
        const store = revisionStore(inside)
        await store.publish(asked.params.id, signedIn(asked), asked.circumstances)
        const now = await store.get(asked.params.id)
        const levels = now.values[levelsSetting]
        // Somebody may have been given a level since it was drafted away.
        if (typeof levels === 'string')
          await refuseHeldLevels(house.databases.system, now.org, levels, asked.circumstances.law)
        await inside.ledger.append({
          kind: 'law.published',
          org: now.org,
          subject: now.id,
          payload: {
            values: now.values,
            confirms: now.confirms,
            corrects: now.corrects,
            holidays: now.holidays,
            from: now.from,
            draftedBy: now.draftedById,
          },
        })
        // Open screens take their levels from it.
        await announce(inside.db, { topic: 'system', id: now.id, org: now.org, what: 'lawPublished' })
        return now
      })
      forgetLaw(house.databases.system)
      return published
    },
    withdraw: async (asked) => {
      asked.note({ reason: asked.body.reason })
      return asked.inTransaction(async (inside) => {
        const store = revisionStore(inside)
        await store.withdraw(asked.params.id, signedIn(asked))
        const now = await store.get(asked.params.id)
        await inside.ledger.append({
          kind: 'law.withdrawn',
          org: now.org,
          subject: now.id,
          payload: { reason: asked.body.reason },
        })
        return now
      })
    },
  })
