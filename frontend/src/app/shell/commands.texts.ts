import { dictionary } from '@/lib/i18n'

/** What may be done by name from the search, and the other words it goes by. */
export const commandTexts = dictionary({
  fr: {
    go: 'Ouvrir cette page',
    post: 'Écrire une publication',
    postWords: 'publier poster message',
    community: 'Créer une communauté',
    agenda: 'Ouvrir l’agenda',
    agendaText: 'Vos prochains jours',
    settingsWords: 'paramètres préférences',
    shared: 'Documents partagés avec vous',
    trash: 'Corbeille des documents',
  },
  en: {
    go: 'Open this page',
    post: 'Write a post',
    postWords: 'publish message',
    community: 'Create a community',
    agenda: 'Open the agenda',
    agendaText: 'Your next days',
    settingsWords: 'parameters preferences',
    shared: 'Documents shared with you',
    trash: 'Trash of documents',
  },
})
