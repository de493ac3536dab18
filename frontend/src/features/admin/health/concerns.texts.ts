import { dictionary } from '@/lib/i18n'

/** What is wrong, and what to do about it. Both in one place, so that no trouble is told without its way out. */
export const texts = dictionary({
  fr: {
    no_worker: 'Aucun processus ne fait le travail dû.',
    no_worker_do: 'Lancez parvis worker, ou laissez le serveur s’en charger (PARVIS_EMBEDDED_WORKER).',
    process_silent: {
      one: '{count} processus ne donne plus signe de vie ({subject}).',
      other: '{count} processus ne donnent plus signe de vie ({subject}).',
    },
    process_silent_do:
      'Il a été tué, ou n’atteint plus la base. S’il ne doit plus revenir, il sera oublié dans la journée.',
    versions_differ: 'Plusieurs versions tournent ensemble\u00a0: {subject}.',
    versions_differ_do: 'Pendant une mise à jour, c’est normal. Ensuite, redémarrez ce qui reste de l’ancienne.',
    requests_failing: {
      one: '{count} requête a échoué ces dernières minutes, plus d’une sur cent.',
      other: '{count} requêtes ont échoué ces dernières minutes, plus d’une sur cent.',
    },
    requests_failing_do: 'Cherchez request.failed dans le journal du serveur, et la route dans le tableau plus bas.',
    requests_slow: 'Une lecture sur vingt prend plus d’une seconde.',
    requests_slow_do: 'Voyez quelle route est lente plus bas, et si le processeur ou la base sont à leur limite.',
    listener_behind: 'Le suivi «\u00a0{subject}\u00a0» a {duration} de retard.',
    listener_behind_do: 'Un worker tourne-t-il\u00a0? Cherchez listener.failed dans son journal.',
    facts_quarantined: {
      one: 'Le suivi «\u00a0{subject}\u00a0» a laissé {count} fait de côté cette semaine.',
      other: 'Le suivi «\u00a0{subject}\u00a0» a laissé {count} faits de côté cette semaine.',
    },
    facts_quarantined_do: 'Il continue sans eux. Le journal dit pourquoi (listener.quarantined)\u00a0: signalez-le.',
    work_waiting: {
      one: 'Une tâche «\u00a0{subject}\u00a0» attend depuis plus de dix minutes.',
      other: '{count} tâches «\u00a0{subject}\u00a0» attendent, la première depuis plus de dix minutes.',
    },
    work_waiting_do: 'Un worker tourne-t-il\u00a0? S’il est débordé, lancez-en un autre sur une autre machine.',
    work_given_up: {
      one: 'Une tâche «\u00a0{subject}\u00a0» a été abandonnée cette semaine.',
      other: '{count} tâches «\u00a0{subject}\u00a0» ont été abandonnées cette semaine.',
    },
    work_given_up_do:
      'Le journal dit pourquoi (job.set_aside). Une fois la cause ôtée, réessayez sous «\u00a0Tâches abandonnées\u00a0».',
    mail_put_off: {
      one: '{count} courriel n’a pas encore pu partir.',
      other: '{count} courriels n’ont pas encore pu partir.',
    },
    mail_put_off_do: 'Ils sont essayés pendant trois jours. Voyez si le serveur de PARVIS_SMTP_URL répond.',
    mail_given_up: {
      one: '{count} courriel a été abandonné cette semaine.',
      other: '{count} courriels ont été abandonnés cette semaine.',
    },
    mail_given_up_do:
      'Le serveur de courriel ne répond pas depuis trois jours, ou les refuse\u00a0: son journal dit pourquoi. Ensuite, réessayez sous «\u00a0Tâches abandonnées\u00a0».',
    disk_low: 'Il ne reste que {size} sur {subject}.',
    disk_low_do:
      'Agrandissez le disque, ou libérez de la place, avant qu’il soit plein\u00a0: plus rien ne s’écrirait.',
    backup_missing: 'Aucune sauvegarde n’a été faite par parvis backup.',
    backup_missing_do: 'Mettez en place celle de chaque nuit (deploy/parvis-backup.timer), et gardez-la ailleurs.',
    backup_old: 'La dernière sauvegarde date de {duration}.',
    backup_old_do: 'Voyez pourquoi celle de la nuit n’a pas eu lieu\u00a0: systemctl status parvis-backup.',
  },
  en: {
    no_worker: 'No process does due work.',
    no_worker_do: 'Start parvis worker, or let the server do it (PARVIS_EMBEDDED_WORKER).',
    process_silent: {
      one: '{count} process gives no sign of life any more ({subject}).',
      other: '{count} processes give no sign of life any more ({subject}).',
    },
    process_silent_do:
      'It was killed, or cannot reach the database. If it is not to come back, it is forgotten in a day.',
    versions_differ: 'Several versions run together: {subject}.',
    versions_differ_do: 'During an upgrade this is normal. After it, restart what is left of the old one.',
    requests_failing: {
      one: '{count} request failed in the last minutes, more than one in a hundred.',
      other: '{count} requests failed in the last minutes, more than one in a hundred.',
    },
    requests_failing_do: 'Look for request.failed in the server’s log, and for the route in the table below.',
    requests_slow: 'One reading in twenty takes more than a second.',
    requests_slow_do: 'See below which route is slow, and whether processor or database are at their limit.',
    listener_behind: 'The listener “{subject}” is {duration} behind.',
    listener_behind_do: 'Is a worker running? Look for listener.failed in its log.',
    facts_quarantined: {
      one: 'The listener “{subject}” put {count} fact aside this week.',
      other: 'The listener “{subject}” put {count} facts aside this week.',
    },
    facts_quarantined_do: 'It goes on without them. The log says why (listener.quarantined): please report it.',
    work_waiting: {
      one: 'One job “{subject}” has waited for more than ten minutes.',
      other: '{count} jobs “{subject}” wait, the first for more than ten minutes.',
    },
    work_waiting_do: 'Is a worker running? If it has too much to do, start another on another machine.',
    work_given_up: {
      one: 'One job “{subject}” was given up this week.',
      other: '{count} jobs “{subject}” were given up this week.',
    },
    work_given_up_do:
      'The log says why (job.set_aside). Once the cause is gone, try again under “Jobs that were given up”.',
    mail_put_off: {
      one: '{count} mail could not leave yet.',
      other: '{count} mails could not leave yet.',
    },
    mail_put_off_do: 'They are tried for three days. See whether the server of PARVIS_SMTP_URL answers.',
    mail_given_up: {
      one: '{count} mail was given up this week.',
      other: '{count} mails were given up this week.',
    },
    mail_given_up_do:
      'The mail server has not answered for three days, or refuses them: its log says why. Then try again under “Jobs that were given up”.',
    disk_low: 'Only {size} are left on {subject}.',
    disk_low_do: 'Enlarge the disk, or make room, before it is full: nothing could be written any more.',
    backup_missing: 'No backup was taken by parvis backup.',
    backup_missing_do: 'Set up the one of each night (deploy/parvis-backup.timer), and keep it elsewhere.',
    backup_old: 'The last backup is {duration} old.',
    backup_old_do: 'See why last night’s did not happen: systemctl status parvis-backup.',
  },
})
