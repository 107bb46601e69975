import { announcement, undertaking } from '@zhijiao/contract/procedures/intake/joining'
import { placeWritten } from '@zhijiao/law/article'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { code } from '@zhijiao/law/codes'
import { dutiesFor } from '@zhijiao/law/minors'
import type { RuleId } from '@zhijiao/law/rule'
import { type Refusal, refuse } from '../core/refusals.ts'
import { clearAway } from '../people/index.ts'
import { declarePractice, type Form, hint, type Moment, needed, type Weighing } from '../procedures/index.ts'
import { file } from './file.ts'
import { answers, invite, reachedByPlatform, settle } from './inviting.ts'
import * as says from './refusals.ts'
import { intakeStore } from './store.ts'

interface Member {
  readonly name: string
  readonly role: string
  readonly sex?: 'male' | 'female'
  readonly versed?: boolean
  readonly phone?: string
  readonly signed?: boolean
}
// The form was read by the description that names these fields.
const membersOf = (form: Form) => (form.members ?? []) as unknown as readonly Member[]
const article = (w: Pick<Weighing, 'law'>, rule: RuleId) => placeWritten(w.law.cite(rule))

/** What the law asks of this person's team and the list does not give (Law 25, 52). */
function lacks(w: Pick<Weighing, 'person' | 'form'>): readonly ('INT-02' | 'INT-03')[] {
  const members = membersOf(w.form)
  return [
    ...(w.person?.sex === 'female' && !members.some((m) => m.sex === 'female') ? (['INT-02'] as const) : []),
    ...(w.person?.minor && !members.some((m) => m.versed) ? (['INT-03'] as const) : []),
  ]
}

/** The team on record, as a paper lists it. */
async function teamOf(w: Pick<Weighing, 'db' | 'person'>): Promise<readonly Member[]> {
  if (!w.person) return []
  const last = await intakeStore(w.db).last(w.person.id, 'team', ['recorded'])
  return last ? membersOf(last.register) : []
}
const role = (member: Member) => code('teamMember', member.role)?.zh ?? ''

/** The file's own list of the team: the new one replaces the old. */
async function fileTeam(m: Moment): Promise<void> {
  if (!m.person) return
  await clearAway(m, m.person.id, 'team', m.by.id, m.now)
  for (const one of membersOf(m.form))
    await file(m, 'team', {
      kind: one.role,
      name: one.name,
      sex: one.sex ?? 'male',
      ...(one.phone && /^[0-9+ -]*$/.test(one.phone) ? { phone: one.phone } : {}),
      ...(one.versed ? { versedInMinors: true } : {}),
    })
}

function declareTeam(): void {
  declarePractice('team', {
    weigh: async (w) => [
      ...lacks(w).map((rule) =>
        rule === 'INT-02'
          ? hint(w.law, 'must', '对象为女性，矫正小组应有女性成员', 'A woman’s team has a woman', rule)
          : hint(w.law, 'must', '对象为未成年人，应有熟悉未成年人身心特点的成员', 'Somebody versed in minors', rule),
      ),
      ...((await teamOf(w)).length
        ? [hint(w.law, 'careful', '已有矫正小组，登记后以新名单为准', 'Replaces the team on record')]
        : []),
    ],
    on: {
      registered: async (m) => {
        const [rule] = lacks(m)
        if (rule)
          throw refuse(rule === 'INT-02' ? says.WomanMissing : says.VersedMissing, { article: article(m, rule) })
        await fileTeam(m)
      },
    },
  })

  declarePractice('responsibility', {
    weigh: async (w) => {
      const team = await teamOf(w)
      if (team.length === 0)
        return [hint(w.law, 'careful', '尚未登记矫正小组，请先确定成员', 'No team on record yet', 'INT-05')]
      const signing = new Set(membersOf(w.form).map((m) => m.name.trim()))
      const absent = team.filter((m) => !signing.has(m.name.trim())).map((m) => m.name)
      return absent.length && signing.size
        ? [
            hint(
              w.law,
              'careful',
              `小组成员${absent.join('、')}还没有签订`,
              `${absent.join(', ')} did not sign yet`,
              'INT-05',
            ),
          ]
        : []
    },
    on: {
      registered: async (m) => {
        const unsigned = membersOf(m.form).filter((one) => !one.signed)
        if (unsigned.length)
          throw refuse(says.Unsigned, {
            names: unsigned.map((one) => one.name).join('、'),
            article: article(m, 'INT-05'),
          })
      },
    },
    blanks: async (m) => ({
      对象姓名: m.person?.name ?? '',
      成员姓名: membersOf(m.form)
        .map((one) => one.name)
        .join('、'),
      成员身份: membersOf(m.form).map(role).join('、'),
    }),
  })
}

