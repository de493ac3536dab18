import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    legal: 'Mentions légales',
    privacy: 'Données personnelles',
    accessibility: 'Déclaration d’accessibilité',
    updatedOn: 'Mise à jour le {date}',
  },
  en: {
    legal: 'Legal notice',
    privacy: 'Personal data',
    accessibility: 'Accessibility statement',
    updatedOn: 'Updated on {date}',
  },
})
