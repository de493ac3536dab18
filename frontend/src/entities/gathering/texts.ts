import { dictionary } from '@/lib/i18n'

/** Words of events, wherever they are shown. */
export const texts = dictionary({
  fr: {
    online: 'En ligne',
    square: 'Sur la place',
    cancelled: 'Annulé',
    full: 'Complet',
    over: 'Passé',
    yes: 'Vous venez',
    maybe: 'Peut-être',
    no: 'Vous ne venez pas',
    waiting: 'Sur liste d’attente',
  },
  en: {
    online: 'Online',
    square: 'On the square',
    cancelled: 'Cancelled',
    full: 'Full',
    over: 'Over',
    yes: 'You are coming',
    maybe: 'Maybe',
    no: 'You are not coming',
    waiting: 'On the waiting list',
  },
})
