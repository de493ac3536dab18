import { DocumentsHome } from '@/features/documents/components/DocumentsHome'
import pages from '../pages.module.css'
import { documentAddresses } from './documentAddresses'

/** Where one's documents are. */
export function Page() {
  return (
    <div className={pages.one}>
      <DocumentsHome to={documentAddresses} />
    </div>
  )
}
