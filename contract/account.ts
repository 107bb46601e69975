import { Id, Instant, Note, OrgCode, OrgLevel, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

/** The unit somebody sits in. */
export const Seat = model('Seat', {
  code: OrgCode,
  level: OrgLevel,
  name: Type.String(),
  nameEn: Nullable(Type.String()),
  synthetic: Type.Boolean({ description: 'Drawn for a demonstration; every screen says so' }),
})

/** A classification level (管理级别) as the province set it (SET-34). */
const Level = Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })

/** Who is signed in: what the console needs to draw itself. */
export const Me = model('Me', {
  id: Id,
  login: Type.String(),
  name: Type.String(),
  number: Type.String({ description: '工号; its last four characters go into the watermark' }),
  org: Seat,
  organ: Nullable(Type.String({ description: 'Name of the partner organ whose account it is' })),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String(), { description: 'Keys of law/permissions.ts' }),
  reach: OneOf(['opened', 'handed', 'own', 'office', 'unit', 'counts', 'none']),
  levels: model('LevelsInForce', {
    offered: Type.Array(Level, { description: 'May be given in the unit, mildest first' }),
    former: Type.Array(Level, { description: 'Set before and not given any more; old records bear them' }),
  }),
  classes: Type.Array(Type.String(), { description: 'Data classes kept apart: tracks, psychology, minors …' }),
  designations: Type.Array(Type.String()),
  language: OneOf(['zh', 'en']),
  phone: Nullable(Type.String()),
  certificate: Nullable(Type.String()),
  phrases: Type.Array(Type.String(), { description: '常用意见' }),
  owes: Nullable(
    OneOf(['password', 'secondFactor'], { description: 'To be done before any room but `account` answers' }),
  ),
  secondFactor: Type.Boolean({ description: 'A second factor is enrolled' }),
  lastLoginAt: Nullable(Instant),
  lastLoginIp: Nullable(Type.String()),
  passwordExpiresAt: Instant,
  session: model('SessionLimits', {
    expiresAt: Instant,
    idleMinutes: Type.Integer({ description: 'Signed out after this long without a request of the person' }),
    warnSeconds: Type.Integer({ description: 'The warning dialog opens this long before' }),
  }),
  live: Type.String({
    description: 'Where the live line stood before this was read: its `since`, so that nothing is missed',
  }),
  now: Instant,
})
export type Me = Static<typeof Me>

export const SignIn = model('SignIn', {
  login: Text(64),
  password: Text(200),
  code: Type.Optional(Type.String({ pattern: '^[0-9]{6}$', description: 'Six digits of the authenticator' })),
})

/** `in`: signed in, `me` is filled. `secondFactor`: the password was right; send the same again with `code`. */
export const SignedIn = model('SignedIn', { step: OneOf(['in', 'secondFactor']), me: Nullable(Me) })

export const OwnSession = model('OwnSession', {
  id: Id,
  startedAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  ip: Nullable(Type.String()),
  agent: Nullable(Type.String()),
  secondFactor: Type.Boolean(),
  current: Type.Boolean(),
})

