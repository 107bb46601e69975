import type { RuleId } from '@zhijiao/law/rule'
import { type Field, type Procedure, procedure, type Step } from '../describe.ts'
import { guardianPresent, opinion, pastDay, pastMoment } from '../entries.ts'
import { doNotPropose, notProposed, sendBack, submitToSign } from '../hands.ts'
import { evidence, grounds, signing, uncounted } from './fields.ts'

const ground = (zh: string): Field => ({ id: 'reason', kind: 'text', zh, en: 'Ground', required: true, max: 300 })
const facts = (zh: string): Field => ({ id: 'facts', kind: 'long', zh, en: 'Facts', required: true, max: 4000 })

/** The evidence is put together and the person is heard, with the lawyer where there is one (Law 48). */
const prepare = (extra: readonly Field[], evidenceBlank: string): Step => ({
  id: 'prepare',
  kind: 'work',
  zh: '整理证据、听取意见',
  en: 'Evidence and hearing',
  post: 'county',
  form: [
    ...extra,
    evidence(evidenceBlank),
    {
      id: 'heard',
      kind: 'long',
      zh: '本人申辩',
      en: 'What the person says',
      required: true,
      max: 2000,
      help: { zh: '下落不明的，写明查找和告知经过。', en: 'If whereabouts are unknown, say how it was tried.' },
    },
    { id: 'lawyer', kind: 'long', zh: '律师意见', en: 'What the lawyer says', max: 2000 },
    guardianPresent,
  ],
  ways: [submitToSign],
})

const ruling: readonly Field[] = [
  { id: 'number', kind: 'text', zh: '裁判文书号', en: 'Number of the ruling', required: true, max: 80 },
  pastDay('ruledOn', '裁判日期', 'Ruled on'),
  { id: 'effectiveOn', kind: 'day', zh: '生效日期', en: 'In effect from', limit: 'past', after: 'ruledOn' },
  { id: 'heardThere', kind: 'flag', zh: '已听取本人申辩', en: 'The person was heard there' },
  { id: 'lawyerThere', kind: 'flag', zh: '已听取律师意见', en: 'The lawyer was heard there' },
  { id: 'note', kind: 'long', zh: '裁判要点', en: 'The ruling in short', max: 2000 },
]

/** The court or the deciding organ has it; its clock shows while we wait. */
const awaiting = (zh: string, en: string, rule: RuleId, yes: string, yesEn: string): Step => ({
  id: 'court',
  kind: 'outside',
  zh,
  en,
  post: 'county',
  clock: { rule, from: 'sign.sentAt' },
  form: ruling,
  ways: [
    {
      id: 'yes',
      zh: yes,
      en: yesEn,
      to: 'ended',
      tone: 'on',
      cites: [rule, ...(rule === 'REV-01' ? (['REV-04'] as const) : []), 'END-03'],
    },
    {
      id: 'no',
      zh: '不予支持，继续矫正',
      en: 'Not granted; the correction goes on',
      to: 'goesOn',
      tone: 'on',
      cites: [rule],
    },
  ],
})

const ends = (zh: string, en: string): Procedure['ends'] => [
  { id: 'ended', zh, en, tone: 'good' },
  { id: 'goesOn', zh: '未获支持，继续矫正', en: 'Not granted', tone: 'plain' },
  notProposed,
]

const court: Field = { id: 'court', kind: 'text', zh: '收文机关', en: 'Court', required: true, max: 80 }
const term = (zh: string): Field => ({ id: 'term', kind: 'text', zh, en: 'Probation', max: 80 })
const article = (zh: string): Field => ({
  id: 'article',
  kind: 'text',
  zh,
  en: 'Article',
  max: 200,
  help: {
    zh: '留空的，文书按登记时所选条项引用；填写的，以填写为准。',
    en: 'Left empty, the paper quotes the items chosen when it was registered; what is written here goes before them.',
  },
})

