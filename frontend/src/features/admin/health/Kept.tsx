import { Slab } from '@/components/Slab'
import { formatMomentWithin } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { Figures } from './Figures'
import styles from './health.module.css'
import { texts } from './i18n'
import type { Health } from './queries'

const KINDS = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const

/** The database, the files, the disks they stand on, and their backups. */
export function Kept({ health: { stored, processes, last_backup, made_of } }: { health: Health }) {
  const t = useText(texts)
  const language = useLanguage()
  const size = (bytes: number) => formatSize(bytes, language)
  const disks = new Map(
    processes
      .filter(({ silent }) => !silent)
      .flatMap(({ host, disks }) => disks.map((disk) => [`${host} ${disk.holds}`, { host, ...disk }] as const)),
  )
  return (
    <>
      <Slab title={t('kept')}>
        <Figures
          of={[
            [t('database'), `${KINDS[stored.kind]} ${stored.version.split(' ')[0]}, ${size(stored.size)}`],
            [t('files'), t('blobs', { size: size(stored.blobs_size), count: stored.blobs })],
            ...[...disks.values()].map(
              ({ host, free, size: whole }) =>
                [t('disk', { host }), t('free', { free: size(free), size: size(whole) })] as const,
            ),
          ]}
        />
      </Slab>
      <Slab title={t('backups')}>
        <Figures
          of={[
            [
              t('lastBackup'),
              last_backup === null
                ? t('noBackup')
                : [
                    formatMomentWithin(last_backup.as_of, language),
                    size(last_backup.size),
                    t(last_backup.sealed ? 'sealed' : 'plain'),
                  ].join(', '),
            ],
            [
              t('madeOf'),
              made_of === null
                ? t('notMade')
                : t('madeOfText', {
                    at: formatMomentWithin(made_of.at, language),
                    asOf: formatMomentWithin(made_of.as_of, language),
                  }),
            ],
          ]}
        />
        <p className={styles.scope}>{t('tryOne')}</p>
      </Slab>
    </>
  )
}
