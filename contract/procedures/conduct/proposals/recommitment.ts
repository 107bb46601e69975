import { procedure } from '../../describe.ts'
import { grounds, signing, uncounted } from '../fields.ts'
import { article, awaiting, ends, facts, prepare, ruling } from './parts.ts'

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
