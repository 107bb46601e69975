import { type End, type Field, procedure } from '../describe.ts'
import { pastDay } from '../entries.ts'

const reported: End = { id: 'reported', zh: '已报备', en: 'Reported', tone: 'good' }
const lifted: End = { id: 'lifted', zh: '已撤销报备', en: 'Lifted', tone: 'good' }
const organ = {
  id: 'organ',
  kind: 'text',
  zh: '出入境管理机关',
  en: 'Exit-entry authority',
  required: true,
  max: 100,
  column: true,
} as const

/** Which travel papers there are and where they are kept. */
const travelPapers: readonly Field[] = [
  {
    id: 'papers',
    kind: 'rows',
    zh: '出入境证件',
    en: 'Travel papers',
    most: 6,
    fields: [
      {
        id: 'kind',
        kind: 'choice',
        zh: '证件种类',
        en: 'Kind',
        required: true,
        choices: [
          { id: 'passport', zh: '普通护照', en: 'Passport' },
          { id: 'hkMacao', zh: '往来港澳通行证', en: 'Permit for Hong Kong and Macao' },
          { id: 'taiwan', zh: '往来台湾通行证', en: 'Permit for Taiwan' },
          { id: 'border', zh: '边境通行证件', en: 'Border pass' },
        ],
      },
      { id: 'number', kind: 'text', zh: '证件号码', en: 'Number', max: 30 },
      { id: 'custody', kind: 'code', set: 'idDocCustody', zh: '保存状态', en: 'Custody', required: true },
    ],
  },
  { id: 'none', kind: 'flag', zh: '本人声明无出入境证件', en: 'Declares to hold none' },
]

/**
 * 法定不准出境人员报备: nobody leaves the country while a sentence is served; the exit-entry authority is told (LVE-14).
 * Reception begins it, and its clock runs from the day of the reception on file, whenever somebody registers it by hand.
 */
export const exitBan = procedure({
  id: 'exitBan',
  room: 'permits',
  zh: '法定不准出境人员报备',
  en: 'Ban on leaving the country',
  says: {
    zh: '入矫后向出入境管理机关报备法定不准出境人员，并登记出入境证件的保存情况。',
    en: 'After entry the exit-entry authority is told who may not leave the country, and where the travel papers are kept.',
  },
  about: 'person',
  once: true,
  may: 'permit.edit',
  cites: ['LVE-14'],
  form: [...travelPapers, { id: 'note', kind: 'long', zh: '备注', en: 'Note', max: 500 }],
  steps: [
    {
      id: 'report',
      kind: 'work',
      zh: '向出入境管理机关报备',
      en: 'Report to the exit-entry authority',
      post: 'county',
      within: { setting: 'SET-32', days: 5, rule: 'LVE-14' },
      form: [
        organ,
        pastDay('on', '报备之日', 'Reported on'),
        ...travelPapers,
        { id: 'receipt', kind: 'files', zh: '报备回执', en: 'Receipt' },
      ],
      ways: [{ id: 'done', zh: '已报备', en: 'Reported', to: 'reported', tone: 'on', cites: ['LVE-14'] }],
    },
  ],
  ends: [reported],
})

/** 撤销不准出境报备: at release or death the ban is taken back, and the papers are given back. A revocation leaves it standing. */
export const exitBanLifting = procedure({
  id: 'exitBanLifting',
  room: 'permits',
  zh: '撤销不准出境报备',
  en: 'Lifting the ban on leaving the country',
  says: {
    zh: '解除社区矫正、本人死亡或者转出后，通知出入境管理机关撤销报备，退还代管的证件；撤销缓刑、撤销假释、收监执行的，刑罚未执行完毕，不撤销。',
    en: 'After release or death the authority is told to lift the ban, and papers in custody are given back; after a revocation or recommitment the sentence is still served and the ban stays.',
  },
  about: 'person',
  whileIn: ['inCorrection', 'missing', 'detained', 'released', 'terminated', 'transferred'],
  once: true,
  may: 'permit.edit',
  cites: ['LVE-14'],
  form: [
    {
      id: 'why',
      kind: 'choice',
      zh: '撤销原因',
      en: 'Why',
      required: true,
      column: true,
      choices: [
        { id: 'released', zh: '解除社区矫正', en: 'Released' },
        { id: 'terminated', zh: '本人死亡，社区矫正终止', en: 'Dead; correction terminated' },
        { id: 'transferred', zh: '已转出，由新执行地报备', en: 'Transferred; the new county reports' },
        { id: 'error', zh: '报备有误', en: 'Reported in error' },
      ],
    },
  ],
  steps: [
    {
      id: 'lift',
      kind: 'work',
      zh: '通知撤销报备',
      en: 'Have it lifted',
      post: 'county',
      within: { setting: 'SET-32', days: 5, rule: 'LVE-14' },
      form: [
        organ,
        pastDay('on', '撤销之日', 'Lifted on'),
        { id: 'returned', kind: 'flag', zh: '代管证件已退还本人', en: 'Papers given back' },
        { id: 'receipt', kind: 'files', zh: '回执', en: 'Receipt' },
      ],
      ways: [{ id: 'done', zh: '已撤销', en: 'Lifted', to: 'lifted', tone: 'on', cites: ['LVE-14'] }],
    },
  ],
  ends: [lifted],
})
