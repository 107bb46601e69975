import { type CodeSetName, codeSets, codesOf } from '@zhijiao/law/codes'
import { levelCode } from '@zhijiao/law/levels'
import type { TObject, TProperties } from 'typebox'
import { Day, Lat, Lon } from './common.ts'
import { Nullable, OneOf, type Static, type TSchema, Type } from './kernel.ts'

/**
 * The groups of a person file beside its header (一人一档; SF/T 0015, handbook §4). Each part is a row of its own that is
 * ended, never deleted. A field carries its words in both languages (`x-zh`, `x-en`), so that a screen, an export and the
 * API document name it alike.
 */
const text = (zh: string, en: string, maxLength = 200) => Type.String({ maxLength, 'x-zh': zh, 'x-en': en })
const must = (zh: string, en: string, maxLength = 200) =>
  Type.String({ minLength: 1, maxLength, 'x-zh': zh, 'x-en': en })
const day = (zh: string, en: string) => Type.String({ ...Day, 'x-zh': zh, 'x-en': en })
const coded = (set: CodeSetName, zh: string = codeSets[set].zh, en: string = codeSets[set].en) =>
  OneOf(codesOf(set), { 'x-zh': zh, 'x-en': en, 'x-codes': set } as object)
const yes = (zh: string, en: string) => Type.Boolean({ 'x-zh': zh, 'x-en': en })
const whole = (zh: string, en: string, minimum = 0, maximum = 100_000) =>
  Type.Integer({ minimum, maximum, 'x-zh': zh, 'x-en': en })
const may = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema))
/** Put on fields that the file shows masked; the server keeps them in the part and masks them at the edge. */
const phone = Type.String({
  maxLength: 20,
  pattern: '^[0-9+ -]*$',
  'x-zh': '电话',
  'x-en': 'Phone',
  'x-masked': 'phone',
})

const address = Type.String({
  minLength: 1,
  maxLength: 120,
  'x-zh': '地址',
  'x-en': 'Address',
  'x-masked': 'address',
})

/** A digit; which levels there are the province sets (SET-34), so the domain asks the law. */
const level = Type.String({
  pattern: levelCode.source,
  'x-zh': '管理级别',
  'x-en': 'Level',
  'x-codes': 'supervisionLevel',
})

const part = <T extends TProperties>(zh: string, en: string, properties: T, one = false): PartCard<TObject<T>> => ({
  zh,
  en,
  one,
  schema: Type.Object(properties, { additionalProperties: false }),
})
export interface PartCard<S extends TObject = TObject> {
  readonly zh: string
  readonly en: string
  /** A file holds at most one open row of it; adding another ends the first. */
  readonly one: boolean
  readonly schema: S
}

