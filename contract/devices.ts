import { Citation, Day, Done, Id, Instant, Note, OrgCode, PageOf, pageQuery, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

export const DeviceKind = OneOf(['phone', 'wristband', 'simulator'], {
  title: 'DeviceKind',
  description: 'phone: information check only (法 26); wristband: dedicated equipment (法 29)',
})
export type DeviceKind = Static<typeof DeviceKind>
export const Protocol = OneOf(['jt808', 'gt06', 'watch', 'osmand', 'owntracks', 'app'], { title: 'DeviceProtocol' })
export type Protocol = Static<typeof Protocol>
/** 在库, 已发放, 维修, 报废, 遗失. */
export const DeviceState = OneOf(['stock', 'issued', 'repair', 'retired', 'lost'], { title: 'DeviceState' })
export type DeviceState = Static<typeof DeviceState>
export const Regime = OneOf(['check', 'device'], {
  title: 'Regime',
  description: 'check: 信息化核查 (法 26); device: 电子定位装置 (法 29)',
})
export type Regime = Static<typeof Regime>
export const ActivationState = OneOf(['proposed', 'running', 'refused', 'ended'], { title: 'ActivationState' })
export type ActivationState = Static<typeof ActivationState>
/** 使用期满, 解除, 解矫, 羁押收监, 死亡, 执行地变更, 更换设备, 收回设备. */
export const EndReason = OneOf(
  ['term', 'removal', 'release', 'custody', 'death', 'transfer', 'deviceChanged', 'deviceReturned'],
  { title: 'EndReason' },
)
export type EndReason = Static<typeof EndReason>
const Crs = OneOf(['WGS84', 'GCJ02', 'BD09'], { description: 'What the model sends where its protocol does not say' })
const Identity = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[A-Za-z0-9_.@-]+$',
  description: 'As it travels: terminal number, IMEI or install id; leading zeros do not matter',
})
const Holder = Nullable(Type.Object({ id: Id, name: Type.String(), number: Type.String() }))

export const Device = model('Device', {
  id: Id,
  org: OrgCode,
  kind: DeviceKind,
  protocol: Protocol,
  identity: Type.String(),
  model: Type.String(),
  sim: Nullable(Type.String()),
  crs: Crs,
  state: DeviceState,
  holder: Holder,
  hasSecret: Type.Boolean({ description: 'False: everything it sends is marked "source not authenticated"' }),
  proof: OneOf(['none', 'proven', 'lapsed'], {
    description:
      'none: it has not shown its secret yet; lapsed: it did once, and somebody speaks under its number without it since. It is told nothing on such a line.',
  }),
  provenAt: Nullable(Instant),
  unprovenAt: Nullable(Instant),
  secretOpenUntil: Nullable(Instant),
  lastSeenAt: Nullable(Instant),
  batteryPct: Nullable(Type.Integer()),
  online: Type.Boolean({ description: 'Heard of within the last ten minutes' }),
  activation: Nullable(Type.Object({ id: Id, no: Type.Integer(), regime: Regime, endsAt: Instant })),
  createdAt: Instant,
  revision: Type.Integer(),
})
export type Device = Static<typeof Device>

export const NewDevice = model('NewDevice', {
  org: Type.Optional(OrgCode),
  kind: DeviceKind,
  protocol: Protocol,
  identity: Identity,
  model: Type.Optional(Note(60)),
  sim: Type.Optional(Nullable(Type.String({ pattern: '^[0-9+-]{5,20}$' }))),
  crs: Type.Optional(Crs),
})
export type NewDevice = Static<typeof NewDevice>

/** Shown once; afterwards only its hash is known to anybody. */
export const DeviceSecret = model('DeviceSecret', { device: Device, secret: Type.String() })

/** Why the register changed; the written reason goes into the ledger. */
const because = { reason: Text(200), revision: Type.Integer() }

export const RegisterLine = model('RegisterLine', {
  at: Instant,
  kind: Type.String({
    description: 'device.registered, .issued, .swapped, .returned, .inspected, activation.approved …',
  }),
  by: Type.String(),
  person: Nullable(Type.Object({ id: Id, name: Type.String() })),
  reason: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
})

