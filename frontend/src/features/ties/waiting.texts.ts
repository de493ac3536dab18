import { dictionary } from '@/lib/i18n'

/** Of what the first page says of them; the rest comes with the pages of its own. */
export const texts = dictionary({
  fr: {
    waiting: 'On attend votre réponse',
    requestsWaiting: { one: '{count} demande de contact', other: '{count} demandes de contact' },
    mentoringWaiting: { one: '{count} demande de mentorat', other: '{count} demandes de mentorat' },
  },
  en: {
    waiting: 'People wait for your answer',
    requestsWaiting: { one: '{count} contact request', other: '{count} contact requests' },
    mentoringWaiting: { one: '{count} mentoring request', other: '{count} mentoring requests' },
  },
})
