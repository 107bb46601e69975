import { Citation, Day, Id, Instant, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, Type } from './kernel.ts'

/** One setting with its bounds, so that a screen can draw its field. */
export const Setting = model('Setting', {
  key: Type.String(),
  says: Said,
  kind: OneOf(['number', 'text', 'switch']),
  value: Type.Union([Type.Number(), Type.String(), Type.Boolean()]),
  shipped: Type.Union([Type.Number(), Type.String(), Type.Boolean()]),
  min: Nullable(Type.Number()),
  max: Nullable(Type.Number()),
  unit: Nullable(Said),
  source: Nullable(Type.String({ description: 'What asks for the bound' })),
  changedBy: Nullable(Type.String()),
  changedAt: Nullable(Instant),
})
const Settings = model('Settings', { items: Type.Array(Setting) })
const Change = model('SettingChange', {
  value: Type.Union([Type.Number(), Type.String({ maxLength: 500 }), Type.Boolean()]),
})

const Value = Type.Union([
  Type.Number(),
  Type.String(),
  Type.Object({ min: Type.Number(), max: Type.Number() }, { additionalProperties: false }),
])

/** What the official text of a recalled rule says (更正); what is left out stays as it was. */
const Correction = Type.Object(
  {
    value: Type.Optional(
      Type.Union([
        Type.Number({ minimum: 1, maximum: 1000 }),
        Type.Object(
          { min: Type.Number({ minimum: 1 }), max: Type.Number({ maximum: 1000 }) },
          { additionalProperties: false },
        ),
      ]),
    ),
    article: Type.Optional(
      Type.String({ pattern: '^[0-9()+,、 /]{1,40}$', description: 'As the rules write it: 28, 35(5), 27+58' }),
    ),
    zh: Type.Optional(Text(200)),
    en: Type.Optional(Text(300)),
  },
  { additionalProperties: false },
)
const Corrections = Type.Record(Type.String(), Correction)

const dayList = Type.Array(Day, { maxItems: 120, uniqueItems: true })
/** Yearly notices of the State Council (放假调休): days off, weekends inside a holiday included, and make-up days worked. */
const Holidays = Type.Record(
  Type.String({ pattern: '^20[0-9]{2}$' }),
  Type.Object({ off: dayList, work: dayList }, { additionalProperties: false }),
)

/** A number that the province or county sets (地方参数). */
export const Parameter = model('LawParameter', {
  id: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  value: Value,
  shipped: Value,
  unit: Nullable(Type.String()),
  operator: Nullable(Type.String()),
  source: Type.String(),
  bounds: Nullable(Type.Object({ min: Type.Number(), max: Type.Number() })),
  revision: Nullable(Id),
})

/** A rule as the platform applies it, with the mark that its text is still to be confirmed. */
export const LawRule = model('LawRule', {
  ...Citation.properties,
  en: Type.String(),
  kind: Type.String(),
  value: Type.Union([Type.Number(), Type.Object({ min: Type.Number(), max: Type.Number() }), Type.Null()]),
  unit: Nullable(Type.String()),
  from: Day,
  until: Nullable(Day),
  note: Nullable(Type.String()),
  correctable: Type.Boolean({ description: 'Recalled when it shipped: its text may be corrected with a source' }),
  corrected: Type.Boolean({ description: 'Reads otherwise here than it shipped' }),
})

/** A change of local parameters, or the confirmation or correction of recalled rules, drafted by one person and published by another. */
export const LawRevision = model('LawRevision', {
  id: Id,
  org: OrgCode,
  orgName: Type.String({ description: 'The unit that it holds for, with those below it' }),
  state: OneOf(['draft', 'published', 'withdrawn']),
  from: Day,
  source: Type.String({ description: 'The document it rests on' }),
  holidays: Holidays,
  values: Type.Record(Type.String(), Value),
  confirms: Type.Array(Type.String()),
  corrects: Corrections,
  draftedBy: Type.String(),
  draftedById: Id,
  draftedAt: Instant,
  publishedBy: Nullable(Type.String()),
  publishedAt: Nullable(Instant),
})

export const settings = promises('settings', {
  system: { get: '/api/settings/system', says: 'Settings of the platform.', answers: Settings, may: 'system.settings' },
  setSystem: {
    put: '/api/settings/system/:key',
    says: 'Changes one setting of the platform.',
    body: Change,
    answers: Setting,
    may: 'system.settings',
    audits: 'security',
    refuses: ['ZJ_SETTING_OUT_OF_BOUNDS'],
  },
  security: {
    get: '/api/settings/security',
    says: 'Session, password, lockout and look limits.',
    answers: Settings,
    may: 'security.settings',
  },
  setSecurity: {
    put: '/api/settings/security/:key',
    says: 'Changes one security setting within its legal bounds.',
    body: Change,
    answers: Setting,
    may: 'security.settings',
    audits: 'security',
    refuses: ['ZJ_SETTING_OUT_OF_BOUNDS'],
  },
  public: {
    get: '/api/settings/public',
    says: 'What every screen shows before and after sign-in: name of the platform, notice, help line.',
    answers: model('PublicSettings', {
      name: Type.String(),
      nameEn: Type.String(),
      notice: Type.String(),
      helpPhone: Type.String(),
      mode: OneOf(['demo', 'production', 'test']),
      setupOpen: Type.Boolean(),
    }),
    may: 'anyone',
  },
})

