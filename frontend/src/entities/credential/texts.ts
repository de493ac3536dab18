import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    cancelled: 'Aucune clé d’accès n’a été donnée. Vous pouvez réessayer.',
    known: 'Cet appareil a déjà une clé d’accès pour votre compte.',
    unsupported: 'Ce navigateur ne connaît pas les clés d’accès.',
    failed: 'La clé d’accès n’a pas répondu. Réessayez, ou prenez un autre moyen.',
  },
  en: {
    cancelled: 'No passkey was given. You can try again.',
    known: 'This device already has a passkey for your account.',
    unsupported: 'This browser does not know passkeys.',
    failed: 'The passkey did not answer. Try again, or use another way.',
  },
})
