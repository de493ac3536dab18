import { dictionary } from '@/lib/i18n'

/** Of what is in the trash. */
export const texts = dictionary({
  fr: {
    trashLead: 'Ce que vous jetez reste ici un moment, puis disparaît.',
    trashEmpty: 'La corbeille est vide',
    trashEmptyText: 'Ce que vous y mettrez pourra être repris d’ici.',
    expires: 'Effacé pour toujours le {date}',
    recover: 'Reprendre',
    recoverOne: 'Reprendre {name}',
    recovered: '«\u00a0{name}\u00a0» est de retour.',
    deleteForGood: 'Effacer',
    deleteOne: 'Effacer {name} pour toujours',
    deleteTitle: 'Effacer «\u00a0{name}\u00a0» pour toujours\u00a0?',
    deleteText: 'Toutes ses versions disparaissent. Cela ne peut pas être annulé.',
  },
  en: {
    trashLead: 'What you throw away stays here for a while, then goes.',
    trashEmpty: 'The trash is empty',
    trashEmptyText: 'What you put in it can be taken back from here.',
    expires: 'Erased for ever on {date}',
    recover: 'Take back',
    recoverOne: 'Take back {name}',
    recovered: '“{name}” is back.',
    deleteForGood: 'Erase',
    deleteOne: 'Erase {name} for ever',
    deleteTitle: 'Erase “{name}” for ever?',
    deleteText: 'All its versions go. This can’t be undone.',
  },
})
