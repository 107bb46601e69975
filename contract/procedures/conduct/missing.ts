import { type Field, procedure } from '../describe.ts'
import { attachments, pastDay, pastMoment } from '../entries.ts'
import { evidence, restsOn, uncounted } from './fields.ts'

const found: readonly Field[] = [
  pastMoment('foundAt', '找到时间', 'Found'),
  { id: 'where', kind: 'text', zh: '找到地点及经过', en: 'Where and how', required: true, max: 400 },
  { id: 'spot', kind: 'place', zh: '位置', en: 'Position' },
]

/** 查找脱管 (Law 30, IM 38): begun at once, by calls, information check and visits; not found, the police are told. */
export const search = procedure({
  id: 'search',
  room: 'conduct',
  zh: '查找脱管',
  en: 'Search',
  says: {
    zh: '对象失去联系的，立即组织查找并固定证据；查找不到的，通知公安、通报检察院。',
    en: 'Nobody reaches the person: searched for at once, with evidence; not found, police and procuratorate are told.',
  },
  about: 'person',
  once: true,
  may: 'sanction.prepare',
  cites: ['MIS-01'],
  form: [
    { id: 'lostSince', kind: 'moment', zh: '失联时间', en: 'Lost since', required: true, limit: 'past', column: true },
    { id: 'noticed', kind: 'long', zh: '如何发现', en: 'How it was noticed', required: true, max: 1000 },
    restsOn,
  ],
  steps: [
    {
      id: 'seek',
      kind: 'work',
      zh: '立即查找',
      en: 'Search at once',
      post: 'officer',
      clock: { rule: 'MIS-01' },
      form: [
        {
          id: 'efforts',
          kind: 'rows',
          zh: '查找记录',
          en: 'What was done',
          required: true,
          least: 1,
          most: 100,
          fields: [
            {
              id: 'how',
              kind: 'choice',
              zh: '方式',
              en: 'How',
              required: true,
              choices: [
                { id: 'call', zh: '通信联络', en: 'Calls' },
                { id: 'check', zh: '信息化核查', en: 'Information check' },
                { id: 'visit', zh: '实地查访', en: 'Visit' },
                { id: 'other', zh: '其他', en: 'Other' },
              ],
            },
            pastMoment('at', '时间', 'When'),
            { id: 'whom', kind: 'text', zh: '联系对象或地点', en: 'Whom or where', required: true, max: 100 },
            { id: 'result', kind: 'text', zh: '结果', en: 'Result', required: true, max: 300 },
          ],
        },
        attachments,
      ],
      ways: [
        { id: 'found', zh: '已找到', en: 'Found', to: 'count', tone: 'on', cites: ['MIS-01'] },
        { id: 'notFound', zh: '未找到', en: 'Not found', to: 'report', tone: 'on', cites: ['MIS-01'] },
      ],
    },
    {
      id: 'report',
      kind: 'work',
      zh: '通知公安、通报检察院',
      en: 'Tell police and procuratorate',
      post: 'county',
      clock: { rule: 'MIS-02' },
      form: [
        { id: 'police', kind: 'text', zh: '公安机关', en: 'Police', required: true, max: 80 },
        pastDay('sentOn', '通知日期', 'Told on'),
        pastDay('procuratorateOn', '通报检察院日期', 'Procuratorate told'),
        evidence('证据'),
      ],
      ways: [
        { id: 'sent', zh: '已通知', en: 'Told', to: 'wait', tone: 'on', papers: ['D26'], cites: ['MIS-02'] },
        { id: 'found', zh: '已找到', en: 'Found', to: 'count', tone: 'on' },
      ],
    },
    {
      id: 'wait',
      kind: 'outside',
      zh: '公安协助查找中',
      en: 'The police help',
      post: 'county',
      form: [{ id: 'progress', kind: 'long', zh: '查找进展', en: 'Progress', max: 2000 }],
      ways: [
        { id: 'found', zh: '已找到', en: 'Found', to: 'count', tone: 'on' },
        {
          id: 'gone',
          zh: '仍未找到，进入违规处理',
          en: 'Still gone: answer the absence',
          to: 'gone',
          tone: 'on',
          cites: ['MIS-05'],
        },
      ],
    },
    {
      id: 'count',
      kind: 'work',
      zh: '认定脱管日数',
      en: 'Count the absence',
      post: 'officer',
      form: [
        ...found,
        {
          id: 'type',
          kind: 'code',
          set: 'violationType',
          zh: '违规类型',
          en: 'Kind of violation',
          required: true,
        },
      ],
      ways: [
        { id: 'done', zh: '认定并进入违规核查', en: 'Establish', to: 'found', tone: 'on', cites: ['MIS-03', 'MIS-04'] },
      ],
    },
  ],
  ends: [
    { id: 'found', zh: '已找到', en: 'Found', tone: 'good' },
    { id: 'gone', zh: '未找到，已进入违规处理', en: 'Not found', tone: 'plain' },
  ],
})

