import { rowsOf } from '@zhijiao/contract/columns'
import type { TrackFix } from '@zhijiao/contract/positions'
import type { Command } from '../cli.ts'
import { writeAudit } from '../core/audit.ts'
import { standingOf } from '../core/auth/standing.ts'
import { circumstancesOf } from '../core/circumstances.ts'
import { asSeenBy } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { NotFound, notAllowed, problemOf, Refusal, refuse } from '../core/refusals.ts'
import { lookAtDay, type Onlooker, reasonFor } from '../positions/index.ts'
import { openInstallation } from './installation.ts'
import { readOptions } from './options.ts'

/** Prints one person's day as rows, through the eyes of an account: same scope, same audit as on the screen. */
const track: Command = {
  says: '打印一人一日轨迹 / print one day of one person, scoped and audited',
  usage: 'npx zhijiao track PERSON DAY --as ACCOUNT --reason TEXT   (PERSON: id or number; DAY: 2026-11-21)',
  async run(args) {
    const { words, values, fault } = readOptions(args, { values: ['as', 'reason'] })
    const [person, day] = words
    const { as: account, reason } = values
    if (fault || !person || !day || !account || !reason) {
      process.stderr.write(`${fault ?? this.usage}\n`)
      return 2
    }
    const opened = await openInstallation({ leaveSchema: true })
    try {
      const rows = await printTrack(opened.house, { person, day, account, reason })
      for (const row of rows) process.stdout.write(`${row}\n`)
      return 0
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const said = problemOf(error, '')
      process.stderr.write(`${said.code} ${said.zh}\n${said.en}\n`)
      return 1
    } finally {
      await opened.close()
    }
  },
}
export default track

/** The rows of a day as an account sees them. The attempt is on record before anything is read, the result after. */
export async function printTrack(
  house: House,
  wish: { person: string; day: string; account: string; reason: string },
): Promise<readonly string[]> {
  const now = house.chance.now()
  const who = await onlooker(house, wish.account)
  const request = house.chance.id()
  const line = {
    request,
    act: 'view',
    promise: 'positions.day',
    staff: who?.staff ?? null,
    roles: who?.roles ?? [],
    ip: 'command line',
  }
  const detail = { person: wish.person, day: wish.day, account: wish.account }
  const { system, api } = house.databases
  await writeAudit(system, house.chance, { ...line, phase: 'attempt', reason: wish.reason, detail })
  const finish = (outcome: string, rows?: number, person?: string) =>
    writeAudit(system, house.chance, {
      ...line,
      phase: 'result',
      person: person ?? null,
      reason: wish.reason,
      detail,
      outcome,
      ...(rows === undefined ? {} : { rows }),
    })
  try {
    if (!who) throw refuse(NotFound)
    if (!who.permissions.has('position.track')) throw notAllowed('position.track')
    const reason = reasonFor(who, wish.day, wish.reason)
    const circumstances = await circumstancesOf(house, who.staff.org, now)
    const person = await idOf(house, wish.person)
    const shown = await asSeenBy(api, who.eyes, (db) =>
      lookAtDay(
        {
          db,
          ledger: ledgerIn(db, house.chance, {
            id: who.staff.id,
            name: who.staff.name,
            lawRevision: circumstances.law.revision,
          }),
        },
        who,
        { person, day: wish.day, reason },
        circumstances,
      ),
    )
    const fixes = rowsOf(shown.fixes)
    await finish('ok', fixes.length, person)
    return [heading, ...fixes.map(row)]
  } catch (error) {
    await finish(error instanceof Refusal ? error.kind.code : 'ZJ_UNEXPECTED')
    throw error
  }
}

const heading = 'time\treceived\tlat\tlon\taccuracyM\tsource\tspeedKmh\tcourse\tbatteryPct\tactivation\tflags\tfault'

function row(f: TrackFix): string {
  const flags = (['blind', 'late', 'mock', 'authenticated', 'imported'] as const).filter((name) => f[name]).join(',')
  const cells = [
    new Date(f.ts).toISOString(),
    new Date(f.receivedAt).toISOString(),
    f.lat.toFixed(7),
    f.lon.toFixed(7),
    f.accuracyM,
    f.source,
    f.speedKmh ?? '',
    f.course ?? '',
    f.batteryPct ?? '',
    f.activationNo,
    flags,
    f.fault ? `${f.fault.code} (${f.fault.rules})` : '',
  ]
  return cells.join('\t')
}

async function onlooker(
  house: House,
  login: string,
): Promise<(Onlooker & { readonly permissions: ReadonlySet<string> }) | null> {
  const { system } = house.databases
  const staff = await system
    .selectFrom('staff')
    .select(['id', 'login', 'number', 'name', 'org_code', 'language', 'designations'])
    .where('login', '=', login.toLowerCase())
    .where('active', '=', true)
    .executeTakeFirst()
  if (!staff) return null
  const roles = (await system.selectFrom('staff_role').select('role').where('staff_id', '=', staff.id).execute()).map(
    (r) => r.role,
  )
  const standing = standingOf(roles, staff.designations)
  return {
    staff: {
      id: staff.id,
      login: staff.login,
      number: staff.number,
      name: staff.name,
      org: staff.org_code,
      language: staff.language === 'en' ? 'en' : 'zh',
    },
    roles,
    permissions: standing.permissions,
    eyes: { staff: staff.id, unit: staff.org_code, reach: standing.reach, classes: standing.classes },
  }
}

/** The id behind a number; whether the account may see the person is asked afterwards, through its eyes. */
async function idOf(house: House, person: string): Promise<string> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(person)) return person
  const row = await house.databases.system
    .selectFrom('person')
    .select('id')
    .where('number', '=', person)
    .executeTakeFirst()
  if (!row) throw refuse(NotFound)
  return row.id
}
