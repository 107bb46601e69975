import { Instant } from './common.ts'
import { model, Nullable, OneOf, promises, Type } from './kernel.ts'

export const Health = model('Health', {
  live: Type.Boolean(),
  version: Type.String(),
  at: Instant,
})

export const Readiness = model('Readiness', {
  ready: Type.Boolean(),
  parts: Type.Array(OneOf(['api', 'gateway', 'engine', 'worker'])),
  database: OneOf(['up', 'down']),
  migration: Nullable(Type.Integer()),
  /** Entries written and not sealed yet. */
  unsealed: Nullable(Type.Integer()),
  mode: OneOf(['demo', 'production', 'test']),
})

/** What the console must know before anybody signs in; no personal data. */
export const Facts = model('Facts', {
  mode: OneOf(['demo', 'production', 'test']),
  synthetic: Type.Boolean({ description: 'The county is drawn, not real; every screen says so' }),
  tiles: Nullable(
    Type.Object({
      kind: OneOf(['pmtiles', 'xyz', 'wmts']),
      at: Type.String(),
      datum: OneOf(['WGS84', 'GCJ02']),
    }),
  ),
  demoAccounts: Type.Array(
    Type.Object({
      login: Type.String(),
      zh: Type.String(),
      en: Type.String(),
      password: Type.String(),
      totp: Nullable(Type.String()),
    }),
    { description: 'Only in the demonstration' },
  ),
})

export const system = promises('system', {
  health: { get: '/api/health', says: 'The process answers.', answers: Health, may: 'anyone', document: 'exchange' },
  ready: {
    get: '/api/ready',
    says: 'The process can do its work; 503 while the database is away.',
    answers: Readiness,
    may: 'anyone',
    refuses: ['ZJ_UNAVAILABLE'],
    document: 'exchange',
  },
  facts: {
    get: '/api/facts',
    says: 'What the console must know before anybody signs in.',
    answers: Facts,
    may: 'anyone',
  },
  metrics: {
    get: '/api/metrics',
    says: 'Prometheus metrics; counts only, no personal data.',
    answers: 'file',
    may: 'system.health',
    orToken: 'metrics',
    refuses: ['ZJ_TOKEN_WRONG'],
  },
})
