/**
 * Permissions (权限) by role, after the permission matrix of the handbook §6. A cell "approve" of that matrix is
 * statutory; the rest is recommended and may be narrowed by a province, never widened past it.
 *
 * A permission says what a role may do at all. Whom it may do it to is the scope and reach of the session (`roles.ts`),
 * and whether it is competent for this very case is `competence.ts` and `leave.ts`.
 */
import type { Role } from './roles.ts'

const everyone = ['home.see'] as const
const tasks = ['task.see', 'task.act', 'file.see', 'file.upload'] as const
const file = [
  'person.see',
  'position.live',
  'position.track',
  'fence.see',
  'alarm.see',
  'leave.see',
  'permit.see',
  'activation.see',
  'sanction.see',
  'plan.see',
  'document.see',
  'evidence.see',
  'intake.see',
  'check.see',
  'learning.see',
  'end.see',
  'matter.see',
] as const

/** What an enforcement officer (司法所工作人员) does with the own caseload. */
const officer = [
  ...everyone,
  ...tasks,
  ...file,
  'person.edit',
  'person.reveal',
  'alarm.handle',
  'alarm.dismiss.request',
  'device.see',
  'device.command',
  'org.see',
  'law.see',
  'leave.edit',
  'permit.edit',
  'intake.investigate',
  'intake.register',
  'plan.carryOut',
  'document.draft',
  'document.deliver',
  'check.run',
  'visit.record',
  'sanction.prepare',
  'learning.edit',
  'end.prepare',
  'matter.register',
] as const

/** The head of a judicial office (司法所长) proposes; approves leave of at most seven days where the county has delegated it. */
const officeHead = [
  ...officer,
  'task.transfer',
  'alarm.review',
  'alarm.roster',
  'person.assign',
  'fence.edit',
  'activation.propose',
  'staff.see',
  'counts.see',
  'leave.approve',
  'permit.opine',
  'intake.propose',
  'intake.announce',
  'plan.propose',
  'level.propose',
  'sanction.propose',
  'document.issue',
  'end.announce',
] as const

/** The county agency (县级社区矫正机构) decides nearly everything (Community Corrections Law 9; handbook §6). */
const county = [
  ...officeHead,
  'oversight.raise',
  'alarm.dismiss.approve',
  'alarm.rules',
  'person.import',
  'person.export',
  'person.merge',
  'history.import',
  'device.edit',
  'ledger.see',
  'evidence.export',
  'law.edit',
  'permit.approve',
  'permit.propose',
  'intake.sign',
  'intake.accept',
  'plan.approve',
  'level.decide',
  'sanction.decide',
  'sanction.police.propose',
  'sanction.court.propose',
  'sanction.commute.propose',
  'document.sign',
  'document.seal',
  'template.edit',
  'exchange.see',
  'exchange.send',
  'end.decide',
  'complaint.see',
  'twin.see',
] as const

/** What a superior issues himself (减刑建议书): the papers of his own organ, and to see those of the matters in his hands. */
const ownPapers = ['document.see', 'document.draft', 'document.issue', 'document.seal', 'document.deliver'] as const

