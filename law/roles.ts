/**
 * Staff roles (工作人员角色) and how far each sees. The supervised person and the guardian are no staff roles: they hold
 * duties and own data, not permissions.
 */

/** Level of the organisation in which a role usually sits. The session's own organisation code is what limits it. */
export type Level = 'ministry' | 'province' | 'city' | 'county' | 'office'

/**
 * How much of its organisation a role sees: only what it `opened` itself, only the duties `handed` to it by name or to its
 * post, its `own` caseload or tasks, the whole judicial `office`, the whole `unit` with everything below it, or `counts`
 * only, never a file.
 */
export type Reach = 'opened' | 'handed' | 'own' | 'office' | 'unit' | 'counts'

/** Kinds of data kept apart from the ordinary file (PIPL 28; Community Corrections Law 29, 54; CPL 286). */
export type DataClass = 'tracks' | 'psychology' | 'minors' | 'sealed' | 'complaints'

export interface RoleCard {
  readonly zh: string
  readonly en: string
  readonly level: Level
  readonly reach: Reach
  /** The most this role may be shown. */
  readonly dataClasses: readonly DataClass[]
  /** Those of `dataClasses` that need the staff member to be named for them (专人) besides holding the role. */
  readonly byDesignation: readonly DataClass[]
}

const card = (
  zh: string,
  en: string,
  level: Level,
  reach: Reach,
  dataClasses: readonly DataClass[] = [],
  byDesignation: readonly DataClass[] = [],
): RoleCard => ({ zh, en, level, reach, dataClasses, byDesignation })

const cards = {
  ministry: card('司法部', 'Ministry of Justice', 'ministry', 'counts'),
  province: card('省级社区矫正机构工作人员', 'Provincial agency staff', 'province', 'counts', ['tracks', 'complaints']),
  city: card('市级社区矫正机构工作人员', 'City agency staff', 'city', 'counts', ['tracks', 'complaints']),
  county: card(
    '县级社区矫正机构工作人员',
    'County agency staff',
    'county',
    'unit',
    ['tracks', 'psychology', 'minors', 'sealed'],
    ['minors', 'sealed'],
  ),
  /** Complaints about the own agency go round this role (Law 34): the room routes them by the accused unit. */
  countyHead: card('县级社区矫正机构负责人', 'Head of the county agency', 'county', 'unit', [
    'tracks',
    'psychology',
    'minors',
    'sealed',
    'complaints',
  ]),
  bureauHead: card('县级司法行政部门负责人', 'Head of the county judicial administration', 'county', 'unit', [
    'tracks',
    'minors',
  ]),
  officeHead: card(
    '司法所长',
    'Head of the judicial office',
    'office',
    'office',
    ['tracks', 'psychology', 'minors', 'sealed'],
    ['minors', 'sealed'],
  ),
  officer: card(
    '司法所工作人员',
    'Judicial office officer',
    'office',
    'own',
    ['tracks', 'psychology', 'minors', 'sealed'],
    ['minors', 'sealed'],
  ),
  /** Minors appear to social workers masked, so the class is not theirs. */
  socialWorker: card('社会工作者', 'Social worker', 'office', 'own', ['psychology']),
  volunteer: card('志愿者（矫正小组成员）', 'Volunteer (correction team)', 'office', 'handed'),
  villageCommittee: card('村（居）民委员会工作人员', 'Village or residents’ committee', 'office', 'handed'),
  communityPolice: card('社区民警', 'Community police officer', 'office', 'handed'),
  procurator: card('检察监督人员', 'Supervising procurator', 'county', 'unit', [
    'tracks',
    'psychology',
    'minors',
    'sealed',
    'complaints',
  ]),
  partnerOrgan: card('协作机关（法院、公安、监狱）', 'Partner organ (court, police, prison)', 'county', 'opened'),
  systemAdmin: card('系统管理员', 'System administrator', 'county', 'counts'),
  securityAdmin: card('安全管理员', 'Security administrator', 'county', 'counts'),
  auditAdmin: card('审计管理员', 'Audit administrator', 'county', 'counts'),
} as const satisfies Record<string, RoleCard>

export type Role = keyof typeof cards

export const roles: Readonly<Record<Role, RoleCard>> = cards

export const roleNames: readonly Role[] = Object.keys(cards) as Role[]

export function isRole(text: string): text is Role {
  return Object.hasOwn(cards, text)
}

/** The data classes that a staff member sees: those of the role, less those for which this one was not named. */
export function dataClassesOf(role: Role, designations: readonly DataClass[]): readonly DataClass[] {
  const { dataClasses, byDesignation } = roles[role]
  return dataClasses.filter((kind) => !byDesignation.includes(kind) || designations.includes(kind))
}

const administrators: readonly Role[] = ['systemAdmin', 'securityAdmin', 'auditAdmin']

/** The three administrators (三员), kept apart from each other and from every personal file (GB/T 22239). */
export function isAdministrator(role: Role): boolean {
  return administrators.includes(role)
}
