import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Icon } from '../Icon'
import styles from './forms.module.css'

/** What failed for the whole form, said at once to readers. Stays mounted, so that a new message is heard. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <div role="alert">
      {children && (
        <p className={styles.formError}>
          <Icon as={IconAlertTriangle} />
          <span>{children}</span>
        </p>
      )}
    </div>
  )
}
