import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { setup as setups } from '@zhijiao/contract/account'
import { Refused } from '@zhijiao/contract/client'
import { call, keyOf, queries } from '../ui/api.ts'
import { Waiting } from '../ui/Waiting.tsx'
import { askMe } from './me.ts'
import { screens } from './rooms.tsx'
import { Broken } from './shell/Broken.tsx'
import { Gone } from './shell/Gone.tsx'

const root = createRootRoute({ component: Outlet, errorComponent: Broken, notFoundComponent: Gone })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  // Nobody can sign in where nobody has been set up: the bare address leads to the set-up, once.
  beforeLoad: async () => {
    const state = await queries
      .ensureQueryData({ queryKey: keyOf(setups.state, {}), queryFn: () => call(setups.state, {}) })
      .catch(() => null)
    if (state?.open) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(() => import('./entry/SignInPage.tsx')),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./entry/SetupPage.tsx')),
})

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./shell/Shell.tsx')),
  beforeLoad: async ({ location }) => {
    const me = await askMe().catch((error: unknown) => {
      if (error instanceof Refused && error.status === 401) return null
      throw error
    })
    if (!me || me.owes) throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } })
  },
})

const rooms = screens.map((screen) =>
  createRoute({ getParentRoute: () => shell, path: screen.path, component: lazyRouteComponent(screen.load) }),
)

export const router = createRouter({
  routeTree: root.addChildren([login, setup, shell.addChildren(rooms)]),
  defaultPendingComponent: () => <Waiting />,
  defaultPendingMs: 300,
  defaultErrorComponent: Broken,
  defaultPreload: 'intent',
  scrollRestoration: true,
})
