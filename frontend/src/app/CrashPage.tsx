import { Unreachable } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ErrorState } from '@/components/states/ErrorState'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import styles from './pages/pages.module.css'
import { texts } from './texts'

/** What a person sees when a page breaks: never a trace. A reload also brings the new code after an update. */
export function CrashPage({ error }: { error: unknown }) {
  const t = useText(texts)
  useTitle(t('crashTitle'))
  const reload = (
    <Button size="small" onClick={() => window.location.reload()}>
      {t('reload')}
    </Button>
  )
  return (
    <div className={styles.alone}>
      {error instanceof Unreachable ? (
        <ErrorState heading="h1" action={reload}>
          {error.message}
        </ErrorState>
      ) : (
        <ErrorState heading="h1" title={t('crashTitle')} action={reload}>
          {t('crashText')}
        </ErrorState>
      )}
    </div>
  )
}