/** 追逃 (Law 50, IM 51): the ruling is in effect and the person is gone. */
export const pursuit = procedure({
  id: 'pursuit',
  room: 'conduct',
  zh: '追逃',
  en: 'Pursuit',
  says: {
    zh: '裁定、决定生效后下落不明的，由公安机关追捕；记录专班、线索和到案经过。',
    en: 'After the ruling the person is gone: the police pursue; group, leads and arrest are recorded.',
  },
  about: 'person',
  whileIn: ['missing', 'terminated'],
  once: true,
  may: 'sanction.court.propose',
  cites: ['MIS-06'],
  form: [
    { id: 'ruling', kind: 'text', zh: '生效裁判文书', en: 'The ruling', required: true, max: 80, column: true },
    pastDay('ruledOn', '生效日期', 'In effect from'),
    { id: 'lastSeen', kind: 'long', zh: '最后已知行踪', en: 'Last known whereabouts', max: 1000 },
  ],
  steps: [
    {
      id: 'group',
      kind: 'work',
      zh: '成立专班',
      en: 'Form the group',
      post: 'county',
      form: [
        { id: 'police', kind: 'text', zh: '追捕机关', en: 'Pursuing police', required: true, max: 80 },
        {
          id: 'members',
          kind: 'rows',
          zh: '专班成员',
          en: 'Members',
          required: true,
          least: 1,
          most: 40,
          fields: [
            { id: 'name', kind: 'text', zh: '姓名', en: 'Name', required: true, max: 40 },
            { id: 'unit', kind: 'text', zh: '单位', en: 'Unit', required: true, max: 80 },
            { id: 'part', kind: 'text', zh: '分工', en: 'Part', max: 100 },
          ],
        },
      ],
      ways: [{ id: 'formed', zh: '已成立并移送', en: 'Formed', to: 'hunt', tone: 'on', cites: ['MIS-06'] }],
    },
    {
      id: 'hunt',
      kind: 'outside',
      zh: '追捕中',
      en: 'Pursued',
      post: 'county',
      form: [
        {
          id: 'leads',
          kind: 'rows',
          zh: '线索',
          en: 'Leads',
          most: 100,
          fields: [
            pastDay('on', '日期', 'Day'),
            { id: 'from', kind: 'text', zh: '来源', en: 'Source', required: true, max: 100 },
            { id: 'what', kind: 'text', zh: '内容', en: 'What', required: true, max: 400 },
            { id: 'checked', kind: 'text', zh: '核查结果', en: 'Checked', max: 400 },
          ],
        },
        { id: 'caughtOn', kind: 'day', zh: '抓获日期', en: 'Caught on', limit: 'past' },
        { id: 'where', kind: 'text', zh: '抓获地点', en: 'Where', max: 200 },
        { id: 'spot', kind: 'place', zh: '位置', en: 'Position' },
      ],
      ways: [
        { id: 'lead', zh: '登记线索', en: 'Record leads', to: 'hunt', tone: 'on' },
        { id: 'caught', zh: '已抓获', en: 'Caught', to: 'handover', tone: 'on', cites: ['MIS-06'] },
      ],
    },
    {
      id: 'handover',
      kind: 'work',
      zh: '交付收监',
      en: 'Taken to prison',
      post: 'county',
      form: [
        { id: 'prison', kind: 'text', zh: '收押场所', en: 'Prison', required: true, max: 80 },
        pastMoment('takenAt', '入监时间', 'Taken in'),
        { id: 'escort', kind: 'text', zh: '押送人员', en: 'Escort', max: 200 },
        ...uncounted,
      ],
      ways: [{ id: 'taken', zh: '已收监', en: 'Taken in', to: 'taken', tone: 'on', cites: ['MIS-06', 'TRM-09'] }],
    },
  ],
  ends: [{ id: 'taken', zh: '已抓获收监', en: 'Caught and taken in', tone: 'good' }],
})

