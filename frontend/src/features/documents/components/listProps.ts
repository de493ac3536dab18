import type { Listed } from '@/api/listing'
import type { Addresses } from '../addresses'
import type { Document } from '../types'
import type { Acting } from '../useActing'
import type { Selection } from '../useSelection'
import type { View } from '../view'

/** What a list of documents needs, however it is drawn. */
export interface ListProps {
  label: string
  list: Listed<Document>
  documents: readonly Document[]
  selection: Selection
  view: View
  onView: (view: View) => void
  acting: Acting
  to: Addresses
  /** Shown beside the list. */
  onLook: (document: Document | undefined) => void
  /** On a page of its own. */
  onOpen: (documentId: string) => void
}
