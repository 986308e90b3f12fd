import {
  Outlet,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  useParams,
} from '@tanstack/react-router'
import type { AnyRoute } from '@tanstack/react-router'
import { ErrorState } from './kit/error-state.tsx'
import { PageSkeleton } from './kit/skeletons.tsx'
import { meQuery, useMe } from './me.ts'
import type { Page } from './page-type.ts'
import { pages } from './pages.ts'
import { paths, signInFrom } from './paths.ts'
import { queryClient } from './queries.ts'
import type { Realm } from './realm.ts'
import { parseSearch, stringifySearch } from './search-state.ts'
import { onSessionLost } from './session-lost.ts'
import { Forbidding } from './shell/forbidding.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { PageTitle } from './shell/page-title.tsx'
import { Shell } from './shell/shell.tsx'

/** Builds the addresses of one realm from the list in pages.ts. */
export function makeRouter(realm: Realm) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: Nowhere })
  const shell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    beforeLoad: async ({ location }) => {
      const me = await queryClient.ensureQueryData(meQuery)
      // oxlint-disable-next-line typescript/only-throw-error -- the router's own way
      if (!me) throw redirect({ href: signInFrom(location.href) })
    },
    component: () => (
      <Shell>
        <Outlet />
      </Shell>
    ),
    pendingComponent: PageSkeleton,
  })
  const mine = pages.filter((p) => p.realm === 'any' || p.realm === realm.kind)
  const routes = (access: Page['access'], parent: AnyRoute) =>
    mine.filter((p) => p.access === access).map((page) => pageRoute(page, parent))
  const router = createRouter({
    routeTree: root.addChildren([...routes('public', root), shell.addChildren(routes('signedIn', shell))]),
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
    defaultNotFoundComponent: NotFoundPage,
    parseSearch,
    stringifySearch,
    scrollRestoration: false,
  })
  onSessionLost(() => {
    queryClient.setQueryData(meQuery.queryKey, null)
    const { href } = router.state.location
    if (!href.startsWith(paths.signIn)) void router.navigate({ href: signInFrom(href) })
  })
  return router
}

/** An address nobody has: inside the shell for those who are signed in. */
function Nowhere() {
  return useMe() ? (
    <Shell>
      <NotFoundPage />
    </Shell>
  ) : (
    <main>
      <NotFoundPage />
    </main>
  )
}

function pageRoute(page: Page, parent: AnyRoute) {
  const Content = lazyRouteComponent(async () => ({ default: await page.load() }))
  return createRoute({
    getParentRoute: () => parent,
    path: page.path,
    component: () => (
      <Forbidding right={page.right}>
        <PageTitle title={page.title} />
        <Content />
      </Forbidding>
    ),
    loader: () => Content.preload?.(),
  })
}

/** A variable part of the address: `const id = usePathParam('id')`. */
export function usePathParam(name: string): string {
  return (useParams({ strict: false }) as Record<string, string | undefined>)[name] ?? ''
}
