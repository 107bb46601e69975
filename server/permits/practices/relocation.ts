import { procedureOf } from '@zhijiao/contract/procedures/all'
import { relocation } from '@zhijiao/contract/procedures/permits/relocation'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import { dueOf } from '@zhijiao/law/due'
import { isRefusal } from '@zhijiao/law/refusals'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import { announce } from '../../core/live.ts'
import { notFound, refuse } from '../../core/refusals.ts'
import type { DevicesDoor } from '../../devices/index.ts'
import { settleFile } from '../../ending/index.ts'
import {
  dayWritten,
  declarePractice,
  type Form,
  type Moment,
  materialBlanks,
  needed,
  runningMatter,
  type Weighing,
} from '../../procedures/index.ts'
import { exitBanStore } from '../exit-ban-store.ts'
import {
  ArrivalNotDue,
  ArrivalUnsaid,
  CopiesMissing,
  NotReceivable,
  OfficeOutside,
  SameCounty,
  UnitUnknown,
} from '../refusals.ts'
import { hintsOnTheWay, hintsToSend } from './apart.ts'
import { passStore } from './passes.ts'
import { hint, noticeBlanks, textOf } from './words.ts'

async function unitName(db: ScopedDb, code: string): Promise<string> {
  const row = await db.selectFrom('org').select('name').where('code', '=', code).executeTakeFirst()
  return row?.name ?? ''
}

/** What was said last: by the new county, and by the level above where it was asked. */
async function standsAt(m: Moment): Promise<'accept' | 'decline' | 'receive' | 'stay' | null> {
  const said = await m.db
    .selectFrom('matter_passage')
    .select('way')
    .where('matter_id', '=', m.matter.id)
    .where('step', 'in', ['reply', 'letterReply', 'settle'])
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (said?.way as 'accept' | 'decline' | 'receive' | 'stay' | undefined) ?? null
}

/** Whether the new county is outside the platform and does its part by letter. */
const byLetter = (forms: Readonly<Record<string, Form>>) => forms.register?.byLetter === true

/** Everybody who must get a copy is named; the first who is not (MOV-06, MOV-07, MOV-11). */
function uncopied(m: Moment, step: string) {
  const field = relocation.steps.find((s) => s.id === step)?.form?.find((f) => f.id === 'copies')
  const sent = Array.isArray(m.form.copies) ? m.form.copies : []
  const left = field?.kind === 'choice' ? field.choices.find((c) => !sent.includes(c.id)) : undefined
  return left ? refuse(CopiesMissing, { whom: left.zh, whomEn: left.en }) : undefined
}

/** A county of the platform whose name stands in what was typed: its part is done here, not by letter. */
async function countyTyped(w: Weighing): Promise<string | null> {
  const row = await w.db
    .selectFrom('org')
    .select('name')
    .where('level', '=', 'county')
    .where('active', '=', true)
    .where(sql<boolean>`strpos(${textOf(w.form, 'agency')}, name) > 0`)
    .where('code', '<>', w.org.slice(0, 6))
    .limit(1)
    .executeTakeFirst()
  return row?.name ?? null
}

/** The last day to report at the new county (MOV-08); null where the day of the decision is not on record. */
function reportBy(m: Pick<Moment, 'forms' | 'law'>): string | null {
  const due = dueOf('MOV-08', textOf(m.forms.transfer, 'decisionOn'), { law: m.law })
  return isRefusal(due) ? null : due.due
}