/** A revocation (撤销) is proposed to the court, which rules. */
const revocation = ({
  id,
  of,
  en,
  form,
  asks,
  evidence: evidenceBlank,
  paper,
}: {
  readonly id: string
  readonly of: '缓刑' | '假释'
  readonly en: string
  readonly form: readonly Field[]
  /** What the paper names besides the evidence and the hearing. */
  readonly asks: readonly Field[]
  readonly evidence: string
  readonly paper: string
}): Procedure =>
  procedure({
    id,
    room: 'conduct',
    zh: `提请撤销${of}`,
    en,
    says: {
      zh: `向人民法院提请撤销${of}，附证据并抄送检察院，等候裁定。`,
      en: 'The county proposes to the court, with its evidence and a copy to the procuratorate.',
    },
    about: 'person',
    once: true,
    may: 'sanction.court.propose',
    cites: ['REV-06', 'REV-09'],
    form,
    steps: [
      prepare([court, ...asks], evidenceBlank),
      signing('court', paper),
      awaiting('人民法院裁定', 'With the court', 'REV-01', `裁定撤销${of}`, 'Revoked'),
    ],
    ends: ends(`已裁定撤销${of}`, 'Revoked by the court'),
  })

/** 撤销缓刑 (Law 46, IM 46). */
export const revokeSuspension = revocation({
  id: 'revokeSuspension',
  of: '缓刑',
  en: 'Proposal to revoke a suspended sentence',
  form: [ground('提请原因'), grounds('revokeSuspendedSentence'), facts('具体事实')],
  asks: [
    { id: 'commuted', kind: 'text', zh: '减刑情况', en: 'Commutations', max: 200 },
    term('考验期起止'),
    article('法律条款'),
  ],
  evidence: '证据目录',
  paper: 'D21',
})

/** 撤销假释 (Law 46, IM 47). */
export const revokeParole = revocation({
  id: 'revokeParole',
  of: '假释',
  en: 'Proposal to revoke parole',
  form: [ground('原因'), grounds('revokeParole'), facts('事实')],
  asks: [
    { id: 'ruling', kind: 'text', zh: '假释裁定', en: 'Ruling on parole', required: true, max: 80 },
    term('考验期'),
    article('条款'),
  ],
  evidence: '证据',
  paper: 'D22',
})

/** Grounds that only end temporary service outside prison; each is a fact of the ladder (IM 49, SPC 516). */
const recommitGrounds = [
  { id: 'notEligible', zh: '不符合暂予监外执行条件', en: 'Not eligible' },
  { id: 'leftAndWarnedInVain', zh: '未经批准离开，经警告拒不改正', en: 'Left without approval and warned in vain' },
  { id: 'untraceable', zh: '拒不报告行踪，脱离监管', en: 'Refuses to report whereabouts' },
  {
    id: 'causeGoneTermLeft',
    zh: '暂予监外执行情形消失，刑期未满',
    en: 'The cause is gone, the sentence is not served',
  },
  { id: 'guarantorLost', zh: '丧失保证人，未在期限内提出新的保证人', en: 'The guarantor is lost and not replaced' },
  { id: 'violations', zh: '以档案中查实的违规为据', en: 'Violations established in the file' },
] as const

