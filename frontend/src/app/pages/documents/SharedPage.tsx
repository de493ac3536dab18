import { SharedView } from '@/features/documents/components/SharedView'
import pages from '../pages.module.css'
import { documentAddresses } from './documentAddresses'

/** What others share with one, and one with others. */
export function Page() {
  return (
    <div className={pages.feed}>
      <SharedView to={documentAddresses} />
    </div>
  )
}
