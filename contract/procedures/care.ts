import { type Procedure, procedure, recorded } from './describe.ts'

/** 走访: a visit at home, at work, in the village; also the search of a home that nobody answers. */
export const visit = procedure({
  id: 'visit',
  room: 'care',
  zh: '走访登记',
  en: 'Visit',
  says: {
    zh: '登记一次实地走访:见到谁、看到什么、说了什么。',
    en: 'One visit: who was met, what was seen, what was said.',
  },
  about: 'person',
  may: 'visit.record',
  cites: ['MIS-01'],
  form: [
    { id: 'at', kind: 'moment', zh: '走访时间', en: 'When', required: true, limit: 'past', column: true },
    { id: 'where', kind: 'text', zh: '走访地点', en: 'Where', required: true, max: 200, column: true },
    { id: 'met', kind: 'text', zh: '见到的人', en: 'Whom', required: true, max: 200, column: true },
    { id: 'with', kind: 'text', zh: '同行人员', en: 'With', max: 200 },
    { id: 'found', kind: 'long', zh: '走访情况', en: 'What was found', required: true, max: 4000 },
    { id: 'media', kind: 'files', zh: '照片、录音、录像', en: 'Pictures, sound, film' },
    { id: 'next', kind: 'long', zh: '后续安排', en: 'What follows', max: 1000 },
  ],
  steps: [],
  ends: [recorded],
})

export const careProcedures: readonly Procedure[] = [visit]
