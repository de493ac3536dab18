import { dictionary } from '@/lib/i18n'

/** What is written on keys. */
export const KEYS = {
  fr: { enter: 'Entrée', shift: 'Maj', alt: 'Alt', escape: 'Échap' },
  en: { enter: 'Enter', shift: 'Shift', alt: 'Alt', escape: 'Esc' },
} as const

export const shortcutTexts = dictionary({
  fr: {
    shortcuts: 'Raccourcis clavier',
    everywhere: 'Partout',
    andThen: 'puis',
    search: 'Rechercher',
    list: 'Afficher cette liste',
    close: 'Fermer, revenir où l’on était',
    send: 'Envoyer (ou aller à la ligne, selon vos réglages)',
    newLine: 'Aller à la ligne',
    editLast: 'Modifier votre dernier message, quand rien n’est écrit',
    previous: 'Conversation précédente',
    next: 'Conversation suivante',
    thread: 'Répondre dans un fil, sur un message',
    edit: 'Modifier, sur un de vos messages',
    singleKeys: 'Raccourcis d’une seule touche',
    singleKeysHint: 'Décochez si vous dictez, ou si ces touches vous gênent. Sur ce navigateur.',
  },
  en: {
    shortcuts: 'Keyboard shortcuts',
    everywhere: 'Everywhere',
    andThen: 'then',
    search: 'Search',
    list: 'Show this list',
    close: 'Close, go back to where one was',
    send: 'Send (or break the line, as you have set)',
    newLine: 'Break the line',
    editLast: 'Edit your last message, when nothing is written',
    previous: 'Previous conversation',
    next: 'Next conversation',
    thread: 'Reply in a thread, on a message',
    edit: 'Edit, on a message of yours',
    singleKeys: 'Single-key shortcuts',
    singleKeysHint: 'Clear it if you dictate, or if these keys get in your way. In this browser.',
  },
})
