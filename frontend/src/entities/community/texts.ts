import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    open: 'Communauté ouverte',
    on_request: 'Sur demande',
    secret: 'Communauté secrète',
    people: { one: '{count} membre', other: '{count} membres' },
    owner: 'Propriétaire',
    moderator: 'Animation',
    member: 'Membre',
    asked: 'Demande envoyée',
    invited: 'Invitation reçue',
    archived: 'Archivée',
  },
  en: {
    open: 'Open community',
    on_request: 'On request',
    secret: 'Secret community',
    people: { one: '{count} member', other: '{count} members' },
    owner: 'Owner',
    moderator: 'Moderator',
    member: 'Member',
    asked: 'Request sent',
    invited: 'You are invited',
    archived: 'Archived',
  },
})
