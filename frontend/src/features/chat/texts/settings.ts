import { dictionary } from '@/lib/i18n'

/** How one reads and writes. */
export const settings = dictionary({
  fr: {
    settings: 'Messages',
    settingsLead: 'Comment vous lisez et écrivez.',
    writing: 'Lire et écrire',
    showsReading: 'Dire aux autres ce que j’ai lu',
    showsReadingHint: 'Dans les petites conversations. Sinon, vous ne voyez pas non plus ce qu’ils ont lu.',
    enterSends: 'La touche Entrée envoie',
    enterSendsHint: 'Sinon elle va à la ligne, et Ctrl Entrée envoie.',
    quiet: 'Ne pas déranger',
    quietHint: 'Pendant ces heures, rien ne sonne. Vos messages vous attendent.',
    quietOn: 'Avoir des heures de calme chaque jour',
    quietFrom: 'De',
    quietUntil: 'À',
    saved: 'Réglages enregistrés.',
  },
  en: {
    settings: 'Messages',
    settingsLead: 'How you read and write.',
    writing: 'Reading and writing',
    showsReading: 'Tell others what I have read',
    showsReadingHint: 'In small conversations. Otherwise you don’t see what they have read either.',
    enterSends: 'The Enter key sends',
    enterSendsHint: 'Otherwise it begins a new line, and Ctrl Enter sends.',
    quiet: 'Do not disturb',
    quietHint: 'During these hours nothing rings. Your messages wait for you.',
    quietOn: 'Have quiet hours each day',
    quietFrom: 'From',
    quietUntil: 'Until',
    saved: 'Settings saved.',
  },
})