const grants = {
  ministry: [...everyone, 'counts.see', 'org.see', 'law.see'],
  /** Sees counts; a single file or track only with a stated reason (see `needsReason`; `person.look` asks for it itself). */
  province: [
    ...everyone,
    ...tasks,
    'counts.see',
    'org.see',
    'law.see',
    'law.edit',
    'law.publish',
    'template.edit',
    'template.publish',
    'alarm.rules',
    'position.track',
    'permit.see',
    'matter.see',
    'permit.medical.province',
    'sanction.commute.submit',
    ...ownPapers,
    'complaint.see',
    'complaint.handle',
    'person.look',
  ],
  city: [
    ...everyone,
    ...tasks,
    'counts.see',
    'org.see',
    'law.see',
    'position.track',
    'leave.see',
    'leave.approve',
    'permit.see',
    'permit.dispute',
    'matter.see',
    'permit.medical.city',
    'permit.medical.propose',
    'sanction.see',
    'sanction.commute.submit',
    ...ownPapers,
    'complaint.see',
    'complaint.handle',
    'person.look',
  ],
  county,
  countyHead: [...county, 'outage.declare', 'complaint.handle', 'recovery.ask', 'recovery.decide'],
  /** Head of the county judicial administration: the only one who approves an article 29 device (EPD-02). */
  bureauHead: [
    ...everyone,
    ...tasks,
    'person.see',
    'evidence.see',
    'activation.see',
    'activation.approve',
    'matter.see',
    'document.see',
    'document.seal',
    'counts.see',
    'org.see',
    'law.see',
    'recovery.ask',
    'recovery.decide',
  ],
  officeHead,
  officer,
  /** Helps, holds no enforcement power, sees no tracks (handbook §6). */
  socialWorker: [
    ...everyone,
    ...tasks,
    'person.see',
    'plan.see',
    'plan.propose',
    'plan.carryOut',
    'matter.see',
    'matter.register',
    'intake.investigate',
    'learning.see',
    'learning.edit',
    'visit.record',
    'law.see',
  ],
  volunteer: [...everyone, ...tasks],
  villageCommittee: [...everyone, ...tasks],
  communityPolice: [...everyone, ...tasks],
  /** Supervises everything, reads and writes opinions; every reading is logged (Community Corrections Law 62). */
  procurator: [
    ...everyone,
    ...tasks,
    ...file,
    'person.reveal',
    'device.see',
    'org.see',
    'counts.see',
    'ledger.see',
    'law.see',
    'complaint.see',
    'complaint.handle',
    'matter.register',
    'oversight.raise',
  ],
  /** Court, police, prison on the exchange: what they sent and what was sent to them; no duty of the county is theirs. */
  partnerOrgan: [
    ...everyone,
    'file.see',
    'file.upload',
    'exchange.see',
    'exchange.receive',
    'intake.entrust',
    'document.see',
  ],
  systemAdmin: [
    ...everyone,
    'org.see',
    'org.edit',
    'staff.see',
    'staff.edit',
    'recovery.ask',
    'recovery.decide',
    'device.models',
    'system.settings',
    'system.health',
    'cells.import',
    'outage.declare',
    'law.see',
    'twin.see',
  ],
  /** Gives roles, resets passwords, replaces lost second factors with a second person, and is the second person who publishes a change of the law's parameters. */
  securityAdmin: [
    ...everyone,
    'org.see',
    'staff.see',
    'staff.roles',
    'staff.recover',
    'recovery.ask',
    'recovery.decide',
    'security.settings',
    'law.see',
    'law.publish',
    'template.publish',
  ],
  /** Reads what all did, and is the second person when one of the other two lost what he signs in with. */
  auditAdmin: [...everyone, 'audit.see', 'recovery.decide'],
} as const satisfies Record<Role, readonly string[]>

/** Every permission of the product, `room.act`. */
export type Permission = (typeof grants)[Role][number]

const held: { readonly [role in Role]: ReadonlySet<Permission> } = {
  ministry: new Set(grants.ministry),
  province: new Set(grants.province),
  city: new Set(grants.city),
  county: new Set(grants.county),
  countyHead: new Set(grants.countyHead),
  bureauHead: new Set(grants.bureauHead),
  officeHead: new Set(grants.officeHead),
  officer: new Set(grants.officer),
  socialWorker: new Set(grants.socialWorker),
  volunteer: new Set(grants.volunteer),
  villageCommittee: new Set(grants.villageCommittee),
  communityPolice: new Set(grants.communityPolice),
  procurator: new Set(grants.procurator),
  partnerOrgan: new Set(grants.partnerOrgan),
  systemAdmin: new Set(grants.systemAdmin),
  securityAdmin: new Set(grants.securityAdmin),
  auditAdmin: new Set(grants.auditAdmin),
}

/** All permissions, in alphabetical order. */
export const permissions: readonly Permission[] = [...new Set(Object.values(held).flatMap((set) => [...set]))].sort()

export function isPermission(text: string): text is Permission {
  return (permissions as readonly string[]).includes(text)
}

/** Whether a role holds a permission. */
export function may(role: Role, permission: Permission): boolean {
  return held[role].has(permission)
}

/** The permissions of a role. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return held[role]
}

/** Every role that holds a permission. */
export function rolesWith(permission: Permission): readonly Role[] {
  return (Object.keys(held) as Role[]).filter((role) => held[role].has(permission))
}

const withReason: ReadonlySet<Permission> = new Set<Permission>(['person.reveal', 'person.export', 'evidence.export'])
const tracksWithReason: ReadonlySet<Role> = new Set<Role>(['city', 'province', 'procurator'])

/** Whether the act asks for a written reason, which the audit keeps: unmasking, exports, and tracks seen from above. */
export function needsReason(role: Role, permission: Permission): boolean {
  return withReason.has(permission) || (permission === 'position.track' && tracksWithReason.has(role))
}