const whoWords = {
  person: { zh: '社区矫正对象本人', en: 'The person is' },
  police: { zh: '社区民警', en: 'The community police officer is' },
  village: { zh: '村（居）委会', en: 'The village or residents’ committee is' },
  guardian: { zh: '监护人', en: 'The guardian is' },
} as const
type Who = keyof typeof whoWords

/** What the file says of a minor and of a sealed record. */
const marksOf = ({ person }: Pick<Weighing, 'person'>) => ({
  minor: person?.minor ?? false,
  sealed: person?.sealed ?? false,
})

/** Everybody the announcement needs is told: by the platform where he has an account, by hand otherwise. */
async function everybodyTold(m: Moment): Promise<Refusal | undefined> {
  const rows = (m.form.invited ?? []) as readonly Form[]
  const told = new Set<string>([...rows.map((r) => String(r.who)), ...(await reachedByPlatform(m))])
  const asked: Who[] = ['person', 'police', 'village', ...(m.person?.minor ? (['guardian'] as const) : [])]
  const left = asked.find((who) => !told.has(who))
  return left ? refuse(says.NobodyTold, { whom: whoWords[left].zh, whomEn: whoWords[left].en }) : undefined
}

function held(m: Moment): Refusal | undefined {
  const lacking = needed(announcement, 'hold', m.form, ['heldAt', 'present'])
  if (lacking) return lacking
  const { guardianPresent } = dutiesFor(marksOf(m))
  if (guardianPresent && m.form.guardian !== 'present' && m.form.guardian !== 'other')
    return refuse(says.GuardianMissing, { article: article(m, 'MIN-05') })
  return m.form.signed === true ? undefined : refuse(says.NotSigned, { article: article(m, 'INT-04') })
}

/** What is announced to everybody unless the officer writes it otherwise (Law 4, 23–29, 34). */
const announced = {
  应遵守规定:
    '遵守法律、行政法规；履行判决、裁定、决定等法律文书确定的义务；遵守关于报告、会客、外出、迁居、保外就医等监督管理规定；服从社区矫正机构的管理。',
  被限制的权利: '未经批准不得离开所居住的市、县；未经批准不得变更执行地；不准出境。',
  禁止事项: '未经批准不得接触被害人、控告人、举报人、同案犯及可能诱发再犯罪的人；宣告禁止令的，应当遵守禁止令。',
  违规后果: '违反规定的，视情节给予训诫、警告、提请治安管理处罚，或者依法提请撤销缓刑、撤销假释、收监执行。',
  享有权利:
    '人身权利、财产权利和其他权利不受侵犯，在就业、就学和享受社会保障等方面不受歧视；认为合法权益受到侵害的，有权申诉、控告和检举。',
} as const