export const HealthLine = model('HealthLine', {
  at: Instant,
  kind: Type.String({ description: 'A device event, selfCheck, or inspected' }),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export const DeviceHealth = model('DeviceHealth', {
  device: Device,
  /** Newest known state of each thing a device can tell of itself. */
  now: Type.Object({
    batteryPct: Nullable(Type.Integer()),
    charging: Nullable(Type.Boolean()),
    strap: OneOf(['closed', 'open', 'unknown']),
    housing: OneOf(['sound', 'open', 'unknown']),
    water: OneOf(['sound', 'damaged', 'unknown']),
    gnss: OneOf(['sound', 'fault', 'unknown']),
    firmware: Nullable(Type.String()),
    selfCheckAt: Nullable(Instant),
  }),
  faults: Type.Array(Said),
  lines: Type.Array(HealthLine),
})

export const Inspection = model('Inspection', {
  water: OneOf(['sound', 'damaged']),
  housing: OneOf(['sound', 'open']),
  strap: OneOf(['sound', 'worn', 'cut']),
  battery: OneOf(['sound', 'weak', 'dead']),
  note: Type.Optional(Note(500)),
})

export const UnknownDevice = model('UnknownDevice', {
  protocol: Protocol,
  identity: Type.String(),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  messages: Type.Integer(),
  remote: Nullable(Type.String()),
  says: Type.Record(Type.String(), Type.Unknown(), { description: 'What it registered with: maker, model, county' }),
})

/** What the server may send to a device. */
export const DeviceCommand = Type.Union([
  model('LocateCommand', { kind: Type.Literal('locate') }),
  model('BurstCommand', {
    kind: Type.Literal('burst'),
    intervalS: Type.Integer({ minimum: 5, maximum: 600 }),
    validityS: Type.Integer({ minimum: 10, maximum: 3600 }),
  }),
  model('IntervalCommand', { kind: Type.Literal('interval'), seconds: Type.Integer({ minimum: 10, maximum: 86_400 }) }),
  model('TextCommand', { kind: Type.Literal('text'), text: Text(200) }),
  model('SelfCheckCommand', { kind: Type.Literal('selfCheck') }),
  model('ReadParametersCommand', {
    kind: Type.Literal('readParameters'),
  }),
  model('StopCommand', { kind: Type.Literal('stop') }),
])
export type DeviceCommand = Static<typeof DeviceCommand>

/** 已换持有人, 定位启用已变: why a command that waited is not sent any more. */
export const WithdrawnFor = OneOf(['holder', 'term'], {
  title: 'WithdrawnFor',
  description: 'holder: the device changed hands; term: no term of that person allows it now, or another one runs',
})
export type WithdrawnFor = Static<typeof WithdrawnFor>

export const CommandLine = model('CommandLine', {
  id: Id,
  command: DeviceCommand,
  why: Type.String(),
  askedBy: Type.String(),
  askedAt: Instant,
  expiresAt: Instant,
  /** The last time it was sent. */
  sentAt: Nullable(Instant),
  sends: Type.Integer({ description: 'How often it was sent so far; what nobody answers is sent again' }),
  answeredAt: Nullable(Instant),
  state: OneOf(['waiting', 'sent', 'answered', 'refused', 'unsupported', 'expired', 'withdrawn']),
  /** It was not sent, because what it was meant for is over. */
  withdrawn: Nullable(Type.Object({ at: Instant, why: WithdrawnFor, says: Said })),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type CommandLine = Static<typeof CommandLine>

/** The five grounds of 社区矫正法 29, as `law/term.ts` names them. */
export const DeviceGround = OneOf(
  ['injunctionBreach', 'leftWithoutApproval', 'refusedToReport', 'policePenalty', 'revocationProposed'],
  { title: 'DeviceGround' },
)

export const Activation = model('Activation', {
  id: Id,
  no: Type.Integer({ description: 'Short number used in tracks and evidence' }),
  person: Type.Object({ id: Id, name: Type.String(), number: Type.String() }),
  device: Type.Object({ id: Id, kind: DeviceKind, protocol: Protocol, identity: Type.String(), model: Type.String() }),
  org: OrgCode,
  regime: Regime,
  ground: Type.String(),
  groundSays: Said,
  cites: Type.Array(Citation),
  startsAt: Instant,
  endsAt: Instant,
  lastDay: Day,
  daysLeft: Type.Integer({ description: 'Legal days left, the last one counted; 0 on the day after' }),
  ceilingS: Nullable(Type.Integer({ description: 'Least seconds between two positions under the information check' })),
  intervalS: Type.Integer(),
  state: ActivationState,
  proposedBy: Nullable(Type.String()),
  proposedAt: Instant,
  approver: Type.String(),
  approvedAt: Nullable(Instant),
  document: Type.String({ description: 'Number of the approval form' }),
  assessment: Type.String(),
  extends: Nullable(Id),
  endedAt: Nullable(Instant),
  endReason: Nullable(EndReason),
  imported: Type.Boolean(),
  /** Where an imported term of the past is not as the law of today would have it. */
  departs: Type.Array(Citation),
  revision: Type.Integer(),
})
export type Activation = Static<typeof Activation>

export const CheckProposal = model('CheckProposal', {
  regime: Type.Literal('check'),
  deviceId: Id,
  startsOn: Type.Optional(Day),
  lastDay: Type.Optional(Type.Union([Day], { description: 'Default: the last day of correction' })),
  document: Type.Optional(Note(60)),
})
export const DeviceProposal = model('DeviceProposal', {
  regime: Type.Literal('device'),
  deviceId: Id,
  ground: DeviceGround,
  facts: Text(1000, 'The facts behind the ground'),
  startsOn: Type.Optional(Day),
  lastDay: Day,
  intervalS: Type.Optional(Type.Integer({ minimum: 10, maximum: 3600 })),
  document: Type.Optional(Note(60)),
})

export const activationConditions = {
  org: Type.Optional(OrgCode),
  regime: Type.Optional(Regime),
  state: Type.Optional(ActivationState),
  /** Running terms that end within so many days. */
  endsWithinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 366 })),
  q: Type.Optional(Note(40)),
}

export const devices = promises('devices', {
  list: {
    get: '/api/devices',
    says: 'Inventory of the unit. Sorts by identity, lastSeenAt, batteryPct, createdAt.',
    query: Type.Object({
      ...pageQuery,
      org: Type.Optional(OrgCode),
      kind: Type.Optional(DeviceKind),
      protocol: Type.Optional(Protocol),
      state: Type.Optional(DeviceState),
      holder: Type.Optional(Id),
      online: Type.Optional(Type.Boolean()),
      lapsed: Type.Optional(Type.Boolean({ description: 'Proved itself once and speaks without since' })),
      q: Type.Optional(Note(40)),
    }),
    answers: PageOf(Device),
    may: 'device.see',
    audits: 'search',
  },
  counts: {
    get: '/api/devices/counts',
    says: 'How many devices in each state, and how many persons in correction have none.',
    query: Type.Object({ org: Type.Optional(OrgCode) }),
    answers: model('DeviceCounts', {
      byState: Type.Record(Type.String(), Type.Integer()),
      online: Type.Integer(),
      lapsed: Type.Integer({ description: 'Proved themselves once and speak without since' }),
      running: Type.Object({ check: Type.Integer(), device: Type.Integer() }),
      endingSoon: Type.Integer({ description: 'Running terms that end within seven days' }),
      peopleWithout: Type.Integer(),
    }),
    may: 'device.see',
  },
  get: { get: '/api/devices/:id', says: 'One device.', answers: Device, may: 'device.see', audits: 'view' },
  register: {
    post: '/api/devices',
    says: 'Takes a device into the inventory and makes its secret, shown this once.',
    body: NewDevice,
    answers: DeviceSecret,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_DEVICE_KNOWN', 'ZJ_DEVICE_ORG'],
  },
  edit: {
    put: '/api/devices/:id',
    says: 'Corrects model, SIM number, coordinate system or unit.',
    body: model('DeviceChange', {
      model: Type.Optional(Note(60)),
      sim: Type.Optional(Nullable(Type.String({ pattern: '^[0-9+-]{5,20}$' }))),
      crs: Type.Optional(Crs),
      org: Type.Optional(OrgCode),
      revision: Type.Integer(),
    }),
    answers: Device,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_CHANGED', 'ZJ_DEVICE_ORG'],
  },
  secret: {
    post: '/api/devices/:id/secret',
    says: 'Makes a new secret; the old one ends at once. Nobody is handed it for registering, unless that is allowed for ten minutes.',
    body: model('SecretRenewal', {
      ...because,
      atRegistration: Type.Optional(
        Type.Boolean({
          description: 'The first terminal that registers under the number within ten minutes is handed the new secret',
        }),
      ),
    }),
    answers: DeviceSecret,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_CHANGED'],
  },
  issue: {
    post: '/api/devices/:id/issue',
    says: 'Hands a device from stock to a person. Positions need an activation besides.',
    body: model('DeviceIssue', { personId: Id, note: Type.Optional(Note(200)), revision: Type.Integer() }),
    answers: Device,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_DEVICE_NOT_IN_STOCK', 'ZJ_DEVICE_PERSON_STATE', 'ZJ_CHANGED'],
  },
  swap: {
    post: '/api/devices/:id/swap',
    says: 'Takes this device back and hands another; a running term goes on with the new one, same ground and last day.',
    body: model('DeviceSwap', { toDeviceId: Id, oldState: OneOf(['stock', 'repair', 'retired', 'lost']), ...because }),
    answers: Device,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_DEVICE_NOT_ISSUED', 'ZJ_DEVICE_NOT_IN_STOCK', 'ZJ_DEVICE_KIND', 'ZJ_CHANGED'],
  },
  takeBack: {
    post: '/api/devices/:id/return',
    says: 'Takes a device back; its running terms end now.',
    body: model('DeviceReturn', { state: OneOf(['stock', 'repair', 'retired', 'lost']), ...because }),
    answers: Device,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_DEVICE_NOT_ISSUED', 'ZJ_CHANGED'],
  },
  retire: {
    post: '/api/devices/:id/state',
    says: 'Moves a device that nobody holds: to repair, back to stock, out of use, or lost.',
    body: model('DeviceMove', { state: OneOf(['stock', 'repair', 'retired', 'lost']), ...because }),
    answers: Device,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_DEVICE_ISSUED', 'ZJ_CHANGED'],
  },
  history: {
    get: '/api/devices/:id/history',
    says: 'Issue and return register of one device 发放回收登记, newest first, from the ledger.',
    query: Type.Object({ ...pageQuery }),
    answers: PageOf(RegisterLine),
    may: 'device.see',
    audits: 'view',
  },
  health: {
    get: '/api/devices/:id/health',
    says: 'Health record: what the device reported of itself and what was found when it was inspected.',
    answers: DeviceHealth,
    may: 'device.see',
    audits: 'view',
  },
  inspect: {
    post: '/api/devices/:id/inspections',
    says: 'Writes down what an officer found: water, housing, strap, battery.',
    body: Inspection,
    answers: DeviceHealth,
    may: 'device.command',
    audits: 'write',
  },
  unknown: {
    get: '/api/unknown-devices',
    says: 'Devices that spoke to us and are in no inventory. Nothing they sent was kept. Sorts by lastSeenAt, messages.',
    query: Type.Object({ ...pageQuery, protocol: Type.Optional(Protocol), q: Type.Optional(Note(40)) }),
    answers: PageOf(UnknownDevice),
    may: 'device.edit',
    audits: 'view',
  },
  adopt: {
    post: '/api/unknown-devices/:protocol/:identity/adoption',
    says: 'Takes an unknown device into the inventory.',
    body: model('Adoption', {
      org: Type.Optional(OrgCode),
      kind: DeviceKind,
      model: Type.Optional(Note(60)),
      crs: Type.Optional(Crs),
    }),
    answers: DeviceSecret,
    may: 'device.edit',
    audits: 'write',
    refuses: ['ZJ_DEVICE_KNOWN'],
  },
  discard: {
    delete: '/api/unknown-devices/:protocol/:identity',
    says: 'Clears an unknown device from the list; it comes back if it speaks again.',
    answers: Done,
    may: 'device.edit',
    audits: 'write',
  },
  command: {
    post: '/api/devices/:id/commands',
    says: 'Sends a command, at once if the device is connected, else when it next is, until it expires.',
    body: model('CommandRequest', {
      command: DeviceCommand,
      why: Text(200),
      expiresInS: Type.Optional(Type.Integer({ minimum: 10, maximum: 86_400, default: 600 })),
    }),
    answers: CommandLine,
    may: 'device.command',
    audits: 'write',
    refuses: ['ZJ_DEVICE_COMMAND_OVER_CEILING', 'ZJ_DEVICE_NO_TERM'],
  },
  commands: {
    get: '/api/devices/:id/commands',
    says: 'Commands to one device with what it answered, newest first.',
    query: Type.Object({ ...pageQuery }),
    answers: PageOf(CommandLine),
    may: 'device.see',
    audits: 'view',
  },
  commandState: {
    get: '/api/device-commands/:id',
    says: 'One command, for whoever waits for its answer.',
    answers: CommandLine,
    may: 'device.see',
    audits: 'view',
  },
})

/** 定位启用: who is positioned, with which device, on what basis, until when. */
export const activations = promises('activations', {
  list: {
    get: '/api/activations',
    says: 'Activations in scope. Sorts by endsAt, startsAt, person.',
    query: Type.Object({ ...pageQuery, ...activationConditions }),
    answers: PageOf(Activation),
    may: 'activation.see',
    audits: 'search',
  },
  ofPerson: {
    get: '/api/people/:personId/activations',
    says: 'All activations of one person, newest first.',
    answers: model('PersonActivations', { items: Type.Array(Activation) }),
    may: 'activation.see',
    audits: 'view',
  },
  get: {
    get: '/api/activations/:id',
    says: 'One activation.',
    answers: Activation,
    may: 'activation.see',
    audits: 'view',
  },
  propose: {
    post: '/api/people/:personId/activations',
    says: 'Starts an information check in the caller’s own name (法 26), or proposes an electronic device to the head of the judicial administration (法 29).',
    body: Type.Union([CheckProposal, DeviceProposal]),
    answers: Activation,
    may: 'activation.propose',
    audits: 'write',
    refuses: [
      'ZJ_ACTIVATION_KIND',
      'ZJ_ACTIVATION_HOLDER',
      'ZJ_ACTIVATION_TERM',
      'ZJ_ACTIVATION_OVERLAP',
      'ZJ_DEVICE_PERSON_STATE',
    ],
  },
  approve: {
    post: '/api/activations/:id/approval',
    says: 'The head of the county judicial administration approves (EPD-02); the term begins on its first day or now.',
    body: model('ActivationApproval', {
      document: Type.Optional(Note(60)),
      note: Type.Optional(Note(500)),
      revision: Type.Integer(),
    }),
    answers: Activation,
    may: 'activation.approve',
    audits: 'write',
    refuses: ['ZJ_ACTIVATION_STATE', 'ZJ_ACTIVATION_TERM', 'ZJ_ACTIVATION_OVERLAP', 'ZJ_CHANGED'],
  },
  refuse: {
    post: '/api/activations/:id/refusal',
    says: 'The head of the county judicial administration refuses, with the reason.',
    body: model('ActivationRefusal', { ...because }),
    answers: Activation,
    may: 'activation.approve',
    audits: 'write',
    refuses: ['ZJ_ACTIVATION_STATE', 'ZJ_CHANGED'],
  },
  extend: {
    post: '/api/activations/:id/extension',
    says: 'Proposes at most three more months after a fresh assessment (EPD-04); approved like a first term, before this one ends.',
    body: model('ActivationExtension', {
      assessedOn: Day,
      assessment: Text(1000, 'Why it is still needed'),
      lastDay: Day,
      revision: Type.Integer(),
    }),
    answers: Activation,
    may: 'activation.propose',
    audits: 'write',
    refuses: ['ZJ_ACTIVATION_STATE', 'ZJ_ACTIVATION_TERM', 'ZJ_ACTIVATION_EXTENDED', 'ZJ_CHANGED'],
  },
  end: {
    post: '/api/activations/:id/end',
    says: 'Ends a running term now; the device is told to stop and open episodes settle as "term ended". The removal of an electronic device is decided in its procedure (deviceUse).',
    body: model('ActivationEnd', {
      why: OneOf(['removal', 'release', 'custody', 'death', 'transfer']),
      ...because,
    }),
    answers: Activation,
    may: 'activation.propose',
    audits: 'write',
    refuses: ['ZJ_ACTIVATION_STATE', 'ZJ_ACTIVATION_REMOVAL', 'ZJ_CHANGED'],
  },
})
