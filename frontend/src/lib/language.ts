import { createPreference } from './preference'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]

const preference = createPreference('parvis.language', languages, () =>
  navigator.language.toLowerCase().startsWith('en') ? 'en' : 'fr',
)

export const currentLanguage = preference.get
export const setLanguage = preference.set
export const useLanguage = preference.use

/** The full tag that `Intl` wants: British English, since dates here put the day first and count 24 hours. */
export const locale = (language: Language) => (language === 'fr' ? 'fr-FR' : 'en-GB')

const declare = () => {
  document.documentElement.lang = preference.get()
}
declare()
preference.subscribe(declare)
