import { Day, Id, Instant, Note, OrgCode, OrgLevel, PageOf, pageQuery, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

/** A unit of the five-level tree. The length of its code tells the level: 0 ministry, 2, 4, 6, 9 office. */
export const Org = model('Org', {
  code: OrgCode,
  level: OrgLevel,
  parent: Nullable(OrgCode),
  name: Type.String(),
  nameEn: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  address: Nullable(Type.String()),
  urban: Type.Boolean({
    description: 'District of the urban area of its city: crossing into another one is not leaving',
  }),
  synthetic: Type.Boolean(),
  active: Type.Boolean(),
  children: Type.Integer({ description: 'Active units directly below' }),
  staff: Type.Integer({ description: 'Active accounts in this very unit, as far as the caller sees them' }),
  revision: Type.Integer(),
})
export type Org = Static<typeof Org>

const orgFields = {
  name: Text(60),
  nameEn: Type.Optional(Nullable(Note(80))),
  phone: Type.Optional(Nullable(Note(30))),
  address: Type.Optional(Nullable(Note(120))),
  urban: Type.Optional(Type.Boolean()),
}

export const RoleCard = model('RoleCard', {
  role: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  level: OrgLevel,
  reach: OneOf(['opened', 'handed', 'own', 'office', 'unit', 'counts']),
  administrator: Type.Boolean({ description: 'One of the three kept apart' }),
  byDesignation: Type.Array(Type.String(), { description: 'Data classes that need naming (专人)' }),
  permissions: Type.Array(Type.String()),
})

export const orgs = promises('orgs', {
  tree: {
    get: '/api/orgs',
    says: 'Units at and below one of the caller, parents first. The default starts at the own unit.',
    query: Type.Object({
      under: Type.Optional(OrgCode),
      depth: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 4, description: 'Levels below; default all, up to 5,000 units' }),
      ),
      closed: Type.Optional(Type.Boolean({ default: false })),
    }),
    answers: model('OrgList', {
      items: Type.Array(Org),
      cut: Type.Boolean({ description: 'More than 5,000; ask deeper units' }),
    }),
    may: 'signedIn',
  },
  get: {
    get: '/api/orgs/:code',
    says: 'One unit with the names of those above it.',
    answers: model('OrgWithPath', { org: Org, above: Type.Array(Type.Object({ code: OrgCode, name: Type.String() })) }),
    may: 'signedIn',
  },
  add: {
    post: '/api/orgs',
    says: 'Adds a unit directly below an existing one within the caller’s unit.',
    body: model('NewOrg', { code: OrgCode, ...orgFields }),
    answers: Org,
    may: 'org.edit',
    audits: 'write',
    refuses: ['ZJ_ORG_CODE_TAKEN', 'ZJ_ORG_PARENT_MISSING', 'ZJ_ORG_OUTSIDE'],
  },
  change: {
    put: '/api/orgs/:code',
    says: 'Changes name, phone, address or the urban mark of a unit.',
    body: model('OrgChange', { revision: Type.Integer(), ...orgFields }),
    answers: Org,
    may: 'org.edit',
    audits: 'write',
    refuses: ['ZJ_CHANGED'],
  },
  close: {
    post: '/api/orgs/:code/close',
    says: 'Closes a unit that has no active unit, account or person left.',
    body: model('OrgClose', { reason: Text(200) }),
    answers: Org,
    may: 'org.edit',
    audits: 'write',
    refuses: ['ZJ_ORG_IN_USE'],
  },
  reopen: {
    post: '/api/orgs/:code/reopen',
    says: 'Opens a closed unit again.',
    answers: Org,
    may: 'org.edit',
    audits: 'write',
  },
  roles: {
    get: '/api/roles',
    says: 'All roles, how far each sees and what each may do.',
    answers: model('RoleList', {
      items: Type.Array(RoleCard),
      inUse: Type.Array(Type.String(), {
        description: 'Permissions that something asks for; the others of the matrix open nothing yet',
      }),
    }),
    may: 'org.see',
  },
})

