import { dictionary } from '@/lib/i18n'

/** Of the page where a member lets an application in. */
export const texts = dictionary({
  fr: {
    title: 'Autoriser {client}',
    lead: '{client} demande à agir en votre nom.',
    asker: 'Vous êtes {name}.',
    may: 'Ce que l’application pourra faire',
    later: 'Vous pourrez retirer cet accès à tout moment, dans vos réglages.',
    allow: 'Autoriser',
    deny: 'Refuser',
    leaving: 'Retour à l’application',
    wrongTitle: 'Cette demande n’est pas valable',
    wrongText: 'Rien n’a été autorisé. Revenez à l’application et recommencez.',
    toHome: 'Aller à l’accueil',
  },
  en: {
    title: 'Allow {client}',
    lead: '{client} asks to act in your name.',
    asker: 'You are {name}.',
    may: 'What the application could do',
    later: 'You can take this access back at any time, in your settings.',
    allow: 'Allow',
    deny: 'Refuse',
    leaving: 'Back to the application',
    wrongTitle: 'This request is not valid',
    wrongText: 'Nothing was allowed. Go back to the application and start again.',
    toHome: 'Go to home',
  },
})
