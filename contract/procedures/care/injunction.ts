import { type End, type Field, procedure } from '../describe.ts'
import { pastDay } from '../entries.ts'

const inForce: End = { id: 'inForce', zh: '已登记执行', en: 'On record, carried out', tone: 'good' }
const dropped: End = { id: 'dropped', zh: '登记有误，不采用', en: 'Entered in error', tone: 'no' }
const served: End = { id: 'served', zh: '已送达', en: 'Served', tone: 'good' }

const until: Field = {
  id: 'until',
  kind: 'day',
  zh: '禁止令止日',
  en: 'Until',
  required: true,
  after: 'from',
  column: true,
}

/**
 * 禁止令执行: what the court forbade is put on record with its term, watched over, and the places and people concerned are
 * asked for help by letter (INJ-01; IM 39). Of each one an own matter `injunctionLetter` with its D33.
 */
export const injunction = procedure({
  id: 'injunction',
  room: 'care',
  zh: '禁止令执行',
  en: 'Carrying out an injunction',
  says: {
    zh: '登记法院禁止令的类型、内容和期限，明确监督措施，向有关单位、场所、个人制发协助执行函。',
    en: 'What the court forbade, from when until when, how it is watched, and letters to the places concerned.',
  },
  about: 'person',
  whileIn: ['awaiting', 'inCorrection', 'missing'],
  may: 'intake.register',
  cites: ['INJ-01', 'REP-07'],
  form: [
    {
      id: 'kind',
      kind: 'code',
      set: 'injunctionType',
      zh: '禁止令类型',
      en: 'Kind',
      required: true,
      column: true,
    },
    { id: 'content', kind: 'long', zh: '禁止令内容', en: 'What is forbidden', required: true, max: 500 },
    { id: 'court', kind: 'text', zh: '宣告禁止令的法院', en: 'Court', required: true, max: 80 },
    { id: 'number', kind: 'text', zh: '裁判文书号', en: 'Number of the judgment', required: true, max: 80 },
    { id: 'from', kind: 'day', zh: '禁止令起日', en: 'From', required: true, column: true },
    until,
    { id: 'watch', kind: 'long', zh: '监督措施', en: 'How it is watched', required: true, max: 1000 },
    {
      id: 'places',
      kind: 'rows',
      zh: '有关单位、场所、个人',
      en: 'Places and people concerned',
      most: 20,
      fields: [
        { id: 'name', kind: 'text', zh: '名称或姓名', en: 'Name', required: true, max: 80 },
        { id: 'address', kind: 'text', zh: '地址', en: 'Address', max: 120 },
      ],
    },
    { id: 'scans', kind: 'files', zh: '裁判文书扫描件', en: 'Scan of the judgment' },
  ],
  steps: [
    {
      id: 'county',
      kind: 'work',
      zh: '县级核对并布置执行',
      en: 'Checked by the county',
      post: 'county',
      form: [
        {
          id: 'contact',
          kind: 'text',
          zh: '联系人',
          en: 'Contact',
          required: true,
          max: 60,
          help: { zh: '写在协助执行函上，姓名和电话', en: 'Printed on the letters: name and telephone' },
        },
      ],
      ways: [
        {
          id: 'confirm',
          zh: '核对无误，布置执行',
          en: 'Right: carry it out',
          to: 'inForce',
          tone: 'on',
          cites: ['INJ-01'],
        },
        { id: 'drop', zh: '登记有误', en: 'Entered in error', to: 'dropped', tone: 'no' },
      ],
    },
  ],
  ends: [inForce, dropped],
})

/** 禁止令协助执行: the letter (D33) to one place or person, until it has arrived. */
export const injunctionLetter = procedure({
  id: 'injunctionLetter',
  room: 'care',
  zh: '禁止令协助执行函',
  en: 'Letter of assistance with an injunction',
  says: {
    zh: '向有关单位、场所、个人送达禁止令协助执行函，请其发现违反的及时告知。',
    en: 'A place or person concerned is asked by letter to tell of a breach.',
  },
  about: 'person',
  whileIn: ['awaiting', 'inCorrection', 'missing'],
  may: 'intake.register',
  cites: ['INJ-01', 'INJ-02'],
  form: [
    { id: 'whom', kind: 'text', zh: '收文单位', en: 'To whom', required: true, max: 80, column: true },
    { id: 'address', kind: 'text', zh: '地址', en: 'Address', max: 120 },
    { id: 'content', kind: 'long', zh: '禁止令内容', en: 'What is forbidden', required: true, max: 500 },
    { id: 'term', kind: 'text', zh: '期限', en: 'Term', required: true, max: 60 },
    { id: 'contact', kind: 'text', zh: '联系人', en: 'Contact', required: true, max: 60 },
    { id: 'judgment', kind: 'text', zh: '裁判文书', en: 'Judgment', max: 160 },
  ],
  papers: ['D33'],
  steps: [
    {
      id: 'serve',
      kind: 'work',
      zh: '送达并收回执',
      en: 'Serve it, take the receipt',
      post: 'officer',
      form: [
        pastDay('on', '送达之日', 'Served on'),
        {
          id: 'how',
          kind: 'choice',
          zh: '送达方式',
          en: 'How served',
          required: true,
          choices: [
            { id: 'direct', zh: '直接送达，签收回执', en: 'Handed over, receipt signed' },
            { id: 'post', zh: '邮寄送达', en: 'By post' },
            { id: 'left', zh: '拒收，留置送达', en: 'Declined; left there' },
          ],
        },
        { id: 'receipt', kind: 'files', zh: '回执', en: 'Receipt' },
        { id: 'said', kind: 'long', zh: '对方意见', en: 'What they said', max: 500 },
      ],
      ways: [{ id: 'served', zh: '已送达', en: 'Served', to: 'served', tone: 'on', cites: ['INJ-01'] }],
    },
  ],
  ends: [served],
})
