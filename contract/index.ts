import { account, setup } from './account.ts'
import { alarmKinds, alarmStatistics, alarms } from './alarms.ts'
import { audits } from './audits.ts'
import { activations, devices } from './devices.ts'
import { documents } from './documents.ts'
import { downloads, savedQueries } from './downloads.ts'
import { entrustments } from './entrustments.ts'
import { evidence } from './evidence.ts'
import { fences } from './fences.ts'
import { files } from './files.ts'
import { history } from './history.ts'
import type { Kept } from './kernel.ts'
import { matters } from './matters.ts'
import { notices } from './notices.ts'
import { obligations } from './obligations.ts'
import { orgs, staff } from './orgs.ts'
import { outages } from './outages.ts'
import { people } from './people.ts'
import { exitBans, leaveHelp, leaves } from './permits.ts'
import { positions } from './positions.ts'
import { roster } from './roster.ts'
import { lawDesk, settings } from './settings.ts'
import { system } from './system.ts'
import { tasks } from './tasks.ts'
import { templates } from './templates.ts'

/** Everything the server promises, in reading order: what the API document prints and what the mount must keep. */
export const everyPromise: readonly Kept[] = [
  account,
  setup,
  orgs,
  staff,
  people,
  history,
  downloads,
  savedQueries,
  devices,
  activations,
  positions,
  fences,
  alarms,
  alarmKinds,
  alarmStatistics,
  tasks,
  obligations,
  roster,
  outages,
  leaves,
  leaveHelp,
  exitBans,
  matters,
  entrustments,
  documents,
  notices,
  templates,
  files,
  evidence,
  audits,
  settings,
  lawDesk,
  system,
].flatMap((table) => Object.values(table) as Kept[])
