import { TrashView } from '@/features/documents/components/TrashView'
import pages from '../pages.module.css'
import { documentAddresses } from './documentAddresses'

/** What was thrown away, while it can be taken back. */
export function Page() {
  return (
    <div className={pages.feed}>
      <TrashView to={documentAddresses} />
    </div>
  )
}
