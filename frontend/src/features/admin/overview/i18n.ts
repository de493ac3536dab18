import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    parts: 'Parties de l’administration',
    people: 'Chercher, préinscrire, suspendre, donner un rôle.',
    structure: 'Composantes, formations, promotions et leur diplôme.',
    invitations: 'Inviter par courriel ou par lien, annuler.',
    reports: 'Décider de ce que les communautés laissent.',
    announcements: 'Annoncer, et voir jusqu’où c’est lu.',
    audiences: 'Dire à qui vous vous adressez, et voir combien ils sont.',
    organisation: 'Nom, logo, langues, inscription, domaines.',
    pages: 'Ce que la loi demande de dire, en chaque langue.',
    audit: 'Qui a fait quoi, sur qui et quand.',
    health: 'Processus, requêtes, travail dû, disques, sauvegardes.',
    mail: 'Courriels qui ne partent pas',
    putOff: {
      one: '{count} courriel n’a pas encore pu partir\u00a0: il est essayé pendant trois jours.',
      other: '{count} courriels n’ont pas encore pu partir\u00a0: ils sont essayés pendant trois jours.',
    },
    givenUp: {
      one: '{count} courriel a été abandonné ces trente derniers jours.',
      other: '{count} courriels ont été abandonnés ces trente derniers jours.',
    },
    mailWhy: 'Le serveur de courriel ne répond pas, ou les refuse\u00a0: le journal du serveur dit pourquoi.',
    missing: { one: '{count} mention à compléter', other: '{count} mentions à compléter' },
  },
  en: {
    parts: 'Parts of the administration',
    people: 'Search, pre-register, suspend, give a role.',
    structure: 'Units, programmes, cohorts and their graduation.',
    invitations: 'Invite by e-mail or link, cancel.',
    reports: 'Decide on what communities leave.',
    announcements: 'Announce, and see how far it is read.',
    audiences: 'Say whom you write to, and see how many they are.',
    organisation: 'Name, logo, languages, registration, domains.',
    pages: 'What the law asks to say, in each language.',
    audit: 'Who did what, to whom and when.',
    health: 'Processes, requests, due work, disks, backups.',
    mail: 'Mails that do not leave',
    putOff: {
      one: '{count} mail could not leave yet: it is tried for three days.',
      other: '{count} mails could not leave yet: they are tried for three days.',
    },
    givenUp: {
      one: '{count} mail was given up in the last thirty days.',
      other: '{count} mails were given up in the last thirty days.',
    },
    mailWhy: 'The mail server does not answer, or refuses them: the server’s log says why.',
    missing: { one: '{count} item to be completed', other: '{count} items to be completed' },
  },
})
