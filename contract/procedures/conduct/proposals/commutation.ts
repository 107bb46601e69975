import { procedure, type Step } from '../../describe.ts'
import { opinion, pastDay, pastMoment } from '../../entries.ts'
import { doNotPropose, notProposed, sendBack } from '../../hands.ts'
import { evidence } from '../fields.ts'
import { court } from './parts.ts'

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
