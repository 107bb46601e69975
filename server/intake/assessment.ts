import { assessment } from '@zhijiao/contract/procedures/intake/assessment'
import { civilDate, isCivilDate, later, legalDayOf } from '@zhijiao/law/civil-date'
import { code } from '@zhijiao/law/codes'
import { checkIdentity, maskIdentity } from '@zhijiao/law/identity'
import { halfNamed } from '../core/apart.ts'
import { type Refusal, refuse } from '../core/refusals.ts'
import { tasksIn } from '../core/tasks.ts'
import {
  declarePractice,
  type Form,
  hint,
  type MatterRow,
  type Moment,
  needed,
  type Practice,
  type Weighing,
} from '../procedures/index.ts'
import { tellOrgan } from './desk/news.ts'
import { deskStore, type NewsKind } from './desk/store.ts'
import * as says from './refusals.ts'
import { OfficeElsewhere, OneInvestigator } from './refusals.ts'
import { intakeStore } from './store.ts'

/** The eight things that an opinion must say (IM 14), in the order of the paper; the victim may have none. */
const contents = ['visits', 'dwelling', 'family', 'consequences', 'village', 'danger', 'impact', 'proposal'] as const

/** The number itself is sealed beside the matter; what lists, papers and the ledger keep is masked. */
function seal(form: Form): { form: Form; apart: Form } | Refusal {
  if (typeof form.identity !== 'string') return { form, apart: {} }
  const identity = checkIdentity(form.identity)
  // What an import brings is masked already; it cannot be found by it again.
  if (form.identity.includes('*')) return { form, apart: {} }
  if (!identity.valid)
    return refuse(says.IdentityWrong, {}, [
      { path: 'identity', zh: '身份证号码有误，请逐位核对', en: 'the number is wrong' },
    ])
  return { form: { ...form, identity: maskIdentity(identity.number) }, apart: { identity: identity.number } }
}

async function keepIdentity(m: Moment): Promise<void> {
  const { identity } = m.apart
  if (typeof identity !== 'string') return
  const { vault } = m.house
  await intakeStore(m.db).keepIdentity(m.matter.id, vault.seal('identity', identity), vault.blind('identity', identity))
}

/** An office of the county that gives the instruction. */
async function officeOf(m: Moment): Promise<Refusal | undefined> {
  const code = String(m.form.office)
  const unit = await intakeStore(m.db).unit(code)
  return unit?.active && unit.level === 'office' && code.startsWith(m.by.unit.slice(0, 6))
    ? undefined
    : refuse(OfficeElsewhere)
}

function twoEach(form: Form): Refusal | undefined {
  const visits = (form.visits ?? []) as readonly Form[]
  const row = visits.findIndex((v) => String(v.first).trim() === String(v.second).trim())
  return row < 0 ? undefined : refuse(OneInvestigator, { row: row + 1 })
}

const minutes = (from: Date, to: Date) => Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000))
const lasted = (min: number) => ({
  zh: min < 60 ? `${min} 分钟` : min < 2880 ? `${Math.round(min / 6) / 10} 小时` : `${Math.round(min / 144) / 10} 天`,
  en: min < 60 ? `${min} min` : min < 2880 ? `${Math.round(min / 6) / 10} h` : `${Math.round(min / 144) / 10} days`,
})

/** How long each hand had it: received, instructed, opinion delivered. On the platform nothing lies between hand and hand. */
async function delays(w: Pick<Weighing, 'db' | 'law'> & { readonly matter: { id: string; opened_at: Date } }) {
  const store = intakeStore(w.db)
  const instructed = await store.passedAt(w.matter.id, 'assign', 'instruct')
  if (!instructed) return []
  const signed = await store.passedAt(w.matter.id, 'sign', 'sign')
  const first = lasted(minutes(w.matter.opened_at, instructed))
  const rest = signed && lasted(minutes(instructed, signed))
  const whole = signed && lasted(minutes(w.matter.opened_at, signed))
  return [
    hint(
      w.law,
      'good',
      `收到到指派 ${first.zh}${rest ? `，指派到签发送达 ${rest.zh}，全程 ${whole?.zh}` : ''}`,
      `received to instructed ${first.en}${rest ? `, to the delivered opinion ${rest.en}, ${whole?.en} in all` : ''}`,
    ),
  ]
}

