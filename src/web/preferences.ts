import { useMantineColorScheme } from '@mantine/core'
import type { Locale } from '../contract/common.ts'
import { chooseLanguage } from './i18n/language.ts'
import { refreshMe, useMe } from './me.ts'
import { slots } from './slots.ts'
import type { Preferences } from './slots.ts'

/** The interface's preferences: applied at once on this device, then kept with the user. */
export function usePreferences() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const me = useMe()
  const keep = async (change: Preferences) => {
    if (!me || me.acting || !slots.savePreferences) return
    const save = await slots.savePreferences()
    await save(change)
    await refreshMe()
  }
  return {
    theme: colorScheme,
    setTheme: async (theme: 'auto' | 'light' | 'dark') => {
      setColorScheme(theme)
      await keep({ theme })
    },
    setLanguage: async (locale: Locale) => {
      await chooseLanguage(locale)
      await keep({ locale })
    },
    setShortcuts: (shortcuts: boolean) => keep({ shortcuts }),
  }
}
