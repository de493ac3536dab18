import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { isProblem } from '@/api/problem'
import { DocumentView } from '@/features/documents/components/DocumentView'
import { documentQuery } from '@/features/documents/queries'
import { NotFoundPage } from '../../NotFoundPage'
import { documentAddresses } from './documentAddresses'

/** A document, whole. */
export function Page() {
  const { documentId } = useParams({ from: '/inside/documents/$documentId' })
  const document = useQuery(documentQuery(documentId))
  if (isProblem(document.error) && document.error.status === 404) return <NotFoundPage />
  return <DocumentView key={documentId} documentId={documentId} to={documentAddresses} />
}
