import { dictionary } from '@/lib/i18n'

/** Of university sign-in, there and back. */
export const texts = dictionary({
  fr: {
    signIn: 'Se connecter avec {provider}',
    backTitle: 'Vous revenez de votre université',
    checking: 'Sa réponse est en cours de vérification.',
    missingTitle: 'Cette page ne s’ouvre que depuis votre université',
    missingText: 'Recommencez la connexion.',
    goneTitle: 'Cette connexion ne vaut plus',
    goneText: 'Elle a déjà servi, a été commencée dans un autre navigateur, ou son temps est passé.',
    unknownTitle: 'Pas encore de compte à votre nom',
    unknownText:
      'Votre université vous connaît, mais aucun compte ne porte votre identifiant ici. Si vous avez un compte, entrez-y par un autre moyen, puis reliez votre identité universitaire dans Réglages, Sécurité. Sinon, adressez-vous à votre établissement.',
    declinedTitle: 'La connexion n’a pas été confirmée',
    failedTitle: 'La connexion n’a pas abouti',
    toSignIn: 'Aller à la connexion',
    again: 'Réessayer',
    back: 'Revenir à votre page',
    linkedTitle: 'Votre identité universitaire est reliée',
    linkedText: 'La connexion de votre université ouvre maintenant ce compte. Un avis est parti à vos adresses.',
    toSecurity: 'Aller aux réglages',
  },
  en: {
    signIn: 'Sign in with {provider}',
    backTitle: 'You are back from your university',
    checking: 'Its answer is being checked.',
    missingTitle: 'This page only opens from your university',
    missingText: 'Start signing in again.',
    goneTitle: 'This sign-in no longer works',
    goneText: 'It has been used already, was started in another browser, or its time is over.',
    unknownTitle: 'No account in your name yet',
    unknownText:
      'Your university knows you, but no account here has your identifier. If you have an account, enter it by another way, then link your university identity under Settings, Security. Otherwise, please contact your institution.',
    declinedTitle: 'The sign-in was not confirmed',
    failedTitle: 'The sign-in did not succeed',
    toSignIn: 'Go to sign-in',
    again: 'Try again',
    back: 'Back to your page',
    linkedTitle: 'Your university identity is linked',
    linkedText: 'Your university’s sign-in now opens this account. A notice has left for your addresses.',
    toSecurity: 'Go to settings',
  },
})
