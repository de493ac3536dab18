import { PageTitle } from '@/components/PageTitle'
import { Bookmarks } from '@/features/posts/components/Bookmarks'
import { texts } from '@/features/posts/i18n'
import { useText } from '@/lib/i18n'
import styles from './pages.module.css'
import { postAddresses } from './postAddresses'

/** What one put aside. */
export function Page() {
  const t = useText(texts)
  return (
    <div className={styles.feed}>
      <PageTitle lead={t('bookmarksLead')}>{t('bookmarks')}</PageTitle>
      <Bookmarks to={postAddresses} />
    </div>
  )
}