/** A staff account as the administrators see it. */
export const StaffMember = model('StaffMember', {
  id: Id,
  login: Type.String(),
  number: Type.String(),
  name: Type.String(),
  org: Type.Object({ code: OrgCode, name: Type.String() }),
  /** The court, procuratorate, police bureau or prison whose account it is. */
  organ: Nullable(Type.Object({ id: Id, name: Type.String() }, { additionalProperties: false })),
  phone: Nullable(Type.String()),
  certificate: Nullable(Type.String({ description: 'Number of the enforcement certificate 执法证' })),
  certificateUntil: Nullable(Day),
  roles: Type.Array(Type.String()),
  designations: Type.Array(OneOf(['minors', 'sealed'])),
  active: Type.Boolean(),
  locked: Type.Boolean(),
  secondFactor: Type.Boolean(),
  mustChangePassword: Type.Boolean(),
  lastLoginAt: Nullable(Instant),
  createdAt: Instant,
  revision: Type.Integer(),
})
export type StaffMember = Static<typeof StaffMember>

/** A colleague as pickers show him. */
export const Colleague = model('Colleague', {
  id: Id,
  name: Type.String(),
  number: Type.String(),
  org: Type.Object({ code: OrgCode, name: Type.String() }),
  roles: Type.Array(Type.String()),
})

const staffFields = {
  number: Text(20),
  name: Text(40),
  org: OrgCode,
  /** Name of the partner organ; one of this name within the unit is taken, else it is added. Left out: as it is. */
  organ: Type.Optional(Nullable(Note(60))),
  phone: Type.Optional(Nullable(Type.String({ pattern: '^[0-9+ -]{5,20}$' }))),
  certificate: Type.Optional(Nullable(Note(40))),
  certificateUntil: Type.Optional(Nullable(Day)),
}

/** Who takes over the running tasks; without one they go back to the post. */
const successor = { successor: Type.Optional(Id) }

/** Shown once; it must be changed at the first sign-in. */
const WithPassword = model('StaffWithPassword', { staff: StaffMember, password: Type.String() })

/** What somebody lost: 动态码, or a password that nobody else may set. */
export const Lost = OneOf(['secondFactor', 'password'], { title: 'Lost' })

export const Recovery = model('Recovery', {
  id: Id,
  about: Lost,
  staff: Type.Object({ id: Id, name: Type.String(), login: Type.String(), org: OrgCode }),
  reason: Type.String(),
  state: OneOf(['asked', 'approved', 'refused']),
  requestedBy: Type.String(),
  requestedById: Id,
  requestedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
})