const tellItsOrgan = (m: Moment, what: NewsKind) =>
  tellOrgan({ db: m.db, at: m.now, id: m.house.chance.id() }, m.matter, what)

/** With the opinion, and with every other end, what was still being asked is over. */
const closes = (what: NewsKind) => async (m: Moment) => {
  await deskStore(m.db).close(m.matter.id)
  await tellItsOrgan(m, what)
}

/** The organ took it back: whoever had it in hand is told, and of what it did itself it need not be told again. */
async function takenBack(m: Moment): Promise<void> {
  await closes('withdrawn')(m)
  const now = new Date(m.now)
  await deskStore(m.db).look(m.matter.id, now, now)
  const { holder_id, holder_role, holder_unit, id, org_code, person_id } = m.matter
  const who = m.forms.register?.minor === true ? halfNamed(m.matter.who) : m.matter.who
  await tasksIn(m.db, m.house, m.ledger).open({
    kind: withdrawnTask,
    org: org_code,
    person: person_id,
    subject: id,
    title: {
      zh: `${who}：委托机关已撤回调查评估，停止办理。理由：${m.note.slice(0, 80)}`,
      en: `${who}: the assessment was taken back by its principal; stop. Reason: ${m.note.slice(0, 80)}`,
    },
    rule: 'INV-06',
    ...(holder_id ? { owner: holder_id } : {}),
    ownerRole: holder_role ?? 'county',
    unit: holder_unit ?? org_code,
  })
}

/** What the county enters for the organ it is told; what it said itself it knows. */
async function stated(m: Moment): Promise<void> {
  await deskStore(m.db).close(m.matter.id)
  if (!m.by.organ) await tellItsOrgan(m, 'stated')
}

/** Told to whoever had the assessment in hand when its principal took it back. */
export const withdrawnTask = 'matter.assessment.withdrawn'

/** From when the clock runs: from the receipt, or from the day on which the last of what was missing arrived (IM 14). */
async function clockFrom({ db, matter }: Parameters<NonNullable<Practice['clockFrom']>>[0]) {
  const missing = await deskStore(db).enclosures(matter.id)
  if (missing.length === 0) return undefined
  if (missing.some(({ state }) => state === 'open')) return null
  const arrived = missing.flatMap(({ replied_at }) => (replied_at ? [legalDayOf(replied_at.getTime())] : []))
  const received = matter.register.receivedOn
  return arrived.reduce(
    later,
    typeof received === 'string' && isCivilDate(received)
      ? civilDate(received)
      : legalDayOf(matter.opened_at.getTime()),
  )
}

/** Where the clock stands because of what the letter encloses, and of what was asked for besides. */
async function ofAnnexes(w: Pick<Weighing, 'db' | 'law'> & { readonly matter: MatterRow }) {
  const store = deskStore(w.db)
  const missing = await store.enclosures(w.matter.id)
  const open = missing.filter(({ state }) => state === 'open').map(({ words }) => words)
  const rule = w.matter.register.fast === true ? 'INV-02' : 'INV-01'
  if (open.length > 0)
    return [
      hint(
        w.law,
        'must',
        `委托函所附材料未收齐（${open.join('；')}），期限尚未起算，自收齐之日起计算`,
        `Of what the letter encloses there is missing: ${open.join('; ')}. The clock begins on the day it is all there`,
        rule,
      ),
    ]
  const from = missing.length > 0 ? await clockFrom(w) : undefined
  const wishes = await store.wishes(w.matter.id)
  return [
    ...(from
      ? [
          hint(
            w.law,
            'good',
            `所附材料于 ${from} 收齐，期限自该日起算`,
            `All annexes were there on ${from}; counted from that day`,
            rule,
          ),
        ]
      : []),
    ...(wishes.length > 0
      ? [
          hint(
            w.law,
            'careful',
            '已征询的补充材料尚未收到，期限照常计算；不能按期完成的，与委托机关协商延期',
            'What was asked for besides is not there yet and the clock runs on; ask for more time if it is needed',
            'INV-03',
          ),
        ]
      : []),
  ]
}

