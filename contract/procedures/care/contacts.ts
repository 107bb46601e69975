import { type Field, procedure, recorded } from '../describe.ts'
import { media, proof } from '../entries.ts'

/** 走访: a visit at home, at work, in the village; also the search of a home that nobody answers. */
export const visit = procedure({
  id: 'visit',
  room: 'care',
  zh: '走访登记',
  en: 'Visit',
  says: {
    zh: '登记一次实地走访：见到谁、看到什么、说了什么。',
    en: 'One visit: who was met, what was seen, what was said.',
  },
  about: 'person',
  may: 'visit.record',
  cites: ['MIS-01'],
  form: [
    { id: 'at', kind: 'moment', zh: '走访时间', en: 'When', required: true, limit: 'past', column: true },
    { id: 'where', kind: 'text', zh: '走访地点', en: 'Where', required: true, max: 200, column: true },
    { id: 'spot', kind: 'place', zh: '位置', en: 'Position' },
    {
      id: 'purpose',
      kind: 'choice',
      zh: '走访目的',
      en: 'Purpose',
      choices: [
        { id: 'regular', zh: '日常走访', en: 'Regular' },
        { id: 'home', zh: '入户核查', en: 'Home check' },
        { id: 'search', zh: '失联查找', en: 'Search' },
        { id: 'aid', zh: '走访慰问、困难帮扶', en: 'Aid in hardship' },
        { id: 'verify', zh: '核实情况', en: 'Verification' },
      ],
    },
    { id: 'met', kind: 'text', zh: '见到的人', en: 'Whom', required: true, max: 200, column: true },
    { id: 'with', kind: 'text', zh: '同行人员', en: 'With', max: 200 },
    { id: 'found', kind: 'long', zh: '走访情况', en: 'What was found', required: true, max: 4000 },
    media,
    { id: 'next', kind: 'long', zh: '后续安排', en: 'What follows', max: 1000 },
  ],
  steps: [],
  ends: [recorded],
})

/** 报告登记: the regular report, what must be told at once, the body of somebody outside prison, the hospital's review, how an injunction is kept. */
export const report = procedure({
  id: 'report',
  room: 'care',
  zh: '报告登记',
  en: 'Report',
  says: {
    zh: '登记社区矫正对象的定期报告、事项报告、身体情况报告、病情复查和遵守禁止令情况报告。',
    en: 'What the person reported: regularly, at once, of the body, the hospital’s review, or how the injunction is kept.',
  },
  about: 'person',
  may: 'visit.record',
  cites: ['REP-01', 'REP-02'],
  form: [
    {
      id: 'what',
      kind: 'choice',
      zh: '报告种类',
      en: 'Kind',
      required: true,
      column: true,
      choices: [
        { id: 'regular', zh: '定期报告', en: 'Regular report' },
        { id: 'event', zh: '事项报告', en: 'Something changed' },
        { id: 'body', zh: '身体情况报告', en: 'Physical condition' },
        { id: 'review', zh: '病情复查', en: 'Medical review' },
        { id: 'injunction', zh: '遵守禁止令情况报告', en: 'Keeping the injunction' },
      ],
    },
    { id: 'at', kind: 'moment', zh: '报告时间', en: 'When', required: true, limit: 'past', column: true },
    { id: 'mode', kind: 'code', set: 'reportMode', zh: '报告方式', en: 'Mode', required: true, column: true },
    {
      id: 'changed',
      kind: 'choice',
      many: true,
      zh: '报告事项',
      en: 'What changed',
      required: true,
      when: { field: 'what', is: ['event'] },
      choices: [
        { id: 'home', zh: '居所变化', en: 'Home' },
        { id: 'work', zh: '工作变动', en: 'Work' },
        { id: 'family', zh: '家庭重大变故', en: 'Family' },
        { id: 'contact', zh: '接触对矫正有不利影响的人', en: 'Contact with bad influence' },
        { id: 'other', zh: '其他', en: 'Other' },
      ],
    },
    {
      id: 'hospital',
      kind: 'text',
      zh: '医院',
      en: 'Hospital',
      max: 80,
      required: true,
      when: { field: 'what', is: ['review'] },
    },
    {
      id: 'condition',
      kind: 'long',
      zh: '身体情况',
      en: 'Condition',
      max: 2000,
      required: true,
      when: { field: 'what', is: ['body', 'review'] },
    },
    { id: 'content', kind: 'long', zh: '报告内容', en: 'Content', required: true, max: 4000 },
    { id: 'next', kind: 'long', zh: '后续安排', en: 'What follows', max: 1000 },
    proof,
  ],
  steps: [],
  ends: [recorded],
})

/** One of the five: whether it is clear, and what is known. */
const clear = (id: string, zh: string, en: string): Field[] => [
  {
    id,
    kind: 'choice',
    zh: `${zh}情况`,
    en,
    required: true,
    choices: [
      { id: 'clear', zh: '清楚', en: 'Clear' },
      { id: 'partly', zh: '部分清楚', en: 'Partly' },
      { id: 'unclear', zh: '不清楚', en: 'Unclear' },
    ],
  },
  { id: `${id}Note`, kind: 'long', zh: `${zh}情况说明`, en: `${en}: what is known`, max: 1000 },
]
export const fiveClears = ['thoughts', 'life', 'daily', 'work', 'conduct'] as const

/** 个别谈话教育, by the "five clears" of one-person-one-key education: thoughts, life, days, work, conduct (天水). */
export const talk = procedure({
  id: 'talk',
  room: 'care',
  zh: '个别谈话教育',
  en: 'Individual talk',
  says: {
    zh: '个案教育：思想、生活、日常、工作、现实表现“五清楚”，因人施教。',
    en: 'One to one: thoughts, life, days, work and conduct are each made clear.',
  },
  about: 'person',
  may: 'visit.record',
  cites: ['INT-06'],
  form: [
    {
      id: 'at',
      kind: 'moment',
      zh: '谈话时间',
      en: 'When',
      required: true,
      limit: 'past',
      column: true,
      blank: '时间',
    },
    { id: 'where', kind: 'text', zh: '谈话地点', en: 'Where', required: true, max: 200, column: true, blank: '地点' },
    { id: 'by', kind: 'text', zh: '谈话人', en: 'Talker', required: true, max: 40 },
    { id: 'recorder', kind: 'text', zh: '记录人', en: 'Recorder', max: 40 },
    {
      id: 'kind',
      kind: 'choice',
      zh: '谈话类别',
      en: 'Kind',
      required: true,
      column: true,
      choices: [
        { id: 'entry', zh: '入矫谈话', en: 'Entry' },
        { id: 'regular', zh: '个别谈话', en: 'Regular' },
        { id: 'breach', zh: '违规教育谈话', en: 'After a breach' },
        { id: 'event', zh: '突发事件谈话', en: 'After an event' },
        { id: 'release', zh: '解矫谈话', en: 'Before release' },
      ],
    },
    ...clear('thoughts', '思想', 'Thoughts'),
    ...clear('life', '生活', 'Life'),
    ...clear('daily', '日常', 'Days'),
    ...clear('work', '工作', 'Work'),
    ...clear('conduct', '现实表现', 'Conduct'),
    { id: 'content', kind: 'long', zh: '谈话内容', en: 'What was said', required: true, max: 8000, blank: '内容' },
    { id: 'teach', kind: 'long', zh: '针对性教育措施', en: 'What is done about it', max: 2000 },
    { id: 'media', kind: 'files', zh: '录音、照片', en: 'Sound, pictures' },
  ],
  papers: ['D34a'],
  steps: [],
  ends: [recorded],
})
