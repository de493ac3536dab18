import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    tasks: 'Vos tâches',
    due: 'Pour le {day}',
    dueToday: 'Pour aujourd’hui',
    late: 'En retard, pour le {day}',
    inPage: 'dans {page}',
    unnamed: 'Tâche sans texte',
  },
  en: {
    tasks: 'Your tasks',
    due: 'By {day}',
    dueToday: 'Due today',
    late: 'Late, by {day}',
    inPage: 'in {page}',
    unnamed: 'Task without text',
  },
})
