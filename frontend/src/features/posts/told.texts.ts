import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    nobody: 'Personne ne sera prévenu\u00a0: cela se lit sur le mur, et dans les résumés par courriel.',
    named: {
      one: '{count} personne citée sera prévenue, si elle lit ici et ne s’en passe pas.',
      other: '{count} personnes citées seront prévenues, si elles lisent ici et ne s’en passent pas.',
    },
    everybody: { one: '{count} personne sera prévenue', other: '{count} personnes seront prévenues' },
    most: { one: '{count} personne au plus sera prévenue', other: '{count} personnes au plus seront prévenues' },
    whole: '{told}, comme elles l’ont choisi.',
    whose: '{name}\u00a0: {told}, comme elles l’ont choisi.',
    cannot: 'Vous n’animez pas {name}\u00a0: @communauté n’y prévient personne.',
    counting: 'Nous comptons qui sera prévenu…',
  },
  en: {
    nobody: 'Nobody will be notified: it is read on the wall, and in digests by mail.',
    named: {
      one: '{count} person you mention will be notified, if they read here and want to be.',
      other: '{count} people you mention will be notified, if they read here and want to be.',
    },
    everybody: { one: '{count} person will be notified', other: '{count} people will be notified' },
    most: { one: 'At most {count} person will be notified', other: 'At most {count} people will be notified' },
    whole: '{told}, as they chose.',
    whose: '{name}: {told}, as they chose.',
    cannot: 'You do not run {name}: @communauté notifies nobody there.',
    counting: 'Counting who will be notified…',
  },
})