function declareAnnouncement(): void {
  declarePractice('announcement', {
    weigh: async (w) => {
      const team = await teamOf(w)
      return [
        ...(w.person?.minor
          ? [hint(w.law, 'must', '未成年人：不公开宣告，通知监护人到场', 'Not public; guardian present', 'MIN-05')]
          : []),
        ...(w.person?.sealed
          ? [
              hint(
                w.law,
                'must',
                '犯罪记录已封存：不公开宣告，对外通知只写姓氏',
                'The record is sealed: not public, and the surname only to those outside',
                'MIN-04',
              ),
            ]
          : []),
        ...(w.person?.injunction
          ? [
              hint(
                w.law,
                'must',
                `有禁止令：${w.person.injunction}。一并宣告，并在“禁止令执行”中登记和制发协助执行函`,
                'Under an injunction: it is announced too, put on record, with letters to the places concerned',
                'INJ-01',
              ),
            ]
          : []),
        ...(team.length
          ? [hint(w.law, 'good', `矫正小组 ${team.length} 人，可一并到场`, `${team.length} of the team may come`)]
          : [
              hint(
                w.law,
                'careful',
                '尚未确定矫正小组，宣告时应告知小组成员',
                'No team yet; it is announced too',
                'INT-02',
              ),
            ]),
      ]
    },
    advise: async (w) => {
      const answered = await answers(w)
      return [
        ...answered.map((a) =>
          hint(
            w.law,
            a.confirmed ? 'good' : 'careful',
            a.confirmed ? `${whoWords[a.who].zh}已在平台确认收到通知` : `${whoWords[a.who].zh}尚未在平台确认`,
            a.confirmed ? `${a.who} confirmed on the platform` : `${a.who} has not confirmed yet`,
          ),
        ),
        ...(w.matter.step === 'hold'
          ? [hint(w.law, 'must', '宣告后由本人签字确认', 'Signed by the person afterwards', 'INT-04')]
          : []),
      ]
    },
    check: async (m, step, way) => {
      if (step === 'notify' && way === 'told') return everybodyTold(m)
      return step === 'hold' && way === 'held' ? held(m) : undefined
    },
    on: {
      registered: async (m) => {
        const marks = marksOf(m)
        if (m.form.open && !dutiesFor(marks).public)
          throw marks.minor
            ? refuse(says.NotInPublic, { article: article(m, 'MIN-05') })
            : refuse(says.SealedNotInPublic, { article: article(m, 'MIN-04') })
        await invite(m, String(m.form.at))
      },
      'notify:told': async (m) => {
        if (!m.form.changedTo) return
        await settle(m, 'changed')
        await invite(m, String(m.form.changedTo))
      },
      'hold:postpone': (m) => settle(m, 'postponed'),
      'end:done': async (m) => {
        await file(m, 'correction', { announcedOn: legalDayOf(Date.parse(String(m.form.heldAt))) })
        await settle(m, 'held')
      },
      'end:cancelled': (m) => settle(m, 'cancelled'),
      'end:withdrawn': (m) => settle(m, 'cancelled'),
    },
    blanks: async (m) => {
      const team = await teamOf(m)
      const { rules, limits, bans } = m.form
      return {
        ...announced,
        ...(rules ? { 应遵守规定: String(rules) } : {}),
        ...(limits ? { 被限制的权利: String(limits) } : {}),
        ...(bans ? { 禁止事项: String(bans) } : {}),
        矫正小组成员: team.map((one) => ({ 姓名: one.name, 身份: role(one), 联系电话: one.phone ?? '' })),
      }
    },
  })
}

function declareUndertaking(): void {
  declarePractice('undertaking', {
    weigh: async (w) => [
      hint(
        w.law,
        'must',
        '信息化核查须告知本人：方式、采集的信息、保存与使用',
        'The person is told how he is checked',
        'DAT-01',
      ),
      hint(w.law, 'careful', '手机核查不等于电子定位装置', 'A phone is not a positioning device', 'EPD-09'),
    ],
    check: async (m, step, way) =>
      step === 'seal' && way === 'seal'
        ? needed(undertaking, step, m.form, ['signed']) && refuse(says.NotSigned, { article: article(m, 'DAT-01') })
        : undefined,
  })
}

export function declareJoining(): void {
  declareTeam()
  declareAnnouncement()
  declareUndertaking()
}
