import { dictionary } from '@/lib/i18n'

/** What several parts of the administration say. */
export const texts = dictionary({
  fr: {
    reservedAdministrator: 'Il faut être de l’administration pour ouvrir cette page.',
    reservedPeople: 'Il faut être de la gestion des personnes, ou de l’administration, pour ouvrir cette page.',
    reservedAnnouncing: 'Il faut être de la communication, ou de l’administration, pour ouvrir cette page.',
    reservedModeration: 'Il faut être de la modération, ou de l’administration, pour ouvrir cette page.',
    whoCanOpen: 'Une personne qui administre Parvis dans votre université peut vous en donner le rôle.',
    secondFactorTitle: 'Un second facteur est demandé',
    secondFactorLead:
      'Votre rôle ouvre cette page à une condition\u00a0: prouver deux fois que c’est bien vous. Ajoutez une clé d’accès, ou activez la deuxième étape\u00a0: cela prend une minute.',
    secondFactorSetUp: 'Ajouter un second facteur',
    secondFactorUse:
      'Votre rôle ouvre cette page à une condition\u00a0: prouver deux fois que c’est bien vous. Cette session ne l’est qu’une fois.',
    secondFactorGo: 'Utiliser mon second facteur',
    save: 'Enregistrer',
    saved: 'Enregistré.',
    cancel: 'Annuler',
    saveAnyway: 'Enregistrer quand même',
    takeTheirs: 'Reprendre ce qui est enregistré',
    changedMeanwhile: 'Quelqu’un d’autre a modifié ceci entre-temps. Ce que vous avez écrit est gardé.',
    changedFields: 'A changé\u00a0: {fields}.',
  },
  en: {
    reservedAdministrator: 'Only the administration can open this page.',
    reservedPeople: 'Only people managers and the administration can open this page.',
    reservedAnnouncing: 'Only communicators and the administration can open this page.',
    reservedModeration: 'Only moderators and the administration can open this page.',
    whoCanOpen: 'Somebody who administers Parvis in your university can give you the role.',
    secondFactorTitle: 'A second factor is needed',
    secondFactorLead:
      'Your role opens this page on one condition: to prove twice that it’s you. Add a passkey, or turn the second step on: it takes a minute.',
    secondFactorSetUp: 'Add a second factor',
    secondFactorUse:
      'Your role opens this page on one condition: to prove twice that it’s you. In this session it was proved once.',
    secondFactorGo: 'Use my second factor',
    save: 'Save',
    saved: 'Saved.',
    cancel: 'Cancel',
    saveAnyway: 'Save anyway',
    takeTheirs: 'Take what is saved',
    changedMeanwhile: 'Somebody else changed this in the meantime. What you wrote is kept.',
    changedFields: 'Changed: {fields}.',
  },
})
