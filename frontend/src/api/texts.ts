import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    unreachable: 'Le serveur n’est pas joignable. Vérifiez votre connexion, puis réessayez.',
    unexpected: 'Le serveur n’a pas répondu comme prévu. Réessayez dans un instant.',
  },
  en: {
    unreachable: 'The server can’t be reached. Check your connection, then try again.',
    unexpected: 'The server did not answer as expected. Try again in a moment.',
  },
})