export const lawDesk = promises('lawDesk', {
  rules: {
    get: '/api/law/rules',
    says: 'The rules in force today in the caller’s unit, with source and article. Sorts by rule, source, from (as they stand in the law by default).',
    query: Type.Object({
      ...pageQuery,
      q: Type.Optional(Note(40)),
      kind: Type.Optional(Note(20)),
      recalled: Type.Optional(Type.Boolean()),
    }),
    answers: PageOf(LawRule),
    may: 'law.see',
  },
  parameters: {
    get: '/api/law/parameters',
    says: 'Local parameters as the nearest unit set them.',
    answers: model('LawParameters', { items: Type.Array(Parameter), revision: Type.String() }),
    may: 'law.see',
  },
  calendar: {
    get: '/api/law/calendar',
    says: 'The years whose holiday notice is known; a working-day deadline into any other year has no answer yet.',
    answers: model('LawCalendar', {
      years: Type.Array(
        Type.Object(
          { year: Type.Integer(), off: Type.Array(Day), work: Type.Array(Day) },
          { additionalProperties: false },
        ),
      ),
      missing: Type.Array(Type.Integer(), { description: 'This year and the next, where their notice is not known' }),
    }),
    may: 'law.see',
  },
  clocks: {
    get: '/api/law/clocks',
    says: 'How many running duties of the caller’s unit and below are counted by each of these rules. They keep the day they have; what opens later is counted as the rule then reads.',
    query: Type.Object(
      { rules: Type.String({ maxLength: 1000, description: 'Ids with commas between' }) },
      { additionalProperties: false },
    ),
    answers: model('LawClocks', {
      items: Type.Array(Type.Object({ rule: Type.String(), running: Type.Integer() }, { additionalProperties: false })),
    }),
    may: 'law.see',
  },
  revisions: {
    get: '/api/law/revisions',
    says: 'Drafts and publications that bear on the caller’s unit, newest first.',
    query: Type.Object({ ...pageQuery, state: Type.Optional(OneOf(['draft', 'published', 'withdrawn'])) }),
    answers: PageOf(LawRevision),
    may: 'law.see',
  },
  draft: {
    post: '/api/law/revisions',
    says: 'Drafts a change for the caller’s unit and everything below it. It changes nothing until another person publishes it.',
    body: model('LawDraft', {
      from: Day,
      source: Text(200),
      values: Type.Record(Type.String(), Value),
      confirms: Type.Array(Type.String(), { maxItems: 200 }),
      corrects: Type.Optional(Corrections),
      holidays: Type.Optional(Holidays),
    }),
    answers: LawRevision,
    may: 'law.edit',
    audits: 'write',
    refuses: [
      'ZJ_LAW_DRAFT_EMPTY',
      'ZJ_LAW_DRAFT_UNKNOWN',
      'ZJ_LAW_DRAFT_VALUE',
      'ZJ_LAW_DRAFT_BOUNDS',
      'ZJ_LAW_DRAFT_HOURS',
      'ZJ_LAW_DRAFT_SHAPE',
      'ZJ_LAW_DRAFT_CHECKED',
      'ZJ_LAW_DRAFT_SAME',
      'ZJ_LAW_DRAFT_LEVEL',
      'ZJ_LAW_LEVELS_NONE',
      'ZJ_LAW_LEVELS_CODE',
      'ZJ_LAW_LEVELS_NAME',
      'ZJ_LAW_LEVELS_TWICE',
      'ZJ_LAW_LEVELS_ABOVE',
      'ZJ_LAW_LEVEL_HELD',
      'ZJ_LAW_CALENDAR_INVALID',
    ],
  },
  publish: {
    post: '/api/law/revisions/:id/publish',
    says: 'Publishes a draft of somebody else. It holds from its day on.',
    answers: LawRevision,
    may: 'law.publish',
    audits: 'write',
    refuses: ['ZJ_LAW_SAME_PERSON', 'ZJ_LAW_SETTLED', 'ZJ_LAW_LEVEL_HELD'],
  },
  withdraw: {
    post: '/api/law/revisions/:id/withdraw',
    says: 'Withdraws a draft: whoever drafted it or may publish it.',
    body: model('LawWithdrawal', { reason: Text(200) }),
    answers: LawRevision,
    may: 'law.see',
    audits: 'write',
    refuses: ['ZJ_LAW_SETTLED', 'ZJ_NOT_ALLOWED'],
  },
})