/** 被羁押 (IM 41): another organ detained the person; the place of supervision rests until it ends. */
export const detention = procedure({
  id: 'detention',
  room: 'conduct',
  zh: '被羁押登记',
  en: 'Detention',
  says: {
    zh: '对象被拘留或采取其他强制措施的，登记羁押情况；结束后恢复矫正或等候审理法院处理。',
    en: 'Another organ detained the person: recorded, until it ends.',
  },
  about: 'person',
  // Also of somebody who is held already: an arrest after a detention, or a custody whose matter ended before its outcome was known.
  // And of somebody who was to report and is held meanwhile.
  whileIn: ['awaiting', 'inCorrection', 'missing', 'detained'],
  once: true,
  may: 'sanction.prepare',
  cites: ['REV-11', 'REV-08'],
  form: [
    {
      id: 'measure',
      kind: 'choice',
      zh: '措施',
      en: 'Measure',
      required: true,
      column: true,
      choices: [
        { id: 'administrative', zh: '行政拘留', en: 'Administrative detention' },
        { id: 'drugs', zh: '强制隔离戒毒', en: 'Compulsory drug rehabilitation' },
        { id: 'criminal', zh: '刑事拘留', en: 'Criminal detention' },
        { id: 'arrest', zh: '逮捕', en: 'Arrest' },
        { id: 'other', zh: '其他强制措施', en: 'Other' },
      ],
    },
    { id: 'organ', kind: 'text', zh: '决定机关名称', en: 'Organ', required: true, max: 80, column: true },
    pastDay('decidedOn', '决定日期', 'Decided'),
    { ...pastDay('noticeOn', '收到通知日期', 'Notice received'), kind: 'day', after: 'decidedOn' },
    { id: 'place', kind: 'text', zh: '羁押场所', en: 'Held at', max: 100 },
    { id: 'why', kind: 'long', zh: '事由', en: 'Why', required: true, max: 2000 },
    attachments,
  ],
  steps: [
    {
      id: 'custody',
      kind: 'outside',
      zh: '羁押期间',
      en: 'In custody',
      post: 'county',
      form: [
        pastDay('endedOn', '结束日期', 'Ended'),
        { id: 'how', kind: 'long', zh: '结束情况', en: 'How', required: true, max: 1000 },
      ],
      ways: [
        { id: 'released', zh: '已释放，恢复矫正', en: 'Set free', to: 'released', tone: 'on' },
        {
          id: 'crime',
          zh: '因新罪、漏罪由审理法院处理',
          en: 'New or undiscovered crime',
          to: 'trial',
          tone: 'on',
          cites: ['REV-08'],
        },
      ],
    },
    {
      id: 'trial',
      kind: 'outside',
      zh: '审理法院处理',
      en: 'With the trial court',
      post: 'county',
      form: [
        { id: 'court', kind: 'text', zh: '审理法院（办案机关）', en: 'Court or organ', max: 80 },
        { id: 'progress', kind: 'long', zh: '审理进展', en: 'Progress', max: 2000 },
        { id: 'number', kind: 'text', zh: '裁判（决定）文书号', en: 'Number of the decision', max: 80 },
        { id: 'ruledOn', kind: 'day', zh: '裁判（决定）日期', en: 'Decided on', limit: 'past' },
        {
          id: 'freedOn',
          kind: 'day',
          zh: '释放日期',
          en: 'Set free on',
          limit: 'past',
          help: { zh: '仍在押的，先登记进展，释放后再选结果。', en: 'While still held record the progress only.' },
        },
        attachments,
      ],
      ways: [
        { id: 'progress', zh: '登记审理进展', en: 'Record the progress', to: 'trial', tone: 'on', cites: ['REV-08'] },
        {
          id: 'revoked',
          zh: '判决中撤销（收监）',
          en: 'Revoked in the judgment',
          to: 'revoked',
          tone: 'on',
          cites: ['REV-08', 'END-03'],
        },
        { id: 'notRevoked', zh: '判决未撤销', en: 'Not revoked', to: 'goesOn', tone: 'on', cites: ['REV-08'] },
        {
          id: 'notProsecuted',
          zh: '不起诉（撤销案件）',
          en: 'Not prosecuted',
          to: 'goesOn',
          tone: 'on',
          cites: ['REV-08'],
        },
        { id: 'acquitted', zh: '宣告无罪', en: 'Acquitted', to: 'goesOn', tone: 'on', cites: ['REV-08'] },
      ],
    },
  ],
  ends: [
    { id: 'released', zh: '已释放，恢复矫正', en: 'Set free', tone: 'good' },
    { id: 'goesOn', zh: '未撤销，恢复矫正', en: 'Not revoked, the correction goes on', tone: 'good' },
    { id: 'revoked', zh: '已在判决中撤销', en: 'Revoked in the judgment', tone: 'plain' },
    // Of matters that ended before the trial was a step of its own.
    { id: 'newCrime', zh: '由审理法院处理', en: 'With the trial court', tone: 'plain' },
  ],
})