/** 收监执行 (Law 49, IM 49): proposed to the organ that decided on temporary service outside prison. */
export const recommitment = procedure({
  id: 'recommitment',
  room: 'conduct',
  zh: '提请收监执行',
  en: 'Proposal of recommitment',
  says: {
    zh: '向决定机关提请对暂予监外执行对象收监执行，等候决定。',
    en: 'Temporary service outside prison is to end: proposed to the organ that decided it.',
  },
  about: 'person',
  once: true,
  may: 'sanction.court.propose',
  cites: ['REV-06', 'REV-10', 'TRM-09'],
  form: [
    {
      id: 'ground',
      kind: 'choice',
      zh: '收监原因',
      blank: '原因(八项)',
      en: 'Ground',
      required: true,
      column: true,
      choices: recommitGrounds,
    },
    grounds('recommit', { when: { field: 'ground', is: ['violations'] } }),
    facts('事实'),
    {
      id: 'dependants',
      kind: 'long',
      zh: '须先行安置的未成年子女或老人',
      en: 'Children or elders who must be placed first',
      max: 1000,
      help: {
        zh: '写明姓名、年龄、现由谁照料。填写后，收监前须落实安置。',
        en: 'Name, age, who cares for them now. They are placed before the person is taken in.',
      },
    },
  ],
  steps: [
    prepare(
      [
        {
          id: 'decision',
          kind: 'text',
          zh: '暂予监外决定',
          en: 'Decision on temporary service',
          required: true,
          max: 80,
        },
        article('条款'),
        ...uncounted,
      ],
      '证据',
    ),
    signing('court', 'D23'),
    {
      ...awaiting('决定机关决定', 'With the deciding organ', 'REV-05', '决定收监执行', 'Recommitted'),
      form: [
        ...ruling,
        {
          id: 'placed',
          kind: 'long',
          zh: '安置落实情况',
          en: 'How dependants were placed',
          max: 1000,
          help: {
            zh: '写明交谁照料、何时落实。登记“决定收监执行”前必须写明；没有须安置的，勾选下一项。',
            en: 'Who cares for them, since when. Said before the recommitment is entered; with nobody to place, tick the next.',
          },
        },
        ...uncounted,
        { id: 'nobody', kind: 'flag', zh: '没有须先行安置的人', en: 'There is nobody to be placed' },
      ],
    },
  ],
  ends: ends('已决定收监执行', 'Recommitment decided'),
})

/**
 * 提请逮捕 (Law 47, IM 48): while a revocation is proposed; the court decides within hours, and the police carry it out.
 * Somebody who may flee is not caught by a decision: custody, its clock and what counts for the sentence begin with the
 * day on which he was taken.
 */
