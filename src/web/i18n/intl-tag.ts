import type { Locale } from '../../contract/common.ts'

/** BCP 47 tag used for figures and dates in each language. */
export const intlTag: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB', es: 'es-ES', zh: 'zh-Hans-CN' }
