import { useEffect, useState } from 'react'
import { useMantineColorScheme } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { chooseLanguage } from './i18n/language.ts'
import { setTimeZone } from './i18n/use-format.ts'
import { Notices } from './kit/notice-stack.tsx'
import { useMe } from './me.ts'
import type { Realm } from './realm.ts'
import { makeRouter } from './router.tsx'
import { ClosedPage } from './shell/closed-page.tsx'

/** The application of one realm: its addresses and its notices. */
export function App({ realm }: { realm: Realm }) {
  const [router] = useState(() => makeRouter(realm))
  usePreferencesOfUser()
  return (
    <>
      {realm.door === 'closed' ? <ClosedPage /> : <RouterProvider router={router} />}
      <Notices />
    </>
  )
}

/** The user's own theme, language and time zone win over this device's, once somebody is signed in. */
function usePreferencesOfUser(): void {
  const user = useMe()?.user
  const { setColorScheme } = useMantineColorScheme()
  const theme = user?.theme
  const language = user?.locale
  const zone = user?.timeZone
  useEffect(() => setTimeZone(zone), [zone])
  useEffect(() => {
    if (theme) setColorScheme(theme)
  }, [theme, setColorScheme])
  useEffect(() => {
    if (language) void chooseLanguage(language)
  }, [language])
}
