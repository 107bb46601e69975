import { approved, type Field, procedure, recorded, refused } from '../describe.ts'
import { media, opinion, pastDay, pastMoment } from '../entries.ts'
import { refuse, sendBack } from '../hands.ts'

const sex = {
  id: 'sex',
  kind: 'choice',
  zh: '性别',
  en: 'Sex',
  required: true,
  choices: [
    { id: 'male', zh: '男', en: 'Male' },
    { id: 'female', zh: '女', en: 'Female' },
  ],
} as const
const phone: Field = { id: 'phone', kind: 'text', zh: '联系电话', en: 'Phone', max: 20 }

/** 矫正小组: those who watch over and help him. A woman's team has a woman, a minor's somebody versed in minors (Law 25, 52). */
export const team = procedure({
  id: 'team',
  room: 'intake',
  zh: '矫正小组',
  en: 'Correction team',
  says: {
    zh: '确定矫正小组成员；女性对象须有女性成员，未成年人须有熟悉未成年人身心特点的成员。',
    en: 'Who watches over and helps: a woman for a woman, somebody versed in minors for a minor.',
  },
  about: 'person',
  may: 'intake.register',
  cites: ['INT-02', 'INT-03'],
  form: [
    { id: 'on', kind: 'day', zh: '确定日期', en: 'Formed on', required: true, limit: 'past', column: true },
    {
      id: 'members',
      kind: 'rows',
      zh: '矫正小组成员',
      en: 'Members',
      least: 1,
      most: 20,
      required: true,
      fields: [
        { id: 'name', kind: 'text', zh: '姓名', en: 'Name', required: true, max: 40 },
        { id: 'role', kind: 'code', set: 'teamMember', zh: '身份', en: 'Role', required: true },
        sex,
        { id: 'versed', kind: 'flag', zh: '熟悉未成年人身心特点', en: 'Versed in minors' },
        phone,
      ],
    },
    { id: 'why', kind: 'long', zh: '调整原因', en: 'Why changed', max: 500 },
  ],
  steps: [],
  ends: [recorded],
})

/** 矫正责任书: what the agency and each member of the team take on, signed by both (IM 19). */
export const responsibility = procedure({
  id: 'responsibility',
  room: 'intake',
  zh: '矫正责任书',
  en: 'Letter of responsibility',
  says: { zh: '与矫正小组成员签订责任书。', en: 'What each member of the team takes on, signed.' },
  about: 'person',
  may: 'intake.register',
  cites: ['INT-05'],
  form: [
    { id: 'on', kind: 'day', zh: '签订日期', en: 'Signed on', required: true, limit: 'past', column: true },
    {
      id: 'members',
      kind: 'rows',
      zh: '签订成员',
      en: 'Members who signed',
      least: 1,
      most: 20,
      required: true,
      fields: [
        { id: 'name', kind: 'text', zh: '姓名', en: 'Name', required: true, max: 40 },
        { id: 'role', kind: 'code', set: 'teamMember', zh: '身份', en: 'Role', required: true },
        { id: 'signed', kind: 'flag', zh: '已签名', en: 'Signed' },
      ],
    },
    { id: 'agency', kind: 'long', zh: '机构职责', en: 'What the agency does', max: 2000 },
    { id: 'duties', kind: 'long', zh: '成员职责', en: 'What the members do', max: 2000 },
    { id: 'scans', kind: 'files', zh: '签字件', en: 'Signed copies' },
  ],
  papers: ['D08'],
  steps: [],
  ends: [recorded],
})