export function declareAssessment(): void {
  declarePractice('assessment', {
    seal,
    weigh: async ({ form, law }) => [
      hint(
        law,
        'must',
        form.fast ? '速裁程序，自收到委托函和附件起按工作日计时' : '自收到委托函和附件起按工作日计时',
        'Counted in working days from letter and annexes',
        form.fast ? 'INV-02' : 'INV-01',
      ),
      hint(
        law,
        'must',
        '收到委托后及时通知执行地县级人民检察院',
        'The county procuratorate is told promptly',
        'INV-04',
      ),
      ...(form.principalType === '02'
        ? [
            hint(
              law,
              'good',
              '检察院提出量刑建议前的委托，与法院的委托同样办理',
              'Asked before a sentencing recommendation: handled like the request of a court',
              'INV-07',
            ),
          ]
        : []),
      ...(form.identity
        ? []
        : [
            hint(
              law,
              'careful',
              '未填身份证号码：日后接收时不能自动关联',
              'Without a number it cannot be linked later',
            ),
          ]),
      ...(form.minor
        ? [hint(law, 'must', '未成年人身份信息保密，走访时不得扩散', 'A minor’s identity is confidential', 'MIN-02')]
        : []),
    ],
    advise: async (w) => {
      const { step } = w.matter
      const spans = [...(await ofAnnexes(w)), ...(await delays(w))]
      if (step === 'assign')
        return [...spans, hint(w.law, 'must', '下达指令前通知县级人民检察院', 'Tell the procuratorate first', 'INV-04')]
      if (step === 'investigate')
        return [
          ...spans,
          hint(
            w.law,
            'must',
            '需要延期的，先与委托机关协商：在平台委托的，在“征询委托机关”中提出；书面商定的，在任务上登记',
            'More time only as agreed: ask on the organ’s desk, or enter on the task what was agreed on paper',
            'INV-03',
          ),
          hint(w.law, 'careful', '身份不明或住址不实的，走“无法评估”', 'Unknown identity or untrue address', 'INV-05'),
        ]
      if (step === 'adoption' && (await deskStore(w.db).desk(w.matter.organ_id)))
        return [
          ...spans,
          hint(
            w.law,
            'careful',
            '委托机关可在平台自行反馈采信情况；收到来函的，再在此登记并写明反馈人',
            'The organ can say it on its own desk; enter it here only from a letter, with whose word it is',
          ),
        ]
      return spans
    },
    check: async (m, step, way) => {
      if (step === 'assign' && way === 'instruct')
        return needed(assessment, step, m.form, ['office', 'instruction', 'procuratorateToldOn']) ?? (await officeOf(m))
      if (step === 'investigate' && way === 'submit')
        return needed(assessment, step, m.form, contents) ?? twoEach(m.form)
      if (step === 'sign' && way === 'sign') return needed(assessment, step, m.form, ['copiedOn'])
      if (step === 'adoption' && way !== 'silent') return needed(assessment, step, m.form, ['word'])
      return undefined
    },
    on: {
      registered: keepIdentity,
      'assign:instruct': async (m) => {
        await intakeStore(m.db).moveMatter(m.matter.id, String(m.form.office))
        await tellItsOrgan(m, 'accepted')
      },
      'sign:sign': closes('opinion'),
      'end:returned': closes('ended'),
      'end:impossible': closes('ended'),
      'end:terminated': closes('ended'),
      'end:takenBack': takenBack,
      'end:adopted': stated,
      'end:notAdopted': stated,
      'end:unanswered': stated,
    },
    clockFrom,
    extended: async ({ db, id }, matter, at) => {
      const row = await intakeStore(db).assessment(matter)
      await tellOrgan({ db, at, id: id() }, row, 'extended')
    },
    blanks: async (m) => {
      const visits = (m.forms.investigate?.visits ?? []) as readonly Form[]
      const investigators = new Set(visits.flatMap((v) => [String(v.first), String(v.second)]))
      const opinion = code('assessmentOpinion', String(m.form.opinion))?.zh
      return {
        调查人: [...investigators].join('、'),
        审核人: m.by.name,
        ...(opinion ? { 结论: `${opinion}。${m.form.conclusion ?? ''}` } : {}),
      }
    },
  })
}
