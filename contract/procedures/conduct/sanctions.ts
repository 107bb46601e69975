import { type Field, procedure, type Step, type Way } from '../describe.ts'
import { attachments, opinion, pastDay, pastMoment } from '../entries.ts'
import { doNotPropose, notProposed, sendBack, submitToSign } from '../hands.ts'
import { evidence, grounds, otherGround, service } from './fields.ts'

const facts: Field = { id: 'facts', kind: 'long', zh: '违规事实', en: 'Facts', required: true, max: 4000 }
const dropped = { id: 'dropped', zh: '不予决定', en: 'Not decided', tone: 'no' } as const
const given = (zh: string, en: string) => ({ id: 'given', zh, en, tone: 'good' }) as const

/** 审批表: what the decision is put down on, whichever it is. */
const isForm = (paper: string) => paper.endsWith('a')

/** The county gives it or does not; `against`: which of the two the person may object to. */
const decision = (
  papers: readonly string[],
  cites: readonly ('PEN-01' | 'PEN-02' | 'PEN-09' | 'AWD-01')[],
  zh: string,
  en: string,
  against: 'give' | 'drop',
): Step => {
  const ways: readonly Way[] = [
    { id: 'give', zh, en, to: 'serve', tone: 'on', papers, cites },
    { id: 'drop', zh: '不予决定', en: 'Do not decide', to: 'dropped', tone: 'no', papers: papers.filter(isForm) },
  ]
  return {
    id: 'decide',
    kind: 'decision',
    zh: '县级决定',
    en: 'Decision of the county',
    post: 'county',
    act: 'sanction',
    form: [opinion('县级意见')],
    ways: ways.map((way) => (way.id === against ? { ...way, contestable: true } : way)),
  }
}
const serving = (zh: string, en: string) =>
  ({
    id: 'serve',
    kind: 'work',
    zh: '宣读送达',
    en: 'Read out and served',
    post: 'officer',
    form: service,
    ways: [{ id: 'served', zh, en, to: 'given', tone: 'on', cites: ['PEN-09'] }],
  }) as const

/** 训诫 (IM 34): of an examined violation, decided by the county, read out and served. */
export const admonition = procedure({
  id: 'admonition',
  room: 'conduct',
  zh: '训诫',
  en: 'Admonition',
  says: {
    zh: '对查实的轻微违规给予训诫，书面决定送达本人。',
    en: 'A minor breach that was established is answered by an admonition, in writing.',
  },
  about: 'person',
  may: 'sanction.propose',
  cites: ['PEN-01', 'PEN-10'],
  form: [facts, grounds('admonition'), otherGround('clause', '依据(34条项)', 200)],
  steps: [decision(['D18'], ['PEN-01', 'PEN-09'], '决定训诫', 'Admonish', 'give'), serving('已宣读送达', 'Served')],
  ends: [given('已训诫', 'Admonished'), dropped],
})

/** 警告 (IM 35): the first and the second are counted from the file. */
export const warning = procedure({
  id: 'warning',
  room: 'conduct',
  zh: '警告',
  en: 'Warning',
  says: {
    zh: '对查实的较重违规给予警告；两次警告仍不改正的，可提请撤销或收监。',
    en: 'A heavier breach is answered by a warning; after two in vain the correction may be ended.',
  },
  about: 'person',
  may: 'sanction.propose',
  cites: ['PEN-02', 'PEN-10'],
  form: [
    facts,
    grounds('warning'),
    otherGround('clause', '依据(35条项)', 200),
    {
      id: 'count',
      kind: 'number',
      zh: '第几次警告',
      en: 'Which warning',
      min: 1,
      max: 20,
      column: true,
      help: { zh: '由档案自动计数。', en: 'Counted from the file.' },
    },
  ],
  steps: [decision(['D19'], ['PEN-02', 'PEN-09'], '决定警告', 'Warn', 'give'), serving('已宣读送达', 'Served')],
  ends: [given('已警告', 'Warned'), dropped],
})