const told: readonly Field[] = [
  {
    id: 'how',
    kind: 'choice',
    zh: '告知方式',
    en: 'How told',
    required: true,
    choices: [
      { id: 'platform', zh: '平台推送', en: 'By the platform' },
      { id: 'phone', zh: '电话', en: 'Phone' },
      { id: 'message', zh: '短信或微信', en: 'Message' },
      { id: 'letter', zh: '书面', en: 'In writing' },
      { id: 'inPerson', zh: '当面', en: 'In person' },
    ],
  },
  pastMoment('at', '告知时间', 'Told at'),
  {
    id: 'receipt',
    kind: 'choice',
    zh: '回执',
    en: 'Receipt',
    required: true,
    choices: [
      { id: 'confirmed', zh: '已确认', en: 'Confirmed' },
      { id: 'awaited', zh: '待回复', en: 'Awaited' },
      { id: 'cannot', zh: '不能到场', en: 'Cannot come' },
    ],
  },
]

const invited: Field = {
  id: 'invited',
  kind: 'rows',
  zh: '通知情况',
  en: 'Who was told',
  most: 30,
  fields: [
    {
      id: 'who',
      kind: 'choice',
      zh: '对象',
      en: 'Whom',
      required: true,
      choices: [
        { id: 'person', zh: '社区矫正对象本人', en: 'The person' },
        { id: 'police', zh: '社区民警', en: 'Community police' },
        { id: 'village', zh: '村（居）委会', en: 'Village or residents’ committee' },
        { id: 'guardian', zh: '监护人', en: 'Guardian' },
        { id: 'team', zh: '矫正小组成员', en: 'Team member' },
        { id: 'other', zh: '其他', en: 'Other' },
      ],
    },
    { id: 'name', kind: 'text', zh: '姓名或单位', en: 'Name or unit', required: true, max: 60 },
    phone,
    ...told,
  ],
}

