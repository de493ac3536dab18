import { useInfiniteQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { Dialog } from '@/components/overlays/Dialog'
import { Prose } from '@/components/Prose'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Post, versionsQuery } from '../queries'
import styles from './posts.module.css'

/** What a post said before each edit, the last first. */
export function History({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useText(texts)
  const list = useInfiniteQuery(versionsQuery(post.id))
  return (
    <Dialog open onClose={onClose} title={t('history')} width={640}>
      <Loaded query={list}>
        {(versions) => (
          <ol className={styles.versions}>
            {versions.map((version) => (
              <li key={version.version}>
                <p className={styles.facts}>
                  <span>{t('until')}</span> <Moment at={version.until} />
                </p>
                {version.title && <h3>{version.title}</h3>}
                <Prose html={version.html} lang={version.language} />
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </Dialog>
  )
}
