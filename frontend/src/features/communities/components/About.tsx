import { Chip } from '@/components/Chip'
import { Prose } from '@/components/Prose'
import { Slab, Slabs } from '@/components/Slab'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Community } from '../queries'
import styles from './community.module.css'

/** All that a community says of itself. */
export function About({ community }: { community: Community }) {
  const t = useText(texts)
  const { description_html: description, charter_html: charter, summary, language, tags } = community
  return (
    <Slabs>
      <Slab title={t('presentation')}>
        {summary && (
          <p className={styles.summary} lang={language}>
            {summary}
          </p>
        )}
        {description ? (
          <Prose html={description} lang={language} />
        ) : (
          !summary && <p className={styles.summary}>{t('noDescription')}</p>
        )}
        {tags.length > 0 && (
          <ul className={styles.tags} aria-label={t('tags')}>
            {tags.map((tag) => (
              <li key={tag}>
                <Chip>{tag}</Chip>
              </li>
            ))}
          </ul>
        )}
      </Slab>
      {charter && (
        <Slab title={t('charter')}>
          <Prose html={charter} lang={language} />
        </Slab>
      )}
      <Rules community={community} />
    </Slabs>
  )
}

function Rules({ community }: { community: Community }) {
  const t = useText(texts)
  const language = useLanguage()
  const by = (who: 'members' | 'moderators') => t(who === 'members' ? 'byMembers' : 'moderators')
  return (
    <Slab title={t('rules')}>
      <dl className={styles.rules}>
        <dt>{t('whoPosts')}</dt>
        <dd>{by(community.posting)}</dd>
        <dt>{t('whoComments')}</dt>
        <dd>{by(community.commenting)}</dd>
        <dt>{t('whoUploads')}</dt>
        <dd>{by(community.uploading)}</dd>
      </dl>
      <p className={styles.since}>{t('createdOn', { date: formatDate(community.created_at, language) })}</p>
    </Slab>
  )
}