export const partCards = {
  papers: part('其他证件', 'Other identity papers', {
    kind: must('证件种类', 'Kind of paper', 40),
    number: Type.String({ minLength: 1, maxLength: 40, 'x-zh': '证件号码', 'x-en': 'Number', 'x-masked': 'identity' }),
    custody: coded('idDocCustody', '保存状态', 'Custody'),
    validUntil: may(day('有效期至', 'Valid until')),
    reportedToBorder: may(yes('已报备出入境', 'Reported to border control')),
  }),
  sentence: part(
    '判决情况',
    'Sentence',
    {
      crimeType: may(coded('crimeType', '犯罪类型', 'Kind of crime')),
      punishment: may(coded('originalPunishment', '原判刑罚', 'Original punishment')),
      supplementary: may(coded('supplementaryPunishment', '附加刑', 'Additional penalty')),
      fineYuan: may(whole('罚金（元）', 'Fine, yuan', 0, 1_000_000_000)),
      court: may(text('审判机关', 'Court', 80)),
      judgedOn: may(day('判决日期', 'Judged on')),
      effectiveOn: may(day('生效日期', 'In effect from')),
      detainedFrom: may(day('羁押起', 'In custody from')),
      detainedUntil: may(day('羁押止', 'In custody until')),
      histories: may(coded('fourHistories', '四史', 'Histories')),
      involved: may(coded('fiveInvolved', '五涉', 'Involvement')),
      facts: may(text('主要犯罪事实', 'Facts of the crime', 2000)),
    },
    true,
  ),
  correction: part(
    '矫正信息',
    'Correction',
    {
      receivedOn: may(day('接收日期', 'Received on')),
      receiveMode: may(coded('receiveMode', '接收方式', 'Way of reception')),
      reportStatus: may(coded('reportStatus', '报到情况', 'Reporting on arrival')),
      announcedOn: may(day('入矫宣告日期', 'Announced on')),
      handover: may(coded('handoverOrgan', '移交机关', 'Handing over organ')),
      police: may(text('公安派出所', 'Police station', 80)),
      procuratorate: may(text('检察机关', 'Procuratorate', 80)),
      physical: may(coded('parolePhysical', '暂予监外执行身体状况', 'Physical state (temporary service)')),
      hospital: may(text('指定医院', 'Designated hospital', 80)),
    },
    true,
  ),
  addresses: part('住址', 'Addresses', {
    kind: OneOf(['registered', 'residence', 'work', 'temporary'], { 'x-zh': '种类', 'x-en': 'Kind' } as object),
    address,
    from: may(day('起', 'From')),
    until: may(day('止', 'Until')),
    lat: may(Type.Number({ ...Lat, 'x-zh': '纬度（度）', 'x-en': 'Latitude (degrees)' })),
    lon: may(Type.Number({ ...Lon, 'x-zh': '经度（度）', 'x-en': 'Longitude (degrees)' })),
  }),
  health: part('健康状况', 'Health', {
    state: must('健康状况', 'State of health', 200),
    illness: may(text('疾病', 'Illness', 200)),
    infectious: may(yes('传染病', 'Infectious')),
    disability: may(text('残疾', 'Disability', 80)),
    pregnantOrNursing: may(yes('怀孕或哺乳', 'Pregnant or nursing')),
    medication: may(text('用药', 'Medication', 200)),
    on: may(day('诊断日期', 'Diagnosed on')),
  }),
  accomplices: part('同案犯', 'Accomplices', {
    name: must('姓名', 'Name', 40),
    sex: may(OneOf(['male', 'female'], { 'x-zh': '性别', 'x-en': 'Sex' } as object)),
    crime: may(text('罪名', 'Crime', 80)),
    sentence: may(text('判决', 'Sentence', 120)),
    whereabouts: may(text('所在', 'Whereabouts', 120)),
    contactForbidden: may(yes('禁止接触', 'Contact forbidden')),
  }),
  relatives: part('家庭与社会关系', 'Family and social ties', {
    relation: must('关系', 'Relation', 20),
    name: must('姓名', 'Name', 40),
    phone: may(phone),
    address: may(address),
    workplace: may(text('工作单位', 'Place of work', 80)),
    guardian: may(yes('监护人', 'Guardian')),
    guarantor: may(yes('保证人', 'Guarantor')),
  }),
  team: part('矫正小组', 'Correction team', {
    kind: coded('teamMember', '成员类别', 'Kind of member'),
    name: must('姓名', 'Name', 40),
    sex: OneOf(['male', 'female'], { 'x-zh': '性别', 'x-en': 'Sex' } as object),
    phone: may(phone),
    workplace: may(text('单位', 'Unit', 80)),
    versedInMinors: may(yes('熟悉未成年人身心特点', 'Versed in minors')),
    signedOn: may(day('签订责任书', 'Signed on')),
  }),
  work: part('就业就学', 'Work and schooling', {
    employment: coded('employment', '就业就学情况', 'Employment'),
    place: may(text('单位或学校', 'Employer or school', 80)),
    job: may(text('职业', 'Job', 60)),
    from: may(day('起', 'From')),
  }),
  plan: part(
    '矫正方案',
    'Correction plan',
    {
      assessment: must('综合评估', 'Assessment', 2000),
      psychology: may(text('心理状态', 'Psychological state', 1000)),
      measures: must('矫正措施', 'Measures', 2000),
      on: day('制定日期', 'Drawn up on'),
    },
    true,
  ),
  reports: part('报告情况', 'Reports', {
    on: day('报告日期', 'On'),
    mode: coded('reportMode', '报告方式', 'Mode'),
    content: must('内容', 'Content', 2000),
  }),
  education: part('教育学习', 'Education', {
    on: day('日期', 'On'),
    mode: coded('educationMode', '方式', 'Mode'),
    minutes: may(whole('时长（分钟）', 'Minutes', 1, 1440)),
    content: must('内容', 'Content', 500),
  }),
  service: part('公益活动', 'Public-good activity', {
    on: day('日期', 'On'),
    minutes: may(whole('时长（分钟）', 'Minutes', 1, 1440)),
    place: may(text('地点', 'Place', 80)),
    content: must('内容', 'Content', 500),
  }),
  leave: part('外出', 'Leave', {
    reason: coded('leaveReason', '外出事由', 'Reason'),
    destination: must('目的地', 'Destination', 120),
    from: day('起', 'From'),
    until: day('止', 'Until'),
    returnedOn: may(day('销假日期', 'Returned on')),
    approver: may(text('审批机关', 'Approved by', 80)),
  }),
  moves: part('执行地变更', 'Change of place', {
    from: may(text('原执行地', 'From', 80)),
    to: must('新执行地', 'To', 80),
    decidedOn: may(day('决定日期', 'Decided on')),
    reason: may(text('理由', 'Reason', 200)),
  }),
  injunction: part('禁止令', 'Injunction', {
    kind: coded('injunctionType', '禁止令类型', 'Kind'),
    content: must('内容', 'Content', 500),
    from: day('起', 'From'),
    until: day('止', 'Until'),
    court: may(text('法院', 'Court', 80)),
  }),
  rewards: part('考核奖惩', 'Rewards and sanctions', {
    kind: coded('penaltyLadder', '类别', 'Kind'),
    on: day('日期', 'On'),
    reason: must('事由', 'Reason', 500),
    document: may(text('文书号', 'Document number', 60)),
    organ: may(text('决定机关', 'Organ', 80)),
  }),
  levels: part('分类管理', 'Supervision level', {
    level,
    from: day('起', 'From'),
    reason: must('理由', 'Reason', 200),
  }),
  violations: part('违规情况', 'Violations', {
    kind: coded('violationType', '违规类型', 'Kind'),
    on: day('日期', 'On'),
    facts: must('事实', 'Facts', 1000),
    outcome: may(text('处理', 'Outcome', 200)),
  }),
  visits: part('走访与谈话', 'Visits and talks', {
    on: day('日期', 'On'),
    kind: OneOf(['home', 'work', 'village', 'talk', 'phone'], { 'x-zh': '种类', 'x-en': 'Kind' } as object),
    with: may(text('对象', 'With', 60)),
    content: must('内容', 'Content', 2000),
  }),
  end: part(
    '解除或终止',
    'End of correction',
    {
      reason: coded('endReason2020', '原因', 'Reason'),
      on: day('日期', 'On'),
      conduct: may(coded('conduct', '矫正期间表现', 'Conduct')),
      document: may(text('文书号', 'Document number', 60)),
    },
    true,
  ),
} as const

export type PartName = keyof typeof partCards
export type PartData<N extends PartName = PartName> = Static<(typeof partCards)[N]['schema']>
export const partNames = Object.keys(partCards) as readonly PartName[]
export const isPartName = (name: string): name is PartName => Object.hasOwn(partCards, name)
