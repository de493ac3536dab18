import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    square: 'Annonce de l’université',
    audience: 'Annonce qui vous est destinée',
    communities: 'Annonce dans vos communautés',
    recipients: 'Destinataires',
    haveRead: 'J’ai lu cette annonce',
    isRead: 'Lue',
    asks: 'On vous demande de confirmer votre lecture\u00a0: votre nom sera alors visible des personnes chargées de la communication.',
    readings: '{read} lectures sur {told} destinataires',
  },
  en: {
    square: 'Announcement of the university',
    audience: 'Announcement for you',
    communities: 'Announcement in your communities',
    recipients: 'For',
    haveRead: 'I have read this announcement',
    isRead: 'Read',
    asks: 'You are asked to confirm that you have read it: those in charge of communication will then see your name.',
    readings: '{read} of {told} have read it',
  },
})
