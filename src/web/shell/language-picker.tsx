import { locales } from '../../contract/common.ts'
import { languageNames } from '../i18n/catalogue.ts'
import { chooseLanguage, useLanguage } from '../i18n/language.ts'
import { useT } from '../i18n/use-t.ts'
import './language-picker.css'

/** The four languages by their own names, for pages before sign-in. */
export function LanguagePicker() {
  const t = useT()
  const current = useLanguage()
  return (
    <div className="language-picker" role="group" aria-label={t('shell.language')}>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale === 'zh' ? 'zh-Hans' : locale}
          aria-pressed={locale === current}
          onClick={() => void chooseLanguage(locale)}
        >
          {languageNames[locale]}
        </button>
      ))}
    </div>
  )
}
