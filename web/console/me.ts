import { useQuery } from '@tanstack/react-query'
import { account, type Me } from '@zhijiao/contract/account'
import type { Permission } from '@zhijiao/law/permissions'
import { call, queries, refresh } from '../ui/api.ts'
import { chooseLanguage } from '../ui/language.ts'
import { levelsAre } from '../ui/levels.ts'
import { useNews } from '../ui/live.ts'
import { signedIn } from '../ui/session.ts'
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
  const { data } = useQuery<Me>({ queryKey: key, queryFn: askMe, staleTime: Number.POSITIVE_INFINITY })
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

/** The session's person proves himself again without leaving the page. */
export async function renewMe(): Promise<Me> {
  return welcome(await call(account.me, {}))
}