/** 表扬 (IM 33): six months and four tests, or a notable deed at any time. */
export const commendation = procedure({
  id: 'commendation',
  room: 'conduct',
  zh: '表扬',
  en: 'Commendation',
  says: {
    zh: '表现良好满规定月数，或有见义勇为等突出表现的，给予表扬。',
    en: 'Good conduct over the time the law asks for, or a notable deed, is commended.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  may: 'sanction.propose',
  cites: ['AWD-01', 'AWD-02'],
  form: [
    {
      id: 'ground',
      kind: 'choice',
      zh: '情形',
      en: 'Ground',
      required: true,
      column: true,
      choices: [
        { id: 'conduct', zh: '一贯表现良好', en: 'Steady good conduct' },
        { id: 'deed', zh: '见义勇为、抢险救灾等突出表现', en: 'A notable deed' },
      ],
    },
    ...(
      [
        ['obeys', '服从人民法院判决，认罪悔罪', 'Accepts the judgment and repents'],
        ['abides', '遵守法律法规', 'Abides by the law'],
        ['rules', '遵守报告、会客、外出、迁居等规定，服从管理', 'Keeps the rules of supervision'],
        ['learns', '积极参加教育学习等活动，接受教育矫正', 'Takes part in education'],
      ] as const
    ).map(([id, zh, en]): Field => ({ id, kind: 'flag', zh, en, when: { field: 'ground', is: ['conduct'] } })),
    { id: 'facts', kind: 'long', zh: '事实', en: 'Facts', required: true, max: 4000 },
    attachments,
  ],
  papers: ['D17a'],
  steps: [
    decision(['D17a', 'D17'], ['AWD-01', 'PEN-09'], '决定表扬', 'Commend', 'drop'),
    serving('已宣布送达', 'Served'),
  ],
  ends: [given('已表扬', 'Commended'), dropped],
})

/** 提请治安管理处罚 (IM 36): control, suspended sentence and temporary service; the police decide. */
export const policePenalty = procedure({
  id: 'policePenalty',
  room: 'conduct',
  zh: '提请治安管理处罚',
  en: 'Proposal of a public security penalty',
  says: {
    zh: '向公安机关提请治安管理处罚，并登记处理结果。假释对象不适用。',
    en: 'Proposed to the police, whose answer is recorded. Not for parole.',
  },
  about: 'person',
  may: 'sanction.police.propose',
  cites: ['PEN-08'],
  form: [
    { id: 'police', kind: 'text', zh: '公安机关', en: 'Police', max: 80, column: true },
    facts,
    grounds('policePenalty'),
    otherGround('basis', '依据', 400),
  ],
  steps: [
    {
      id: 'prepare',
      kind: 'work',
      zh: '整理证据',
      en: 'Evidence',
      post: 'county',
      form: [
        { id: 'police', kind: 'text', zh: '公安机关', en: 'Police', required: true, max: 80 },
        evidence(),
        { id: 'heard', kind: 'long', zh: '本人申辩', en: 'What the person says', required: true, max: 2000 },
      ],
      ways: [submitToSign],
    },
    {
      id: 'sign',
      kind: 'opinion',
      zh: '县级签发',
      en: 'Signed by the county',
      post: 'countyHead',
      form: [opinion('县级意见'), pastMoment('sentAt', '送达公安机关时间', 'Received there')],
      ways: [
        {
          id: 'sign',
          zh: '签发',
          en: 'Sign',
          to: 'police',
          tone: 'on',
          papers: ['D20'],
          cites: ['PEN-08'],
          contestable: true,
        },
        sendBack('prepare', '退回补充'),
        doNotPropose(),
      ],
    },
    {
      id: 'police',
      kind: 'outside',
      zh: '公安机关处理',
      en: 'With the police',
      post: 'county',
      form: [
        pastDay('answeredOn', '答复日期', 'Answered'),
        { id: 'number', kind: 'text', zh: '决定书文号', en: 'Number', max: 80 },
        { id: 'answer', kind: 'long', zh: '处理结果', en: 'Answer', required: true, max: 1000 },
      ],
      ways: [
        { id: 'penalised', zh: '已处罚', en: 'Penalised', to: 'penalised', tone: 'on', cites: ['PEN-08'] },
        { id: 'not', zh: '未处罚', en: 'Not penalised', to: 'notPenalised', tone: 'on' },
      ],
    },
  ],
  ends: [
    { id: 'penalised', zh: '公安机关已处罚', en: 'Penalised by the police', tone: 'good' },
    { id: 'notPenalised', zh: '公安机关未处罚', en: 'Not penalised', tone: 'plain' },
    notProposed,
  ],
})
