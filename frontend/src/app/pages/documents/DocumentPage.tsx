import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import { DocumentView } from '@/features/documents/components/DocumentView'
import { documentAsThing } from '@/features/documents/mutations'
import { documentQuery } from '@/features/documents/queries'
import type { FullDocument } from '@/features/documents/types'
import { useActItems } from '@/features/documents/useActItems'
import { useActing } from '@/features/documents/useActing'
import { PageView } from '@/features/pages/components/PageView'
import { NotFoundPage } from '../../NotFoundPage'
import { paths } from '../../paths'
import { documentAddresses } from './documentAddresses'

/** A document, whole. */
export function Page() {
  const { documentId } = useParams({ from: '/inside/documents/$documentId' })
  return <Shown key={documentId} documentId={documentId} />
}

function Shown({ documentId }: { documentId: string }) {
  const navigate = useNavigate()
  const document = useQuery(documentQuery(documentId))
  const leave = (folderId: string | null) =>
    void (folderId === null ? navigate({ to: paths.documents }) : navigate({ to: paths.folder, params: { folderId } }))
  // Of a page whose right is withdrawn, what was being written is given back before it closes.
  const [page, setPage] = useState<FullDocument>()
  if (document.data?.kind === 'page' && document.data !== page) setPage(document.data)
  if (page) return <Together page={page} onGone={leave} />
  if (isProblem(document.error) && document.error.status === 404) return <NotFoundPage />
  return <DocumentView documentId={documentId} to={documentAddresses} onGone={leave} />
}

/** A page that is written together, with what may be done with any document. */
function Together({ page, onGone }: { page: FullDocument; onGone: (folderId: string | null) => void }) {
  const { fil } = useSearch({ strict: false }) as { fil?: string }
  const acting = useActing({ onTrashed: () => onGone(page.folder?.id ?? null) })
  const items = useActItems(acting, { downloads: false })
  const thing = documentAsThing(page)
  const ask = (act: 'rename' | 'share') => (page.abilities.includes(act) ? () => acting.ask(act, [thing]) : undefined)
  return (
    <>
      <PageView
        document={page}
        thread={fil}
        to={documentAddresses}
        items={items(thing, page)}
        onRename={ask('rename')}
        onShare={ask('share')}
        onLeave={() => onGone(null)}
      />
      {acting.dialogs}
    </>
  )
}
