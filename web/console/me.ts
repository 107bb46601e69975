import { useQuery } from '@tanstack/react-query'
import { account, type Me } from '@zhijiao/contract/account'
import type { Permission } from '@zhijiao/law/permissions'
import { call, queries, refresh } from '../ui/api.ts'
import { chooseLanguage } from '../ui/language.ts'
import { levelsAre } from '../ui/levels.ts'
import { useNews } from '../ui/live.ts'
import { remember } from '../ui/memory.ts'
import { provedBy, signedIn, signedOut } from '../ui/session.ts'
import { serverSaid } from '../ui/time.ts'

const key = ['account', 'me'] as const

/** Who is signed in; a 401 passes on to whoever asked. */
export const askMe = (): Promise<Me> =>
  queries.ensureQueryData({
    queryKey: key,
    queryFn: async () => welcome(await call(account.me, {})),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Takes in an answer that says who is signed in. */
export function welcome(me: Me): Me {
  serverSaid(me.now)
  if (!me.owes) signedIn()
  levelsAre(me.levels)
  queries.setQueryData(key, me)
  return me
}

export const speakAs = (me: Me) => chooseLanguage(me.language)

/** Inside the shell there is always somebody. */
export function useMe(): Me {
  const { data } = useQuery<Me>({ queryKey: key, queryFn: askMeAgain, staleTime: Number.POSITIVE_INFINITY })
  if (!data) throw new Error('a screen of the shell was drawn before anybody signed in')
  return data
}

/** What this person may do; a button that would be refused is not drawn. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe()
  return (permission) => permissions.includes(permission)
}

/** What is published changes which levels there are; open screens take them over without a new sign-in. */
export function useFreshLaw(): void {
  useNews(hearOfLaw)
}
function hearOfLaw({ topic, what }: { readonly topic: string; readonly what: string }): void {
  if (topic !== 'system' || what !== 'lawPublished') return
  refresh('lawDesk')
  // A failure leaves what was; the next publication or sign-in asks again.
  renewMe().catch(() => undefined)
}

/** When the line says that something was missed, everything is asked again: what is published may be among it. */
async function askMeAgain(): Promise<Me> {
  await renewMe()
  return askMe()
}

/** Asks again who is signed in. Another tab may have signed somebody else in: then this page is nobody's to act on. */
export async function renewMe(): Promise<void> {
  if (!(await stillMe())) signedOut()
}

async function stillMe(): Promise<boolean> {
  const known = queries.getQueryData<Me>(key)
  const now = await call(account.me, {})
  if (!known || now.id !== known.id || now.owes) return false
  welcome(now)
  return true
}
provedBy(async () => {
  const still = await stillMe()
  // What was refused in between is asked for again.
  if (still) void queries.invalidateQueries({ predicate: (query) => query.state.status === 'error' })
  return still
})

/** Said by every sign-in to the browser's other tabs, whose session it ended and who may go on with this one. */
const signInKey = 'signedIn'
export const tellTabs = (): void => remember(signInKey, String(Date.now()))
/** Hears that another tab signed somebody in. */
export function onSignInElsewhere(listener: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === `zj.${signInKey}`) listener()
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}
