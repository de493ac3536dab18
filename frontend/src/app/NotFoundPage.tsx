import { ButtonLink } from '@/components/buttons/ButtonLink'
import { NotFoundState } from '@/components/states/NotFoundState'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import styles from './pages/pages.module.css'
import { paths } from './paths'
import { texts } from './texts'

/** The same for what is not there and for what is not yours. */
export function NotFoundPage() {
  const t = useText(texts)
  useTitle(t('notFound'))
  return (
    <div className={styles.alone}>
      <NotFoundState
        heading="h1"
        action={
          <ButtonLink to={paths.home} size="small">
            {t('backHome')}
          </ButtonLink>
        }
      />
    </div>
  )
}
