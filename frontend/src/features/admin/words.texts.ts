import { dictionary } from '@/lib/i18n'

/** What somebody is to the institution (eduPersonAffiliation), in words. */
export const kindNames = dictionary({
  fr: {
    student: 'Études',
    faculty: 'Enseignement et recherche',
    staff: 'Personnel administratif et technique',
    employee: 'Autre personnel',
    alum: 'Alumni',
    affiliate: 'Entreprise partenaire',
    member: 'Simple membre',
  },
  en: {
    student: 'Studies',
    faculty: 'Teaching and research',
    staff: 'Administrative and technical staff',
    employee: 'Other staff',
    alum: 'Alumni',
    affiliate: 'Partner company',
    member: 'Plain member',
  },
})

export const roleNames = dictionary({
  fr: {
    administrator: 'Administration',
    people_administrator: 'Gestion des personnes',
    moderator: 'Modération',
    communicator: 'Communication',
  },
  en: {
    administrator: 'Administration',
    people_administrator: 'People management',
    moderator: 'Moderation',
    communicator: 'Communication',
  },
})

/** What each role opens, said before it is given. */
export const roleLeads = dictionary({
  fr: {
    administrator: 'Règle tout\u00a0: l’organisation, les personnes, les rôles, le journal d’audit.',
    people_administrator: 'Invite, suspend et met à jour les personnes, hors administration.',
    moderator: 'Traite les signalements.',
    communicator: 'Publie les annonces de l’université.',
  },
  en: {
    administrator: 'Sets everything: the organisation, people, roles, the audit log.',
    people_administrator: 'Invites, suspends and updates people, administrators excepted.',
    moderator: 'Handles reports.',
    communicator: 'Publishes the university’s announcements.',
  },
})

export const stateNames = dictionary({
  fr: { active: 'Actif', pending: 'À activer', suspended: 'Suspendu', leaving: 'Sur le départ' },
  en: { active: 'Active', pending: 'To activate', suspended: 'Suspended', leaving: 'Leaving' },
})
