// Runs before the first paint, so that neither the theme, the language nor the frame flickers, and asks who is here while
// the scripts come. Twin of lib/theme.ts, lib/language.ts, api/kept.ts and api/early.ts.
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
  window.parvisSession = fetch('/api/v1/session', { headers: { 'accept-language': root.lang } })
  window.parvisSession.catch(() => {}) // Without a network, whoever takes it is told so.
})()
