import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { isProblem } from '@/api/problem'
import { DocumentView } from '@/features/documents/components/DocumentView'
import { documentQuery } from '@/features/documents/queries'
import { NotFoundPage } from '../../NotFoundPage'
import { paths } from '../../paths'
import { documentAddresses } from './documentAddresses'

/** A document, whole. */
export function Page() {
  const navigate = useNavigate()
  const { documentId } = useParams({ from: '/inside/documents/$documentId' })
  const document = useQuery(documentQuery(documentId))
  const leave = (folderId: string | null) =>
    folderId === null ? navigate({ to: paths.documents }) : navigate({ to: paths.folder, params: { folderId } })
  if (isProblem(document.error) && document.error.status === 404) return <NotFoundPage />
  return (
    <DocumentView
      key={documentId}
      documentId={documentId}
      to={documentAddresses}
      onGone={(folderId) => void leave(folderId)}
    />
  )
}
