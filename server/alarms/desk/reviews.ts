import type { TaskStore } from '../../core/tasks/store.ts'
import type { Tasks } from '../../core/tasks.ts'
import type { EpisodeRow } from './store.ts'

/** Minutes a reviewer has (configured, no statute): by the next working morning at the latest. */
const reviewMin = 24 * 60

/** 所长负责制: the head of the office reviews; his own, and what is not to be handled, the county. */
export async function openReview(
  tasks: Tasks,
  people: TaskStore,
  {
    episode,
    way,
    submitter,
  }: { readonly episode: EpisodeRow; readonly way: 'handled' | 'notHandled'; readonly submitter: string },
): Promise<void> {
  const office = episode.org_code
  const county = office.slice(0, 6)
  const heads = way === 'handled' && office.length === 9 ? await people.post('officeHead', office) : []
  const countyHeads = (await people.post('countyHead', county)).filter((h) => h.id !== submitter)
  const post = heads.some((h) => h.id !== submitter)
    ? { ownerRole: 'officeHead', unit: office }
    : { ownerRole: countyHeads.length > 0 ? 'countyHead' : 'county', unit: county }
  await tasks.open({
    kind: way === 'handled' ? 'alarm.review' : 'alarm.dismissal',
    org: episode.org_code,
    person: episode.person_id,
    subject: episode.id,
    title:
      way === 'handled'
        ? { zh: `审核 ${episode.number} 号报警结案单`, en: `Review the closure of alarm ${episode.number}` }
        : { zh: `审批 ${episode.number} 号报警不予处理`, en: `Decide on not handling alarm ${episode.number}` },
    level: episode.level,
    clockMin: reviewMin,
    ...post,
  })
}

/** Ends the review that waits, whichever of the two it is. */
export async function endReview(tasks: Tasks, episode: string, outcome: string): Promise<void> {
  for (const kind of ['alarm.review', 'alarm.dismissal']) {
    const task = await tasks.of(kind, episode)
    if (task) await tasks.finish(task, outcome)
  }
}
