/**
 * Accounts of the demonstration, printed at start and shown on its sign-in page. They exist only in a database that the
 * demonstration itself planted. The second factor's secret is public on purpose: anyone trying the demonstration can enrol it.
 */
export const demoAccounts = [
  {
    login: 'officer',
    zh: '司法所工作人员(本人名下)',
    en: 'Judicial office officer (own caseload)',
    password: 'Zhijiao-2026',
    totp: null,
  },
  { login: 'head', zh: '司法所长', en: 'Head of the judicial office', password: 'Zhijiao-2026', totp: null },
  { login: 'county', zh: '县级社区矫正机构', en: 'County agency', password: 'Zhijiao-2026', totp: null },
  {
    login: 'countyhead',
    zh: '县级社区矫正机构负责人',
    en: 'Head of the county agency',
    password: 'Zhijiao-2026',
    totp: null,
  },
  {
    login: 'bureau',
    zh: '县司法局负责人(批准电子定位)',
    en: 'Head of the county bureau (approves devices)',
    password: 'Zhijiao-2026',
    totp: null,
  },
  { login: 'city', zh: '市级社区矫正机构', en: 'City agency', password: 'Zhijiao-2026', totp: null },
  { login: 'procurator', zh: '检察监督', en: 'Procurator', password: 'Zhijiao-2026', totp: null },
  { login: 'sysadmin', zh: '系统管理员', en: 'System administrator', password: 'Zhijiao-2026', totp: null },
  { login: 'secadmin', zh: '安全管理员', en: 'Security administrator', password: 'Zhijiao-2026', totp: null },
  { login: 'auditor', zh: '审计管理员', en: 'Audit administrator', password: 'Zhijiao-2026', totp: null },
] as const
