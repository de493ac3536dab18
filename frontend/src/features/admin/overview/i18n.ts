import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    parts: 'Parties de l’administration',
    people: 'Chercher, préinscrire, suspendre, donner un rôle.',
    invitations: 'Inviter par courriel ou par lien, annuler.',
    organisation: 'Nom, logo, langues, inscription, domaines.',
    pages: 'Mentions légales, données personnelles, accessibilité.',
    audit: 'Qui a fait quoi, sur qui et quand.',
    missing: { one: 'Il y manque {count} mention.', other: 'Il y manque {count} mentions.' },
  },
  en: {
    parts: 'Parts of the administration',
    people: 'Search, pre-register, suspend, give a role.',
    invitations: 'Invite by e-mail or link, cancel.',
    organisation: 'Name, logo, languages, registration, domains.',
    pages: 'Legal notice, personal data, accessibility.',
    audit: 'Who did what, to whom and when.',
    missing: { one: '{count} item is missing there.', other: '{count} items are missing there.' },
  },
})
