import { useText } from '@/lib/i18n'
import { type Language, languages, setLanguage, useLanguage } from '@/lib/language'
import styles from './LanguageSwitch.module.css'
import { texts } from './texts'

/** Each language calls itself by its own name. */
export const languageNames: Record<Language, string> = { fr: 'Français', en: 'English' }

/** For people who have not signed in; `onChange` lets a member's choice be kept by the server. */
export function LanguageSwitch({ onChange = setLanguage }: { onChange?: (language: Language) => void }) {
  const t = useText(texts)
  const current = useLanguage()
  return (
    <div className={styles.switch} role="group" aria-label={t('language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === current}
          onClick={() => onChange(language)}
        >
          {languageNames[language]}
        </button>
      ))}
    </div>
  )
}