export const staff = promises('staff', {
  list: {
    get: '/api/staff',
    says: 'Accounts at and below the caller’s unit. Sorts by name, login, number, org, lastLogin (default org).',
    query: Type.Object({
      ...pageQuery,
      q: Type.Optional(Note(40)),
      org: Type.Optional(OrgCode),
      role: Type.Optional(Note(30)),
      active: Type.Optional(Type.Boolean()),
      certificate: Type.Optional(
        OneOf(['held', 'missing', 'ending'], { description: '`ending`: within 60 days or already over' }),
      ),
    }),
    answers: PageOf(StaffMember),
    may: 'staff.see',
    audits: 'search',
  },
  colleagues: {
    get: '/api/staff/colleagues',
    says: 'Active colleagues of a unit, for choosing one: at most 200. Another organ is told its own desk only, and whom single duties are handed to himself.',
    query: Type.Object({
      org: Type.Optional(OrgCode),
      role: Type.Optional(Note(30)),
      q: Type.Optional(Note(40)),
    }),
    answers: model('Colleagues', { items: Type.Array(Colleague) }),
    may: 'signedIn',
  },
  organs: {
    get: '/api/staff/organs',
    says: 'Partner organs at and below the caller’s unit, with how many active accounts each has.',
    query: Type.Object({ org: Type.Optional(OrgCode) }),
    answers: model('Organs', {
      items: Type.Array(model('Organ', { id: Id, org: OrgCode, name: Type.String(), accounts: Type.Integer() })),
    }),
    may: 'staff.see',
  },
  joinOrgans: {
    post: '/api/staff/organs/:id/joining',
    says: 'Two entries that are one organ: accounts and requests of this one go over to the other, and it is gone.',
    body: model('OrgansJoined', { into: Id, reason: Text(200) }),
    answers: model('JoinedOrgans', { accounts: Type.Integer(), requests: Type.Integer() }),
    may: 'staff.edit',
    audits: 'security',
    refuses: ['ZJ_ORGAN_ITSELF'],
  },
  get: { get: '/api/staff/:id', says: 'One account.', answers: StaffMember, may: 'staff.see', audits: 'view' },
  add: {
    post: '/api/staff',
    says: 'Opens an account without any role. The first password is shown once.',
    body: model('NewStaff', { login: Type.String({ pattern: '^[a-z][a-z0-9._-]{2,31}$' }), ...staffFields }),
    answers: WithPassword,
    may: 'staff.edit',
    audits: 'security',
    refuses: ['ZJ_LOGIN_TAKEN', 'ZJ_ORG_OUTSIDE'],
  },
  change: {
    put: '/api/staff/:id',
    says: 'Changes number, name, unit, phone or certificate. To another unit nobody takes his tasks along.',
    body: model('StaffChange', { revision: Type.Integer(), ...staffFields, ...successor }),
    answers: StaffMember,
    may: 'staff.edit',
    audits: 'security',
    refuses: ['ZJ_CHANGED', 'ZJ_STAFF_SELF', 'ZJ_STAFF_HAS_CASELOAD', 'ZJ_STAFF_SUCCESSOR', 'ZJ_STAFF_ORGAN'],
  },
  deactivate: {
    post: '/api/staff/:id/deactivate',
    says: 'Closes an account and ends its sessions at once; its running tasks are handed over.',
    body: model('Deactivation', { reason: Text(200), ...successor }),
    answers: StaffMember,
    may: 'staff.edit',
    audits: 'security',
    refuses: ['ZJ_STAFF_SELF', 'ZJ_STAFF_HAS_CASELOAD', 'ZJ_STAFF_SUCCESSOR'],
  },
  reactivate: {
    post: '/api/staff/:id/reactivate',
    says: 'Opens a closed account again, with a new password shown once.',
    answers: WithPassword,
    may: 'staff.edit',
    audits: 'security',
  },
  setRoles: {
    put: '/api/staff/:id/roles',
    says: 'Gives and takes roles and designations (专人). Nobody may do it to himself; the three administrators exclude each other and every post.',
    body: model('RoleGrant', {
      roles: Type.Array(Type.String(), { maxItems: 6 }),
      designations: Type.Array(OneOf(['minors', 'sealed']), { maxItems: 2 }),
      reason: Text(200),
    }),
    answers: StaffMember,
    may: 'staff.roles',
    audits: 'security',
    refuses: ['ZJ_STAFF_SELF', 'ZJ_ROLES_EXCLUDE', 'ZJ_ROLE_UNKNOWN', 'ZJ_ROLE_TOO_HIGH', 'ZJ_STAFF_ORGAN'],
  },
  resetPassword: {
    post: '/api/staff/:id/password',
    says: 'Sets a first password anew, shown once; it must be changed at the next sign-in. Ends the sessions.',
    body: model('PasswordReset', { reason: Text(200) }),
    answers: WithPassword,
    may: 'staff.recover',
    audits: 'security',
    refuses: ['ZJ_STAFF_SELF'],
  },
  unlock: {
    post: '/api/staff/:id/unlock',
    says: 'Lifts a lockout before its end.',
    answers: StaffMember,
    may: 'staff.recover',
    audits: 'security',
    refuses: ['ZJ_STAFF_SELF'],
  },
  recoveries: {
    get: '/api/recoveries',
    says: 'Wishes to replace what somebody signs in with, within the caller’s unit, newest first.',
    query: Type.Object({ ...pageQuery, state: Type.Optional(OneOf(['asked', 'approved', 'refused'])) }),
    answers: PageOf(Recovery),
    may: 'recovery.decide',
    audits: 'view',
  },
  askRecovery: {
    post: '/api/staff/:id/recoveries',
    says: 'Asks that somebody’s lost second factor be replaced, or the forgotten password of a security administrator; another person decides.',
    body: model('RecoveryWish', { reason: Text(200), about: Type.Optional(Lost) }),
    answers: Recovery,
    may: 'recovery.ask',
    audits: 'security',
    refuses: ['ZJ_STAFF_SELF', 'ZJ_RECOVERY_OPEN', 'ZJ_RECOVERY_PASSWORD'],
  },
  decideRecovery: {
    post: '/api/recoveries/:id',
    says: 'Approves or refuses. Who asked cannot decide, nor the one concerned; of an account that is no administrator’s one of the two is a security administrator or head. Approved: the next sign-in enrols anew, or a first password is shown once.',
    body: model('RecoveryDecision', { approve: Type.Boolean() }),
    answers: model('RecoveryDecided', {
      recovery: Recovery,
      password: Nullable(Type.String({ description: 'Shown once; it must be changed at the first sign-in' })),
    }),
    may: 'recovery.decide',
    audits: 'security',
    refuses: ['ZJ_RECOVERY_SAME_PERSON', 'ZJ_RECOVERY_SETTLED', 'ZJ_RECOVERY_KEEPER'],
  },
})
