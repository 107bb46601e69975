import { createHash } from 'node:crypto'

/**
 * Accounts of the demonstration, printed at start and shown on its sign-in page. They exist only in a database that the
 * demonstration itself planted. The second factor's secret is public on purpose: anyone trying the demonstration can enrol it.
 */
const listed = [
  {
    login: 'officer',
    zh: '司法所工作人员（本人名下）',
    en: 'Judicial office officer (own caseload)',
    password: 'Zhijiao-2026',
  },
  { login: 'head', zh: '司法所长', en: 'Head of the judicial office', password: 'Zhijiao-2026' },
  { login: 'county', zh: '县级社区矫正机构', en: 'County agency', password: 'Zhijiao-2026' },
  {
    login: 'countyhead',
    zh: '县级社区矫正机构负责人',
    en: 'Head of the county agency',
    password: 'Zhijiao-2026',
  },
  {
    login: 'bureau',
    zh: '县司法局负责人（批准电子定位）',
    en: 'Head of the county bureau (approves devices)',
    password: 'Zhijiao-2026',
  },
  { login: 'city', zh: '市级社区矫正机构', en: 'City agency', password: 'Zhijiao-2026' },
  { login: 'province', zh: '省级社区矫正机构', en: 'Provincial agency', password: 'Zhijiao-2026' },
  { login: 'procurator', zh: '检察监督', en: 'Procurator', password: 'Zhijiao-2026' },
  {
    login: 'court',
    zh: '人民法院（委托调查评估）',
    en: 'Court (asks for assessments)',
    password: 'Zhijiao-2026',
  },
  { login: 'police', zh: '社区民警', en: 'Community police officer', password: 'Zhijiao-2026' },
  { login: 'village', zh: '村（居）民委员会', en: 'Village or residents’ committee', password: 'Zhijiao-2026' },
  { login: 'social', zh: '社会工作者', en: 'Social worker', password: 'Zhijiao-2026' },
  { login: 'volunteer', zh: '志愿者（矫正小组成员）', en: 'Volunteer (correction team)', password: 'Zhijiao-2026' },
  { login: 'sysadmin', zh: '系统管理员', en: 'System administrator', password: 'Zhijiao-2026' },
  { login: 'secadmin', zh: '安全管理员', en: 'Security administrator', password: 'Zhijiao-2026' },
  { login: 'auditor', zh: '审计管理员', en: 'Audit administrator', password: 'Zhijiao-2026' },
] as const

export interface DemoAccount {
  readonly login: string
  readonly zh: string
  readonly en: string
  readonly password: string
  /** Base32 secret of the second factor, to be typed into any authenticator. */
  readonly secret: string
}

export const demoAccounts: readonly DemoAccount[] = listed.map((account) => ({
  ...account,
  secret: base32(createHash('sha1').update(`zhijiao demonstration ${account.login}`).digest()),
}))

/** RFC 4648 §6 without padding; twenty bytes give thirty-two letters. */
function base32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return bits.replace(/.{5}/g, (five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(five, 2)))
}