export const arrest = procedure({
  id: 'arrest',
  room: 'conduct',
  zh: '提请逮捕',
  en: 'Request for arrest',
  says: {
    zh: '对被提请撤销缓刑、假释的对象，有法定情形的，提请人民法院决定逮捕。',
    en: 'While a revocation is proposed, the court is asked to arrest.',
  },
  about: 'person',
  once: true,
  may: 'sanction.court.propose',
  cites: ['REV-07', 'REV-02'],
  form: [
    {
      id: 'proposal',
      kind: 'matter',
      of: ['revokeSuspension', 'revokeParole'],
      zh: '所依据的撤销提请',
      en: 'The revocation it belongs to',
      required: true,
    },
    {
      id: 'ground',
      kind: 'choice',
      zh: '逮捕情形',
      blank: '情形(四项)',
      en: 'Ground',
      required: true,
      column: true,
      choices: [
        { id: 'flight', zh: '可能逃跑的', en: 'May flee' },
        { id: 'danger', zh: '具有危害国家安全、公共安全、社会秩序或者他人人身安全现实危险的', en: 'A real danger' },
        {
          id: 'revenge',
          zh: '可能对被害人、举报人、控告人或者社区矫正机构工作人员等实施报复行为的',
          en: 'May take revenge',
        },
        { id: 'crime', zh: '可能实施新的犯罪的', en: 'May commit a new crime' },
      ],
    },
    facts('事实'),
  ],
  steps: [
    {
      id: 'prepare',
      kind: 'work',
      zh: '整理证据',
      en: 'Evidence',
      post: 'county',
      form: [court, evidence('证据')],
      ways: [submitToSign],
    },
    signing('court', 'D24'),
    {
      id: 'court',
      kind: 'outside',
      zh: '人民法院决定',
      en: 'With the court',
      post: 'county',
      clock: { rule: 'REV-02', from: 'sign.sentAt' },
      form: [
        pastDay('decidedOn', '决定日期', 'Decided'),
        { id: 'number', kind: 'text', zh: '决定书文号', en: 'Number', required: true, max: 80 },
      ],
      ways: [
        { id: 'arrested', zh: '决定逮捕', en: 'Arrest decided', to: 'execute', tone: 'on', cites: ['REV-02'] },
        { id: 'not', zh: '不予逮捕', en: 'Not arrested', to: 'notArrested', tone: 'on', cites: ['REV-02'] },
      ],
    },
    {
      id: 'execute',
      kind: 'outside',
      zh: '公安机关执行逮捕',
      en: 'The police carry it out',
      post: 'county',
      form: [
        {
          id: 'takenOn',
          kind: 'day',
          zh: '执行逮捕日期',
          en: 'Taken on',
          limit: 'past',
          help: {
            zh: '羁押期限和折抵刑期自此日起算。尚未到案的，不要填写。',
            en: 'Custody, and what counts for the sentence, run from this day. Not caught yet: leave it empty.',
          },
        },
        { id: 'police', kind: 'text', zh: '执行机关', en: 'Police', max: 80 },
        { id: 'place', kind: 'text', zh: '羁押场所', en: 'Held at', max: 100 },
        { id: 'note', kind: 'long', zh: '未执行的情况', en: 'Why it was not carried out', max: 500 },
      ],
      ways: [
        { id: 'taken', zh: '已执行逮捕', en: 'Taken into custody', to: 'custody', tone: 'on', cites: ['REV-03'] },
        {
          id: 'lapsed',
          zh: '未执行，逮捕决定已撤销或失效',
          en: 'Not carried out: the decision has lapsed',
          to: 'notExecuted',
          tone: 'on',
        },
      ],
    },
    {
      id: 'custody',
      kind: 'outside',
      zh: '羁押期间',
      en: 'In custody',
      post: 'county',
      // Matters of before the execution was a step of its own have the day of the decision alone.
      clock: { rule: 'REV-03', from: ['execute.takenOn', 'court.decidedOn'] },
      form: [
        pastDay('endedOn', '羁押结束日期', 'Custody ended'),
        { id: 'how', kind: 'long', zh: '结束情况', en: 'How', required: true, max: 500 },
      ],
      ways: [
        { id: 'revoked', zh: '已裁定撤销', en: 'Revoked', to: 'arrested', tone: 'on', cites: ['REV-12'] },
        { id: 'released', zh: '未予撤销，已释放', en: 'Not revoked, set free', to: 'setFree', tone: 'on' },
      ],
    },
  ],
  ends: [
    { id: 'arrested', zh: '逮捕后已裁定撤销', en: 'Arrested, then revoked', tone: 'good' },
    { id: 'setFree', zh: '逮捕后已释放', en: 'Arrested, then set free', tone: 'plain' },
    { id: 'notArrested', zh: '法院不予逮捕', en: 'Not arrested', tone: 'plain' },
    { id: 'notExecuted', zh: '决定逮捕未执行', en: 'Arrest not carried out', tone: 'plain' },
    { id: 'dropped', zh: '不予提请', en: 'Not requested', tone: 'no' },
  ],
})

/** The organ that submits numbers, seals and serves its own proposal; only then the court's time runs. */
const submission = (id: 'citySend' | 'provinceSend', post: 'city' | 'province', zh: string, en: string): Step => ({
  id,
  kind: 'work',
  zh,
  en,
  post,
  form: [pastMoment('sentAt', '送达法院时间', 'Received there')],
  ways: [{ id: 'sent', zh: '已送达法院', en: 'Served on the court', to: 'court', tone: 'on', cites: ['COM-02'] }],
})

