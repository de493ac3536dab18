import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { isProblem } from '@/api/problem'
import { FolderView } from '@/features/documents/components/FolderView'
import { folderQuery } from '@/features/documents/queries'
import { NotFoundPage } from '../../NotFoundPage'
import { paths } from '../../paths'
import { documentAddresses } from './documentAddresses'

/** A folder, as the address says it is looked at. */
export function Page() {
  const navigate = useNavigate()
  const { folderId } = useParams({ from: '/inside/documents/folders/$folderId' })
  const view = useSearch({ from: '/inside/documents/folders/$folderId' })
  const folder = useQuery(folderQuery(folderId))
  if (isProblem(folder.error) && folder.error.status === 404) return <NotFoundPage />
  return (
    <FolderView
      key={folderId}
      folderId={folderId}
      view={view}
      onView={(search) => void navigate({ to: paths.folder, params: { folderId }, search, resetScroll: false })}
      to={documentAddresses}
      onOpen={(documentId) => void navigate({ to: paths.document, params: { documentId } })}
    />
  )
}