/** The room keeps this name: `mount` lets it work while a password or a second factor is owed. */
export const account = promises('account', {
  signIn: {
    post: '/api/account/sign-in',
    says: 'Signs in with account, password and, where enrolled, the second factor. Ends any other session of the account.',
    body: SignIn,
    answers: SignedIn,
    may: 'anyone',
    refuses: ['ZJ_SIGN_IN_WRONG', 'ZJ_SIGN_IN_LOCKED', 'ZJ_SECOND_FACTOR_WRONG', 'ZJ_TOO_MANY_REQUESTS'],
  },
  me: {
    get: '/api/account/me',
    says: 'Who is signed in, what he may do, and what he owes first.',
    answers: Me,
    may: 'signedIn',
  },
  signOut: {
    post: '/api/account/sign-out',
    says: 'Ends this session.',
    answers: 'nothing',
    may: 'signedIn',
    audits: 'security',
  },
  changePassword: {
    put: '/api/account/password',
    says: 'Sets a new password: at least 10 characters, three of four classes, not a weak one, none of the last five.',
    body: model('NewPassword', { current: Text(200), next: Text(200) }),
    answers: Me,
    may: 'signedIn',
    audits: 'security',
    refuses: ['ZJ_PASSWORD_WRONG', 'ZJ_PASSWORD_WEAK', 'ZJ_PASSWORD_REUSED'],
  },
  beginSecondFactor: {
    post: '/api/account/second-factor',
    says: 'Makes a new second-factor secret and shows it once. It holds when a code of it was confirmed.',
    body: model('SecondFactorWish', {
      password: Text(200),
      code: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
    }),
    answers: model('SecondFactorSecret', {
      uri: Type.String({ description: 'otpauth:// address, to be drawn as a QR code' }),
      secret: Type.String({ description: 'Base32, for typing' }),
    }),
    may: 'signedIn',
    audits: 'security',
    refuses: ['ZJ_PASSWORD_WRONG', 'ZJ_SECOND_FACTOR_WRONG'],
  },
  confirmSecondFactor: {
    put: '/api/account/second-factor',
    says: 'Confirms the second factor with a code of the new secret.',
    body: model('SecondFactorCode', { code: Type.String({ pattern: '^[0-9]{6}$' }) }),
    answers: Me,
    may: 'signedIn',
    audits: 'security',
    refuses: ['ZJ_SECOND_FACTOR_WRONG', 'ZJ_SECOND_FACTOR_NOT_BEGUN'],
  },
  sessions: {
    get: '/api/account/sessions',
    says: 'Own sessions.',
    answers: model('OwnSessions', { items: Type.Array(OwnSession) }),
    may: 'signedIn',
  },
  endSession: {
    delete: '/api/account/sessions/:id',
    says: 'Ends one of the own sessions.',
    answers: 'nothing',
    may: 'signedIn',
    audits: 'security',
  },
  setLanguage: {
    put: '/api/account/language',
    says: 'The language of messages and documents for this account.',
    body: model('Language', { language: OneOf(['zh', 'en']) }),
    answers: Me,
    may: 'signedIn',
  },
  setProfile: {
    put: '/api/account/profile',
    says: 'Own phone and phrases (常用意见).',
    body: model('Profile', {
      phone: Nullable(Type.String({ pattern: '^[0-9+ -]{5,20}$' })),
      phrases: Type.Array(Text(200), { maxItems: 50 }),
    }),
    answers: Me,
    may: 'signedIn',
  },
})

/** A production database without any staff is set up once, with the token that the start command printed. */
const Administrator = model('FirstAdministrator', {
  login: Type.String({ pattern: '^[a-z][a-z0-9._-]{2,31}$' }),
  number: Text(20),
  name: Text(40),
  password: Text(200),
})
export const FirstRun = model('FirstRun', {
  token: Text(100, 'Printed once by `zhijiao start`'),
  org: model('TopOrg', { code: OrgCode, name: Text(60), nameEn: Type.Optional(Nullable(Note(80))) }),
  systemAdmin: Administrator,
  securityAdmin: Administrator,
  auditAdmin: Administrator,
})
export const setup = promises('setup', {
  state: {
    get: '/api/setup',
    says: 'Whether this installation still waits for its top organisation and three administrators.',
    answers: model('SetupState', { open: Type.Boolean() }),
    may: 'anyone',
  },
  begin: {
    post: '/api/setup',
    says: 'Creates the top organisation and the three administrators, once.',
    body: FirstRun,
    answers: model('SetupDone', { org: OrgCode, logins: Type.Array(Type.String()) }),
    may: 'anyone',
    refuses: ['ZJ_SETUP_CLOSED', 'ZJ_SETUP_TOKEN_WRONG', 'ZJ_PASSWORD_WEAK'],
  },
})
