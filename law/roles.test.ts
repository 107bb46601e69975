import { describe, expect, test } from 'vitest'
import { acts, competenceFor, holdsBelow, mayApprove, mayPropose } from './competence.ts'
import {
  isPermission,
  may,
  needsReason,
  type Permission,
  permissions,
  permissionsOf,
  rolesWith,
} from './permissions.ts'
import { dataClassesOf, isAdministrator, isRole, roleNames, roles } from './roles.ts'

const asked: readonly Permission[] = [
  'home.see',
  'task.see',
  'task.act',
  'task.transfer',
  'alarm.see',
  'alarm.handle',
  'alarm.review',
  'alarm.dismiss.request',
  'alarm.dismiss.approve',
  'alarm.rules',
  'alarm.roster',
  'person.see',
  'person.edit',
  'person.import',
  'person.export',
  'person.reveal',
  'person.merge',
  'person.assign',
  'history.import',
  'position.live',
  'position.track',
  'fence.see',
  'fence.edit',
  'device.see',
  'device.edit',
  'device.command',
  'activation.propose',
  'activation.approve',
  'activation.see',
  'org.see',
  'org.edit',
  'staff.see',
  'staff.edit',
  'staff.roles',
  'staff.recover',
  'security.settings',
  'audit.see',
  'ledger.see',
  'evidence.export',
  'evidence.see',
  'law.see',
  'law.edit',
  'law.publish',
  'outage.declare',
  'leave.see',
  'leave.edit',
  'leave.approve',
  'system.settings',
  'system.health',
  'cells.import',
  'counts.see',
  'file.upload',
  'twin.see',
]
const personal: readonly Permission[] = [
  'person.see',
  'position.live',
  'position.track',
  'alarm.see',
  'leave.see',
  'ledger.see',
  'evidence.see',
  'task.see',
  'activation.see',
  'document.see',
]

describe('permissions', () => {
  test('every one is held by someone', () => {
    for (const permission of asked) expect(rolesWith(permission), permission).not.toEqual([])
    expect(permissions).toEqual(expect.arrayContaining([...asked]))
    expect(isPermission('task.see')).toBe(true)
    expect(isPermission('task.fly')).toBe(false)
  })

  test('only the head of the county judicial administration approves a device', () =>
    expect(rolesWith('activation.approve')).toEqual(['bureauHead']))

  test('the three administrators see no personal data', () => {
    for (const role of roleNames.filter(isAdministrator)) {
      for (const permission of personal) expect(may(role, permission), `${role} ${permission}`).toBe(false)
      expect(roles[role].dataClasses).toEqual([])
    }
    expect([...permissionsOf('auditAdmin')].sort()).toEqual(['audit.see', 'home.see', 'recovery.decide'])
    expect(may('securityAdmin', 'law.publish')).toBe(true)
    expect(may('systemAdmin', 'staff.roles')).toBe(false)
  })

  test('helpers hold tasks, not files, and no tracks', () => {
    for (const role of ['villageCommittee', 'volunteer', 'communityPolice'] as const)
      expect(may(role, 'person.see')).toBe(false)
    for (const role of ['socialWorker', 'villageCommittee', 'volunteer'] as const) {
      expect(may(role, 'position.track')).toBe(false)
      expect(may(role, 'position.live')).toBe(false)
      expect(roles[role].dataClasses).not.toContain('tracks')
      expect(may(role, 'document.sign')).toBe(false)
    }
  })

  test('above the county a track needs a reason', () => {
    expect(needsReason('city', 'position.track')).toBe(true)
    expect(needsReason('officer', 'position.track')).toBe(false)
    expect(needsReason('officer', 'person.reveal')).toBe(true)
    expect(needsReason('city', 'counts.see')).toBe(false)
    expect(may('city', 'person.see')).toBe(false)
    expect(may('officeHead', 'alarm.review')).toBe(true)
    expect(may('officer', 'alarm.review')).toBe(false)
  })
})

describe('roles', () => {
  test('their names and reach', () => {
    expect(roleNames).toHaveLength(17)
    expect(isRole('officer')).toBe(true)
    expect(isRole('toString')).toBe(false)
    expect(roles.officer).toMatchObject({ reach: 'own', level: 'office' })
    expect(roles.officeHead.reach).toBe('office')
    expect(isAdministrator('officer')).toBe(false)
  })

  test('minors and sealed files need a named person', () => {
    expect(dataClassesOf('officer', [])).toEqual(['tracks', 'psychology'])
    expect(dataClassesOf('officer', ['minors'])).toEqual(['tracks', 'psychology', 'minors'])
    expect(dataClassesOf('volunteer', ['minors'])).toEqual([])
  })
})

describe('competence', () => {
  test('24 acts, each decided by someone or proposed to an organ that decides', () => {
    expect(acts).toHaveLength(24)
    for (const act of acts) {
      const { approves, views, source } = competenceFor(act)
      expect(approves.length + views.length, act).toBeGreaterThan(0)
      expect(source).toMatch(/\d/)
    }
  })

  test.each([
    ['leaveUpTo7', ['officeHead', 'county', 'countyHead']],
    ['leaveUpTo30', ['county', 'countyHead']],
    ['leaveOver30', ['city']],
    ['device', ['bureauHead']],
    ['sanction', ['county', 'countyHead']],
    ['courtProposal', ['partnerOrgan']],
    ['medicalReviewUnder1Month', ['county', 'countyHead']],
    ['medicalReviewUnder3Months', ['city']],
    ['objection', ['county', 'countyHead', 'bureauHead', 'city', 'province']],
    ['medicalReviewFrom3Months', ['province']],
    ['complaintAgainstStaff', ['city', 'procurator']],
  ] as const)('%s is decided by %j', (act, by) =>
    expect([...competenceFor(act).approves].sort()).toEqual([...by].sort()),
  )

  test('who proposes, carries out, is told, settles', () => {
    expect(mayPropose('officeHead', 'device')).toBe(true)
    expect(mayApprove('countyHead', 'device')).toBe(false)
    expect(mayApprove('officer', 'sanction')).toBe(false)
    expect(competenceFor('sanction').told).toEqual(['procurator'])
    expect(competenceFor('device').told).toEqual(['subject'])
    expect(competenceFor('changeOfPlace').settlesDisputes).toEqual(['city'])
    expect(competenceFor('announcement')).toMatchObject({
      remarks: { officeHead: '委托' },
      carriesOut: expect.arrayContaining(['guardian']),
    })
  })
})

test('a post is held for the units below its seat only where the matrix gives it no act of its own', () => {
  // Village committees help with an assessment and volunteers with a plan, each in the place they belong to.
  expect(roleNames.filter(holdsBelow)).toEqual(['communityPolice'])
})
