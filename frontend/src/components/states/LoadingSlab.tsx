import { useEffect, useState } from 'react'
import { useText } from '@/lib/i18n'
import { texts } from '../texts'
import { VisuallyHidden } from '../VisuallyHidden'
import styles from './states.module.css'

const PATIENCE = 300

/** The shape of what comes, shown only when it is slow: most answers arrive before. */
export function LoadingSlab({ lines = 3, person = false }: { lines?: number; person?: boolean }) {
  const t = useText(texts)
  const late = useLate()
  return (
    <div className={styles.loading} aria-busy="true" role="status">
      {late && (
        <>
          <VisuallyHidden>{t('loading')}</VisuallyHidden>
          <div className={styles.skeleton} aria-hidden="true">
            {person && (
              <div className={styles.person}>
                <i />
                <div>
                  <i />
                  <i />
                </div>
              </div>
            )}
            <i className={styles.heading} />
            {Array.from({ length: lines }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity.
              <i key={index} className={styles.bar} />
            ))}
          </div>
        </>
      )}
    </div>
  )
}

function useLate(): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [])
  return late
}