/** 入矫宣告: judgment, term, rules, consequences and rights are announced and signed (Law 22; IM 20). A minor's is not public. */
export const announcement = procedure({
  id: 'announcement',
  room: 'intake',
  zh: '入矫宣告',
  en: 'Announcement',
  says: {
    zh: '确定宣告时间地点，通知本人、社区民警和村（居）委会，宣告并签字确认。',
    en: 'The meeting is fixed, the person, police and village are told, and it is announced and signed.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  once: true,
  may: 'intake.register',
  cites: ['INT-01', 'INT-04'],
  form: [
    { id: 'at', kind: 'moment', zh: '宣告时间', en: 'When', required: true, limit: 'future', column: true },
    { id: 'where', kind: 'text', zh: '宣告地点', en: 'Where', required: true, max: 200, column: true },
    { id: 'host', kind: 'text', zh: '宣告人', en: 'Who announces', required: true, max: 40 },
    {
      id: 'open',
      kind: 'flag',
      zh: '公开进行',
      en: 'In public',
      help: { zh: '未成年人、犯罪记录封存的一律不公开', en: 'Never for a minor or a sealed record' },
    },
  ],
  steps: [
    {
      id: 'notify',
      kind: 'work',
      zh: '通知到场',
      en: 'Tell everybody',
      post: 'officer',
      form: [
        {
          id: 'changedTo',
          kind: 'moment',
          zh: '改定时间',
          en: 'Changed to',
          limit: 'future',
          help: { zh: '改期时填写', en: 'When it was put off' },
        },
        invited,
      ],
      ways: [
        { id: 'told', zh: '通知完毕', en: 'Everybody told', to: 'hold', tone: 'on', cites: ['INT-01'] },
        { id: 'cancel', zh: '取消宣告', en: 'Cancel', to: 'cancelled', tone: 'no' },
      ],
    },
    {
      id: 'hold',
      kind: 'work',
      zh: '宣告',
      en: 'Holding it',
      post: 'officer',
      form: [
        { id: 'heldAt', kind: 'moment', zh: '实际宣告时间', en: 'Held at', limit: 'past' },
        { id: 'present', kind: 'long', zh: '到场人员', en: 'Who was there', max: 1000 },
        {
          id: 'guardian',
          kind: 'choice',
          zh: '监护人到场',
          en: 'Guardian',
          choices: [
            { id: 'present', zh: '监护人到场', en: 'Present' },
            { id: 'other', zh: '由其他成年亲属或合适成年人到场', en: 'Another adult relative or fit adult' },
            { id: 'absent', zh: '未到场', en: 'Absent' },
          ],
        },
        { id: 'signed', kind: 'flag', zh: '本人已签字确认', en: 'Signed by the person' },
        { id: 'rules', kind: 'long', zh: '应遵守规定', en: 'Rules to keep', max: 2000 },
        { id: 'limits', kind: 'long', zh: '被限制的权利', en: 'Rights restricted', max: 2000 },
        { id: 'bans', kind: 'long', zh: '禁止事项', en: 'Prohibitions', max: 2000 },
        media,
      ],
      ways: [
        { id: 'held', zh: '已宣告', en: 'Announced', to: 'done', tone: 'on', papers: ['D07'], cites: ['INT-04'] },
        { id: 'postpone', zh: '未能宣告，重新通知', en: 'Not held: tell again', to: 'notify', tone: 'back' },
        { id: 'cancel', zh: '取消宣告', en: 'Cancel', to: 'cancelled', tone: 'no' },
      ],
    },
  ],
  ends: [
    { id: 'done', zh: '已宣告', en: 'Announced', tone: 'good' },
    { id: 'cancelled', zh: '已取消', en: 'Cancelled', tone: 'plain' },
  ],
})

/** 保证书与信息化核查告知书: signed by the person, sealed by the head of the office, approved and filed by the county. */
export const undertaking = procedure({
  id: 'undertaking',
  room: 'intake',
  zh: '保证书与核查告知书',
  en: 'Undertaking and notice of checks',
  says: {
    zh: '本人签署保证书和信息化核查告知书，所长签字盖章，县级审批备案。',
    en: 'Signed by the person, sealed by the office, approved and filed by the county.',
  },
  about: 'person',
  whileIn: ['inCorrection'],
  once: true,
  may: 'intake.register',
  cites: ['EPD-09', 'DAT-01'],
  form: [
    { id: 'on', kind: 'day', zh: '签署日期', en: 'Signed on', required: true, limit: 'past', column: true },
    { id: 'promises', kind: 'long', zh: '保证事项', en: 'What is promised', max: 2000 },
    { id: 'guarantor', kind: 'text', zh: '保证人', en: 'Guarantor', max: 40 },
    { id: 'relation', kind: 'text', zh: '与本人关系', en: 'Relation', max: 20 },
    { id: 'way', kind: 'long', zh: '核查方式', en: 'How it is checked', required: true, max: 1000 },
    { id: 'scans', kind: 'files', zh: '签字件', en: 'Signed copies' },
  ],
  papers: ['D35', 'D36'],
  steps: [
    {
      id: 'seal',
      kind: 'opinion',
      zh: '所长签字盖章',
      en: 'Sealed by the office',
      post: 'officeHead',
      form: [
        opinion('司法所意见'),
        { id: 'signed', kind: 'flag', zh: '本人已签名', en: 'Signed by the person' },
        pastDay('sealedOn', '盖章日期', 'Sealed on'),
      ],
      ways: [
        { id: 'seal', zh: '签字盖章，报县级', en: 'Seal and pass on', to: 'file', tone: 'on' },
        { id: 'drop', zh: '不需要，终止', en: 'Not needed', to: 'refused', tone: 'no' },
      ],
    },
    {
      id: 'file',
      kind: 'decision',
      zh: '县级审批备案',
      en: 'Approval and filing',
      post: 'county',
      act: 'plan',
      form: [opinion('县级意见'), { id: 'fileNumber', kind: 'text', zh: '备案号', en: 'Filing number', max: 60 }],
      ways: [
        { id: 'approve', zh: '批准并备案', en: 'Approve and file', to: 'approved', tone: 'on', cites: ['EPD-09'] },
        sendBack('seal'),
        refuse(),
      ],
    },
  ],
  ends: [approved, refused],
})
