import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    title: 'Courriels qui reviennent',
    lead: 'Ce que nous envoyons à cette adresse nous revient\u00a0: nous n’y envoyons plus rien, sauf ce que vous demandez pour vous connecter.',
    since: 'Depuis\u00a0: {moment}. Motif du serveur\u00a0: {status}.',
    resume: 'Reprendre les envois',
    resumeOne: 'Reprendre les envois à {email}',
    resumed: 'Les envois reprennent.',
  },
  en: {
    title: 'Mails that come back',
    lead: 'What we send to this address comes back: we send nothing there any more, but what you ask for to sign in.',
    since: 'Since: {moment}. The server’s reason: {status}.',
    resume: 'Send again',
    resumeOne: 'Send to {email} again',
    resumed: 'Mails are sent again.',
  },
})
