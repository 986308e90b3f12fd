import { useMemo } from 'react'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { App } from './app.tsx'
import { useFormat } from './i18n/use-format.ts'
import { useT } from './i18n/use-t.ts'
import { ErrorState } from './kit/error-state.tsx'
import { queryClient } from './queries.ts'
import { productColor, realmQuery } from './realm.ts'
import type { Realm } from './realm.ts'
import { colorSchemeManager } from './theme/color-scheme.ts'
import { makeCssVariables } from './theme/css-variables.ts'
import { makeTheme } from './theme/theme.ts'

/** The page's outermost parts: the cache, the realm's brand, then the application. */
export function Boot() {
  return (
    <QueryClientProvider client={queryClient}>
      <Branded />
    </QueryClientProvider>
  )
}

function Branded() {
  const realm = useQuery(realmQuery)
  const color = realm.data?.brandColor ?? productColor
  const t = useT()
  const { separators } = useFormat()
  const theme = useMemo(
    () => makeTheme(color, { close: t('kit.close'), showPassword: t('kit.showPassword'), ...separators }),
    [color, t, separators],
  )
  const variables = useMemo(() => makeCssVariables(color), [color])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <WhenKnown realm={realm.data} error={realm.error} retry={() => void realm.refetch()} />
    </MantineProvider>
  )
}

function WhenKnown(props: { realm: Realm | undefined; error: unknown; retry: () => void }) {
  if (props.realm) return <App realm={props.realm} />
  return props.error ? <ErrorState error={props.error} retry={props.retry} /> : null
}
