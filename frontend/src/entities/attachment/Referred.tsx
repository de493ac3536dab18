import { lazy, Suspense } from 'react'
import type { ReferredDocument } from './types'

const DocumentCards = lazy(async () => ({ default: (await import('./DocumentCards')).DocumentCards }))

/** Documents that something refers to, where it does: few things do, and their cards are fetched then. */
export function Referred({ documents }: { documents: ReferredDocument[] }) {
  if (documents.length === 0) return null
  return (
    <Suspense fallback={null}>
      <DocumentCards documents={documents} />
    </Suspense>
  )
}
