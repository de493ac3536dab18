// Runs before the first paint, so that neither the theme, the language nor the frame flickers. Twin of lib/theme.ts,
// lib/language.ts and api/kept.ts.
;(() => {
  const root = document.documentElement
  const kept = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const theme = kept('parvis.theme')
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  const shown = theme === 'light' || theme === 'dark' ? theme : dark ? 'dark' : 'light'
  root.dataset.theme = shown
  root.dataset.mantineColorScheme = shown
  root.dataset.boot = kept('parvis.kept') === null ? 'door' : 'inside'
  const language = kept('parvis.language') ?? navigator.language.slice(0, 2)
  root.lang = language === 'en' ? 'en' : 'fr'
})()
