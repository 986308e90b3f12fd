import '@mantine/core/styles.css'
import '@fontsource-variable/inter/wght.css'
import './theme/tokens.css'
import './theme/base.css'
import './theme/mantine.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Boot } from './boot.tsx'
import { chooseLanguage, startingLanguage } from './i18n/language.ts'
import { activateLanguage } from './i18n/catalogue.ts'
import { meQuery } from './me.ts'
import { queryClient } from './queries.ts'
import { preloadPage } from './preload-page.ts'
import { realmQuery } from './realm.ts'

/** Asks for everything the first paint needs at once. */
async function start(): Promise<void> {
  preloadPage(location.pathname)
  const me = queryClient.fetchQuery(meQuery).catch(() => null)
  const realm = queryClient.fetchQuery(realmQuery).catch(() => undefined)
  await activateLanguage(startingLanguage())
  const preferred = (await me)?.user.locale
  if (preferred) await chooseLanguage(preferred)
  await realm
  const root = document.getElementById('root')
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <Boot />
      </StrictMode>,
    )
  }
}

void start()
