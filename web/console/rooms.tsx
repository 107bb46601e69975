import type { ProcedureRoom } from '@zhijiao/contract/procedures/describe'
import type { Permission } from '@zhijiao/law/permissions'
import type { ComponentType } from 'react'
import type { shellWords } from './shell/words.ts'

type Words = typeof shellWords
/** A title has nothing to fill in. */
type Word = { [K in keyof Words]: Words[K][0] extends `${string}{${string}` ? never : K }[keyof Words]
export type Group =
  | 'groupAlarms'
  | 'groupMatters'
  | 'groupPeople'
  | 'groupDevices'
  | 'groupCounts'
  | 'groupUnits'
  | 'groupSystem'
export type Need = Permission

/** One screen: where it is, what it is called, who may see it, how it loads. The menu, the routes and the tabs read this. */
export interface Screen {
  readonly path: string
  readonly word: Word
  /** Any one of these opens it; null: everybody who is signed in. */
  readonly may: Need | readonly Need[] | null
  /** It lists people or what concerns them; who sees figures only has nothing there. */
  readonly files?: true
  /** Businesses of this room; who sees figures only finds those that a step brings into his hands. */
  readonly room?: ProcedureRoom
  readonly group?: Group
  /** In the side menu; the others are reached from a list. */
  readonly menu?: true
  readonly load: () => Promise<{ default: ComponentType }>
}

