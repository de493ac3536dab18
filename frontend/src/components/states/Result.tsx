import { IconCheck } from '@tabler/icons-react'
import type { ReactNode, Ref } from 'react'
import { Icon } from '../Icon'
import styles from './Result.module.css'

interface ResultProps {
  /** What was done, in the verb of the button that did it. Empty until then. */
  children?: ReactNode
  /** Takes the focus when what had it is gone, such as a removed row. */
  ref?: Ref<HTMLDivElement>
}

/** Success, said where the action was. Its place is there before, so that readers hear it come. */
export function Result({ children, ref }: ResultProps) {
  return (
    <div ref={ref} role="status" tabIndex={-1} className={styles.place}>
      {children && (
        <p className={styles.result}>
          <Icon as={IconCheck} size={20} />
          <span>{children}</span>
        </p>
      )}
    </div>
  )
}
