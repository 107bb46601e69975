import { type End, type Field, procedure, type Step } from '../describe.ts'
import { pastDay } from '../entries.ts'

const told: End = { id: 'told', zh: '已收到通报', en: 'Told', tone: 'good' }
const notice: readonly Field[] = [
  { id: 'toldOn', kind: 'day', zh: '收到通报之日', en: 'Told on', limit: 'past' },
  { id: 'number', kind: 'text', zh: '通报文号', en: 'Number', max: 80 },
  { id: 'said', kind: 'long', zh: '往来情况', en: 'What was said', max: 1000 },
  { id: 'scan', kind: 'files', zh: '通报扫描件', en: 'Scan' },
]
const waiting = (id: string, zh: string, en: string): Step => ({
  id,
  kind: 'outside',
  zh,
  en,
  post: 'county',
  clock: { rule: 'MOV-10', from: 'ask.receivedOn' },
  form: notice,
  ways: [
    { id: 'told', zh: '已收到通报', en: 'Told', to: 'told', tone: 'on', cites: ['MOV-10'] },
    {
      id: 'remind',
      zh: '期满未通报，去函催告',
      en: 'Not told in time: remind',
      to: 'reminded',
      tone: 'on',
      cites: ['MOV-10'],
    },
  ],
})

/**
 * 暂予监外执行档案交接: after a change of place the prison or detention house that takes the file over tells the new
 * county within five days (MOV-10, IM 31).
 */
export const prisonFile = procedure({
  id: 'prisonFile',
  room: 'permits',
  zh: '监狱、看守所档案交接',
  en: 'Prison file handed over',
  says: {
    zh: '暂予监外执行对象转入后，核实接收其档案的监狱、看守所，并登记其通报。',
    en: 'Of somebody serving outside prison who moved here: which prison took the file, and that it told the county.',
  },
  about: 'person',
  whileIn: ['inCorrection', 'missing', 'detained'],
  once: true,
  may: 'permit.edit',
  cites: ['MOV-10'],
  form: [{ id: 'organ', kind: 'text', zh: '决定机关', en: 'Deciding organ', max: 100, column: true }],
  steps: [
    {
      id: 'ask',
      kind: 'outside',
      zh: '核实接收档案的监狱、看守所',
      en: 'Find out who took the file',
      post: 'county',
      form: [
        {
          id: 'keeper',
          kind: 'text',
          zh: '接收档案的监狱、看守所',
          en: 'Prison or detention house',
          required: true,
          max: 100,
        },
        pastDay('receivedOn', '该单位接收档案之日', 'File received there on'),
      ],
      ways: [{ id: 'known', zh: '已核实', en: 'Known', to: 'notice', tone: 'on', cites: ['MOV-10'] }],
    },
    waiting('notice', '等待通报', 'Waiting to be told'),
    waiting('reminded', '已催告，等待通报', 'Reminded, waiting'),
  ],
  ends: [told],
})
