import { localStorageColorSchemeManager } from '@mantine/core'

/** Light, dark or as the device; kept on the device under the key that early-2.js reads first. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'canopee.theme' })