/** 执行地变更: both counties, every clock, and the one passage with which the file changes hands. */
export function practiseRelocation(devices: DevicesDoor): void {
  /** The person has reported: the file belongs to the new county from here on, what bound him to the old one ends. */
  const receive = async (m: Moment): Promise<void> => {
    const { db, ledger, matter, house } = m
    const office = textOf(m.form, 'office')
    const move = house.chance.id()
    const { rows } = await sql<{ person_id: string; from_org: string; fences: string[] }>`
      select * from zj_receive_person(${matter.id}::uuid, ${move}::uuid, ${office}, ${m.today}::date, ${new Date(m.now)}::timestamptz)`.execute(
      db,
    )
    const [moved] = rows
    if (!moved) throw refuse(NotReceivable)
    const person = moved.person_id
    await ledger.append({
      kind: 'relocation.moved',
      org: office,
      person,
      subject: matter.id,
      cites: ['MOV-08', 'MOV-11'],
      payload: { from: moved.from_org, to: office, reportedOn: textOf(m.form, 'on') },
    })
    for (const fence of moved.fences)
      await ledger.append({
        kind: 'fence.released',
        org: office,
        person,
        subject: fence,
        payload: { why: '执行地变更', person, lastDay: m.today },
      })
    await devices.endAll(m, person, { at: m.now, reason: 'transfer', note: '执行地变更', by: m.by.name })
    for (const org of [moved.from_org, office])
      await announce(db, { topic: 'person', id: person, org, person, what: 'moved' })
    // What the new county owes him from here on lies on its desks at once.
    await m.start(
      'movedIn',
      { reportedOn: textOf(m.form, 'on'), from: await unitName(db, moved.from_org.slice(0, 6)) },
      { org: office },
    )
    if (!(await exitBanStore(db).known(person))) await m.start('exitBan', {}, { org: office })
    const { category } = await db
      .selectFrom('person')
      .select('category')
      .where('id', '=', person)
      .executeTakeFirstOrThrow(notFound)
    if (correctionCategoryOf(category) === 'temporaryServiceOutsidePrison')
      await m.start('prisonFile', {}, { org: office })
  }

  /** He has reported at a county outside the platform: the file stays here as transferred, what bound him ends. */
  const letGo = async (m: Moment): Promise<void> => {
    const { matter, person } = m
    if (!person) throw refuse(NotReceivable)
    const { id, org_code: org } = person
    await m.changePerson({ state: 'transferred' })
    await m.ledger.append({
      kind: 'relocation.movedOut',
      org,
      person: id,
      subject: matter.id,
      cites: ['MOV-08', 'MOV-11'],
      payload: {
        to: textOf(m.forms.register, 'agency'),
        reportedOn: textOf(m.form, 'on'),
        letter: textOf(m.form, 'number'),
      },
    })
    for (const fence of await passStore(m.db).releaseFences(id, m.today))
      await m.ledger.append({
        kind: 'fence.released',
        org,
        person: id,
        subject: fence,
        payload: { why: '执行地变更', person: id, lastDay: m.today },
      })
    await settleFile(m, devices, { reason: 'transfer', zh: '执行地已变更' })
  }

  declarePractice('relocation', {
    files: {
      moved: ({ forms: { register }, dayOf, nameOf, office }) => ({
        part: 'moves',
        data: {
          from: office.slice(0, 80) || undefined,
          to: (nameOf(textOf(register, 'county')) || textOf(register, 'address') || '新执行地').slice(0, 80),
          decidedOn: dayOf('county'),
          reason: textOf(register, 'why').slice(0, 200) || undefined,
        },
      }),
    },
    otherOrg: (form) => (typeof form.county === 'string' ? form.county : null),
    route: ({ forms }, step, way) => {
      if (!byLetter(forms)) return undefined
      if (step === 'ask' && way === 'send') return 'letterReply'
      if (step === 'transfer' && way === 'sent') return 'letterReceipt'
      return step === 'searching' && way === 'found' ? 'letterArrival' : undefined
    },
    weigh: async (w) => {
      const county = textOf(w.form, 'county')
      if (county !== '' && county === w.org.slice(0, 6)) return refuse(SameCounty)
      if (county !== '' && (await unitName(w.db, county)) === '') return refuse(UnitUnknown, { county })
      const here = w.form.byLetter === true ? await countyTyped(w) : null
      const moveOn = textOf(w.form, 'moveOn')
      const ahead = moveOn === '' ? null : dueOf('MOV-01', moveOn, { law: w.law })
      const latest = ahead && !isRefusal(ahead) ? ahead.due : null
      const late = latest !== null && textOf(w.form, 'receivedOn') > latest
      return [
        ...(late
          ? [
              hint(
                w.law,
                'careful',
                'MOV-01',
                `一般应当提前一个月（${latest} 前）提出；现在提出的，请说明紧急原因。`,
                `Usually asked for a month ahead (by ${latest}); say why it is urgent.`,
              ),
            ]
          : []),
        ...(w.form.byLetter === true
          ? [
              here
                ? hint(
                    w.law,
                    'careful',
                    'MOV-02',
                    `“${here}”已接入本平台，请核对；在平台内办理的，请取消函件方式并选择该单位。`,
                    `"${here}" is on this platform: check, and choose it instead of writing by letter.`,
                  )
                : hint(
                    w.law,
                    'good',
                    'MOV-02',
                    '以函件方式办理：发函、复函、移交、回执和报到均由本单位按来函登记，时限不变。',
                    'By letter: what the new county answers is entered here from its letters; the clocks are the same.',
                  ),
            ]
          : []),
        hint(
          w.law,
          'must',
          'MOV-02',
          '收到申请之日起五日内征求新执行地意见；新执行地五日内核实并书面回复。',
          'The new county is asked within five days of the application and answers in writing within five.',
        ),
        ...(w.form.byLetter === true ? [] : await hintsToSend(w, county)),
        ...(w.person?.category === '04'
          ? [
              hint(
                w.law,
                'must',
                'MOV-10',
                '暂予监外执行的，监狱、看守所的档案同时移交，新收档单位接收后五日内通报新执行地；转入后由新执行地登记。',
                'For service outside prison the prison file goes over too; the new prison tells the new county in five days, which enters it.',
              ),
            ]
          : []),
      ]
    },
    advise: async (w) => {
      if (w.matter.step !== 'county') return hintsOnTheWay(w)
      const said = await standsAt(w as Moment)
      return said === 'decline' || said === 'stay'
        ? [
            hint(
              w.law,
              'careful',
              'MOV-05',
              '新执行地不同意接收：可报上一级协调，或决定不予变更并在五日内告知本人。',
              'The new county declined: have the next level settle it, or refuse and tell the person within five days.',
            ),
          ]
        : [hint(w.law, 'good', 'MOV-03', '新执行地同意接收。', 'The new county accepts.')]
    },
    check: async (m, step, way) => {
      const { other_org: other } = m.matter
      if (way === 'sent' && (step === 'transfer' || step === 'receipt')) return uncopied(m, step)
      if (way === 'noShow') {
        const due = reportBy(m)
        return due && m.today <= due ? refuse(ArrivalNotDue, { due }) : undefined
      }
      if (step === 'letterArrival') return way === 'reported' ? needed(relocation, step, m.form, ['on']) : undefined
      const office = textOf(m.form, 'office')
      if (step === 'county' && way === 'approve') {
        const said = await standsAt(m)
        return said === 'accept' || said === 'receive' ? undefined : refuse(NotReceivable)
      }
      if (step === 'arrival' && way === 'reported' && (office === '' || textOf(m.form, 'on') === ''))
        return refuse(ArrivalUnsaid)
      if (office !== '' && (!other || !office.startsWith(other) || (await unitName(m.db, office)) === ''))
        return refuse(OfficeOutside, { office })
      return undefined
    },
    on: {
      'end:moved': receive,
      'end:movedOut': letGo,
      'search:begin': async (m) => {
        // Whoever is searched for already is not searched for twice: the search that runs is the one the law asks for.
        const { person_id: person } = m.matter
        if (procedureOf('search') && person && !(await runningMatter(m.db, person, 'search')))
          await m.start('search', {
            lostSince: new Date(m.now).toISOString(),
            noticed: '执行地变更后逾期未到新执行地报到，新执行地通知原执行地查找。',
          })
      },
    },
    blanks: async (m, paper) => {
      const { register = {}, reply = {} } = m.forms
      const here = await unitName(m.db, m.matter.org_code.slice(0, 6))
      const there = byLetter(m.forms)
        ? textOf(register, 'agency')
        : `${await unitName(m.db, m.matter.other_org ?? '')}社区矫正机构`
      const accepts = ['accept', 'receive'].includes((await standsAt(m)) ?? '')
      const due = dueOf('MOV-08', m.today, { law: m.law })
      const last = !isRefusal(due) && due.due ? dayWritten(due.due) : ''
      const file = { 变更理由: textOf(register, 'why'), 新居住地: textOf(register, 'address') }
      switch (paper) {
        case 'D12b':
          return {
            ...file,
            收文机构: there,
            是否同意接收: '请在复函中写明是否同意接收',
            报到期限7日: '决定变更的，本人应当自收到决定之日起七日内报到',
            附件: ['变更执行地申请书', '居住、工作等证明材料'],
          }
        case 'D12c':
          return {
            ...file,
            原执行地机构: `${here}社区矫正机构`,
            来函文号: '征求意见',
            核实结果: textOf(reply, 'found'),
            是否同意接收: m.note === '' ? '同意接收' : `不同意接收：${m.note}`,
          }
        case 'D12d':
          return { ...file, 新执行地机构: there, 是否同意接收: '新执行地同意接收', 报到期限7日: last }
        case 'D34c':
          return materialBlanks(m, `${here}社区矫正机构`, [
            {
              on: textOf(m.form, 'sentOn'),
              way: '发',
              name: '执行地变更决定书、社区矫正文书档案',
              copies: `${textOf(m.form, 'volumes')}册`,
              with: there,
            },
          ])
        case 'D15':
          return noticeBlanks(m, {
            about: `执行地变更至${byLetter(m.forms) ? textOf(register, 'address') : there.replace(/社区矫正机构$/, '')}`,
            ...(m.note === '' ? {} : { why: m.note }),
            must: ['继续在原执行地接受社区矫正，未经批准不得迁居'],
            basis: ['MOV-04'],
          })
        default:
          return { ...file, 是否同意接收: accepts ? '同意接收' : '未同意接收', 报到期限7日: last }
      }
    },
  })
}