/** 减刑 (Law 33, IM 42): county proposes, the city examines and submits, the intermediate court rules. */
export const commutation = procedure({
  id: 'commutation',
  room: 'conduct',
  zh: '提请减刑',
  en: 'Proposal of commutation',
  says: {
    zh: '县级提出、市级审核，由市级提请中级人民法院或者省级提请高级人民法院裁定减刑；缓刑对象限于重大立功。',
    en: 'County proposes, city examines; the city submits to the intermediate court, the province to the high court. A suspended sentence only for a great merit.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  once: true,
  may: 'sanction.commute.propose',
  cites: ['COM-02', 'COM-01', 'COM-03'],
  form: [
    { id: 'facts', kind: 'long', zh: '悔改或立功事实', en: 'Facts', required: true, max: 4000 },
    { id: 'merit', kind: 'flag', zh: '重大立功', en: 'A great merit', column: true },
    evidence('证据'),
  ],
  steps: [
    {
      id: 'prepare',
      kind: 'opinion',
      zh: '县级提出',
      en: 'Proposed by the county',
      post: 'countyHead',
      form: [opinion('县级意见')],
      ways: [
        { id: 'submit', zh: '报市级审核', en: 'Submit to the city', to: 'city', tone: 'on', cites: ['COM-02'] },
        doNotPropose('dropped', { contestable: true }),
      ],
    },
    {
      id: 'city',
      kind: 'opinion',
      zh: '市级审核',
      en: 'Examined by the city',
      post: 'city',
      issues: true,
      form: [
        {
          ...court,
          required: false,
          help: {
            zh: '提请中级人民法院的填写；报省级的由省级填写。',
            en: 'Of the intermediate court; the province fills in the high court.',
          },
        },
        { id: 'cityOpinion', kind: 'long', zh: '市级意见', en: 'Opinion of the city', required: true, max: 1000 },
      ],
      ways: [
        {
          id: 'submit',
          zh: '同意，制发建议书提请中级人民法院',
          en: 'Submit to the intermediate court',
          to: 'citySend',
          tone: 'on',
          papers: ['D25'],
          cites: ['COM-02'],
        },
        {
          id: 'province',
          zh: '同意，报省级提请高级人民法院',
          en: 'Pass to the province for the high court',
          to: 'province',
          tone: 'on',
          cites: ['COM-02'],
        },
        sendBack('prepare', '退回县级'),
        doNotPropose('dropped', { contestable: true }),
      ],
    },
    {
      id: 'province',
      kind: 'opinion',
      zh: '省级审核',
      en: 'Examined by the province',
      post: 'province',
      issues: true,
      form: [
        court,
        {
          id: 'provinceOpinion',
          kind: 'long',
          zh: '省级意见',
          en: 'Opinion of the province',
          required: true,
          max: 1000,
        },
      ],
      ways: [
        {
          id: 'submit',
          zh: '同意，制发建议书提请高级人民法院',
          en: 'Submit to the high court',
          to: 'provinceSend',
          tone: 'on',
          papers: ['D25'],
          cites: ['COM-02'],
        },
        sendBack('city', '退回市级'),
        doNotPropose('dropped', { contestable: true }),
      ],
    },
    submission('citySend', 'city', '市级制发建议书、送达法院', 'The city issues and serves the proposal'),
    submission('provinceSend', 'province', '省级制发建议书、送达法院', 'The province issues and serves the proposal'),
    {
      id: 'court',
      kind: 'outside',
      zh: '人民法院裁定',
      en: 'With the court',
      post: 'county',
      // From the day the court received it, of whoever submitted (`commutationSent`).
      clock: { rule: 'COM-01' },
      form: [
        { id: 'number', kind: 'text', zh: '裁定书文号', en: 'Number', required: true, max: 80 },
        pastDay('ruledOn', '裁定日期', 'Ruled on'),
        { id: 'termEnd', kind: 'day', zh: '减刑后矫正止日', en: 'Last day of correction now' },
      ],
      ways: [
        { id: 'yes', zh: '裁定减刑', en: 'Commuted', to: 'commuted', tone: 'on', cites: ['COM-01', 'TRM-10'] },
        { id: 'no', zh: '不予减刑', en: 'Not commuted', to: 'refused', tone: 'on', cites: ['COM-01'] },
      ],
    },
  ],
  ends: [
    { id: 'commuted', zh: '已裁定减刑', en: 'Commuted', tone: 'good' },
    { id: 'refused', zh: '法院不予减刑', en: 'Not commuted', tone: 'plain' },
    notProposed,
  ],
})
