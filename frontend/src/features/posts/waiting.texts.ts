import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    waitingPosts: 'Vos publications en attente d’envoi',
    waitingComments: 'Vos commentaires en attente d’envoi',
    waiting: 'En attente d’envoi',
    refused: 'Non envoyé. {reason}',
    draftAgain: 'Votre publication n’a pas été acceptée et redevient un brouillon. {reason}',
    retry: 'Renvoyer',
    change: 'Corriger',
    refusedComment: 'Votre commentaire à corriger',
    drop: 'Abandonner',
  },
  en: {
    waitingPosts: 'Your posts waiting to be sent',
    waitingComments: 'Your comments waiting to be sent',
    waiting: 'Waiting to be sent',
    refused: 'Not sent. {reason}',
    draftAgain: 'Your post was not accepted and is a draft again. {reason}',
    retry: 'Send again',
    change: 'Correct',
    refusedComment: 'Your comment to be corrected',
    drop: 'Give up',
  },
})
