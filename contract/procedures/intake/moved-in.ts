import { done, procedure } from '../describe.ts'

/**
 * 转入接收: what the new county does once somebody has reported to it after a change of place (执行地变更). The file came
 * over with a receipt; here he gets his officer, his team, and is announced to anew (Law 22, 25; IM 19, 20).
 */
export const movedIn = procedure({
  id: 'movedIn',
  room: 'intake',
  zh: '转入接收',
  en: 'Reception after a move',
  says: {
    zh: '执行地变更转入后，由接收司法所明确责任人，重新确定矫正小组、签订责任书并宣告。',
    en: 'After a move into the county the office names an officer, forms a team anew and announces.',
  },
  about: 'person',
  whileIn: ['inCorrection', 'missing'],
  once: true,
  may: 'intake.register',
  cites: ['INT-01', 'INT-02', 'INT-04'],
  form: [
    { id: 'reportedOn', kind: 'day', zh: '报到之日', en: 'Reported on', required: true, limit: 'past', column: true },
    { id: 'from', kind: 'text', zh: '原执行地', en: 'Former county', required: true, max: 100, column: true },
  ],
  steps: [
    {
      id: 'assign',
      kind: 'work',
      zh: '明确责任人',
      en: 'Name an officer',
      post: 'officeHead',
      within: { setting: 'SET-46', days: 3, rule: 'INT-01' },
      form: [{ id: 'officer', kind: 'staff', zh: '责任人', en: 'Officer', required: true }],
      ways: [
        { id: 'assign', zh: '已明确责任人', en: 'Named', to: 'join', tone: 'on', papers: ['D04'], cites: ['INT-01'] },
      ],
    },
    {
      id: 'join',
      kind: 'work',
      zh: '矫正小组、责任书与宣告',
      en: 'Team, letter of responsibility, announcement',
      post: 'officer',
      within: { setting: 'SET-47', days: 10, rule: 'INT-04' },
      form: [{ id: 'note', kind: 'long', zh: '接收情况', en: 'Remarks', max: 1000 }],
      ways: [
        {
          id: 'done',
          zh: '接收完毕',
          en: 'Received',
          to: 'done',
          tone: 'on',
          cites: ['INT-01', 'INT-02', 'INT-04', 'INT-05'],
        },
      ],
    },
  ],
  ends: [done],
})