export const screens: readonly Screen[] = [
  { path: '/', word: 'home', may: 'home.see', menu: true, load: () => import('./home/Home.tsx') },
  { path: '/tasks', word: 'tasks', may: 'task.see', menu: true, load: () => import('./tasks/TaskRoom.tsx') },

  {
    path: '/alarms',
    word: 'alarms',
    may: 'alarm.see',
    group: 'groupAlarms',
    menu: true,
    load: () => import('./alarms/AlarmDesk.tsx'),
  },
  {
    path: '/alarms/$id',
    word: 'alarms',
    may: 'alarm.see',
    group: 'groupAlarms',
    load: () => import('./alarms/AlarmDesk.tsx'),
  },
  {
    path: '/roster',
    word: 'roster',
    may: 'alarm.see',
    group: 'groupAlarms',
    menu: true,
    load: () => import('./roster/RosterRoom.tsx'),
  },
  {
    path: '/outages',
    word: 'outages',
    may: ['alarm.see', 'counts.see', 'outage.declare'],
    group: 'groupAlarms',
    menu: true,
    load: () => import('./outages/OutageRoom.tsx'),
  },
  {
    path: '/kinds',
    word: 'kinds',
    may: ['alarm.see', 'alarm.rules'],
    group: 'groupAlarms',
    menu: true,
    load: () => import('./alarms/KindsTable.tsx'),
  },
  {
    path: '/precision',
    word: 'precision',
    may: 'counts.see',
    group: 'groupAlarms',
    menu: true,
    load: () => import('./alarms/Precision.tsx'),
  },

  {
    path: '/matters',
    word: 'matters',
    may: 'matter.see',
    group: 'groupMatters',
    menu: true,
    load: () => import('./procedures/MattersRoom.tsx'),
  },
  {
    path: '/rooms/intake',
    word: 'roomIntake',
    may: 'matter.see',
    room: 'intake',
    group: 'groupMatters',
    menu: true,
    load: () => import('./procedures/ProcedureRoom.tsx'),
  },
  {
    path: '/rooms/care',
    word: 'roomCare',
    may: 'matter.see',
    room: 'care',
    group: 'groupMatters',
    menu: true,
    load: () => import('./procedures/ProcedureRoom.tsx'),
  },
  {
    path: '/rooms/permits',
    word: 'roomPermits',
    may: 'matter.see',
    room: 'permits',
    group: 'groupMatters',
    menu: true,
    load: () => import('./procedures/ProcedureRoom.tsx'),
  },
  {
    path: '/exit-bans',
    word: 'exitBans',
    may: 'permit.see',
    files: true,
    group: 'groupMatters',
    menu: true,
    load: () => import('./exitBans/ExitBanRoom.tsx'),
  },
  {
    path: '/rooms/oversight',
    word: 'roomOversight',
    may: 'matter.see',
    room: 'oversight',
    group: 'groupMatters',
    menu: true,
    load: () => import('./procedures/ProcedureRoom.tsx'),
  },
  {
    path: '/rooms/conduct',
    word: 'roomConduct',
    may: 'matter.see',
    room: 'conduct',
    group: 'groupMatters',
    menu: true,
    load: () => import('./procedures/ProcedureRoom.tsx'),
  },
  {
    path: '/rooms/ending',
    word: 'roomEnding',
    may: 'matter.see',
    room: 'ending',
    group: 'groupMatters',
    menu: true,
    load: () => import('./procedures/ProcedureRoom.tsx'),
  },
  {
    path: '/matters/$kind',
    word: 'matterList',
    may: 'matter.see',
    group: 'groupMatters',
    load: () => import('./procedures/ListPage.tsx'),
  },
  {
    path: '/matters/$kind/new',
    word: 'matterNew',
    may: 'matter.register',
    group: 'groupMatters',
    load: () => import('./procedures/RegisterPage.tsx'),
  },
  {
    path: '/matters/$kind/$id',
    word: 'matter',
    may: 'matter.see',
    group: 'groupMatters',
    load: () => import('./procedures/MatterPage.tsx'),
  },
  {
    path: '/entrustments',
    word: 'entrustments',
    may: 'intake.entrust',
    group: 'groupMatters',
    menu: true,
    load: () => import('./entrustments/EntrustmentList.tsx'),
  },
  {
    path: '/entrustments/new',
    word: 'entrustmentNew',
    may: 'intake.entrust',
    group: 'groupMatters',
    load: () => import('./entrustments/EntrustmentNew.tsx'),
  },
  {
    path: '/entrustments/$id',
    word: 'entrustment',
    may: 'intake.entrust',
    group: 'groupMatters',
    load: () => import('./entrustments/EntrustmentPage.tsx'),
  },

  {
    path: '/documents',
    word: 'documents',
    may: 'law.see',
    group: 'groupMatters',
    menu: true,
    load: () => import('./documents/DocumentRoom.tsx'),
  },
  {
    path: '/documents/$id',
    word: 'document',
    may: 'document.see',
    group: 'groupMatters',
    load: () => import('./documents/DocumentPage.tsx'),
  },
  {
    path: '/document-templates/$id',
    word: 'documentTemplate',
    may: 'law.see',
    group: 'groupMatters',
    load: () => import('./documents/TemplatePage.tsx'),
  },
  {
    path: '/people',
    word: 'people',
    may: 'person.see',
    group: 'groupPeople',
    menu: true,
    load: () => import('./people/PersonList.tsx'),
  },
  {
    path: '/people/new',
    word: 'personNew',
    may: 'person.edit',
    group: 'groupPeople',
    load: () => import('./people/PersonNew.tsx'),
  },
  {
    path: '/people/import',
    word: 'personImport',
    may: 'person.import',
    group: 'groupPeople',
    load: () => import('./people/ImportWizard.tsx'),
  },
  {
    path: '/people/$id',
    word: 'person',
    may: 'person.see',
    group: 'groupPeople',
    load: () => import('./people/PersonPage.tsx'),
  },
  {
    path: '/map',
    word: 'map',
    may: 'position.live',
    group: 'groupPeople',
    menu: true,
    load: () => import('./map/LiveMap.tsx'),
  },
  {
    path: '/leaves',
    word: 'leaves',
    may: 'leave.see',
    group: 'groupPeople',
    menu: true,
    load: () => import('./leaves/LeaveRoom.tsx'),
  },
  {
    path: '/leaves/help',
    word: 'leaves',
    may: 'leave.approve',
    load: () => import('./leaves/HelpRoom.tsx'),
  },
  {
    path: '/fences',
    word: 'fences',
    may: 'fence.see',
    group: 'groupPeople',
    menu: true,
    load: () => import('./fences/FenceList.tsx'),
  },
  {
    path: '/fences/$id',
    word: 'fence',
    may: 'fence.see',
    group: 'groupPeople',
    load: () => import('./fences/FencePage.tsx'),
  },
  {
    path: '/look',
    word: 'look',
    may: 'person.look',
    group: 'groupPeople',
    menu: true,
    load: () => import('./people/LookPage.tsx'),
  },
  {
    path: '/look/$id',
    word: 'look',
    may: 'person.look',
    group: 'groupPeople',
    load: () => import('./people/LookedFile.tsx'),
  },

  {
    path: '/devices',
    word: 'devices',
    may: 'device.see',
    group: 'groupDevices',
    menu: true,
    load: () => import('./devices/DeviceList.tsx'),
  },
  {
    path: '/devices/unknown',
    word: 'unknown',
    may: 'device.edit',
    group: 'groupDevices',
    menu: true,
    load: () => import('./devices/UnknownDevices.tsx'),
  },
  {
    path: '/devices/$id',
    word: 'device',
    may: 'device.see',
    group: 'groupDevices',
    load: () => import('./devices/DevicePage.tsx'),
  },
  {
    path: '/activations',
    word: 'activations',
    may: 'activation.see',
    group: 'groupDevices',
    menu: true,
    load: () => import('./devices/ActivationRoom.tsx'),
  },

  {
    path: '/counts',
    word: 'counts',
    may: 'counts.see',
    group: 'groupCounts',
    menu: true,
    load: () => import('./counts/CountsRoom.tsx'),
  },

  {
    path: '/orgs',
    word: 'orgs',
    may: 'org.see',
    group: 'groupUnits',
    menu: true,
    load: () => import('./orgs/OrgRoom.tsx'),
  },
  {
    path: '/staff',
    word: 'staff',
    may: 'staff.see',
    group: 'groupUnits',
    menu: true,
    load: () => import('./orgs/StaffList.tsx'),
  },
  {
    path: '/roles',
    word: 'rolesRoom',
    may: 'org.see',
    group: 'groupUnits',
    menu: true,
    load: () => import('./orgs/RoleTable.tsx'),
  },
  {
    path: '/recoveries',
    word: 'recoveries',
    may: 'recovery.decide',
    group: 'groupUnits',
    menu: true,
    load: () => import('./orgs/Recoveries.tsx'),
  },

  {
    path: '/audits',
    word: 'audits',
    may: 'audit.see',
    group: 'groupSystem',
    menu: true,
    load: () => import('./system/AuditList.tsx'),
  },
  {
    path: '/law',
    word: 'law',
    may: 'law.see',
    group: 'groupSystem',
    menu: true,
    load: () => import('./law/LawRoom.tsx'),
  },
  {
    path: '/settings/system',
    word: 'systemSettings',
    may: 'system.settings',
    group: 'groupSystem',
    menu: true,
    load: () => import('./system/SystemSettings.tsx'),
  },
  {
    path: '/settings/security',
    word: 'securitySettings',
    may: 'security.settings',
    group: 'groupSystem',
    menu: true,
    load: () => import('./system/SecuritySettings.tsx'),
  },
  {
    path: '/health',
    word: 'health',
    may: 'system.health',
    group: 'groupSystem',
    menu: true,
    load: () => import('./system/HealthPage.tsx'),
  },
  {
    path: '/cells',
    word: 'cells',
    may: 'cells.import',
    group: 'groupSystem',
    menu: true,
    load: () => import('./cells/CellRoom.tsx'),
  },
  {
    path: '/history-import',
    word: 'historyImport',
    may: 'history.import',
    group: 'groupSystem',
    menu: true,
    load: () => import('./history/HistoryImport.tsx'),
  },
  {
    path: '/downloads',
    word: 'downloads',
    may: 'person.export',
    group: 'groupPeople',
    menu: true,
    load: () => import('./downloads/DownloadRoom.tsx'),
  },
  { path: '/mine', word: 'mine', may: null, load: () => import('./system/Mine.tsx') },
]

/** The screen of an address. Fixed paths win over `$id`. */
export function screenOf(pathname: string): Screen | undefined {
  const steps = pathname.split('/').filter(Boolean)
  const fits = (screen: Screen) => {
    const own = screen.path.split('/').filter(Boolean)
    return own.length === steps.length && own.every((step, i) => step.startsWith('$') || step === steps[i])
  }
  return screens.find((s) => !s.path.includes('$') && fits(s)) ?? screens.find(fits)
}
