import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    title: 'Parmi des destinataires\u00a0?',
    lead: 'Décrivez-les, et lisez pourquoi cette personne en fait partie ou non. La question est inscrite au journal d’audit.',
    ask: 'Demander pourquoi',
    inside: 'Cette personne en fait partie.',
    outside: 'Cette personne n’en fait pas partie.',
    unlisted:
      'Son compte n’est pas actif, ou elle n’est pas de l’université aujourd’hui\u00a0: elle ne fait partie d’aucun.',
    reasons: 'Condition par condition',
    all: 'Demandé',
    any: 'Au choix',
    none: 'Exclu',
    yes: 'vrai pour elle',
    no: 'faux pour elle',
  },
  en: {
    title: 'In an audience?',
    lead: 'Describe it, and read why this person is in it or not. The question is entered in the audit log.',
    ask: 'Ask why',
    inside: 'This person is in it.',
    outside: 'This person is not in it.',
    unlisted: 'The account is not active, or not of the university today: it is in no audience.',
    reasons: 'Condition by condition',
    all: 'Asked for',
    any: 'Choice',
    none: 'Left out',
    yes: 'true for them',
    no: 'false for them',
  },
})
