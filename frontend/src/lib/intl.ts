import { type Language, locale } from './language'

/** What the browser knows of a language is slow to look up and quick to ask: each is made once. */
function madeOnce<Options extends object, Made>(make: (tag: string, options: Options) => Made) {
  const made = new Map<string, Made>()
  return (language: Language, options: Options): Made => {
    // Whoever travels with his computer finds other clocks.
    const key = `${language} ${new Date().getTimezoneOffset()} ${JSON.stringify(options)}`
    const known = made.get(key)
    if (known !== undefined) return known
    const one = make(locale(language), options)
    made.set(key, one)
    return one
  }
}

export const datesIn = madeOnce((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options))
export const numbersIn = madeOnce((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options))
export const pluralsIn = madeOnce((tag, options: Intl.PluralRulesOptions) => new Intl.PluralRules(tag, options))
