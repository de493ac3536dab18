import { IconFileExport } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { MenuItem } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from './files.texts'
import type { PageDocument } from './types'

const ExportDialog = lazy(() => import('./components/ExportDialog').then((part) => ({ default: part.ExportDialog })))

type Act = 'export'

/** What may be done with a page beside writing it, and beside what may be done with any document. */
export function usePageActs({ id }: PageDocument): { items: MenuItem[]; dialogs: ReactNode } {
  const t = useText(texts)
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  const items: MenuItem[] = [{ label: t('export'), icon: IconFileExport, onSelect: () => setAct('export') }]
  const dialogs = <Suspense>{act === 'export' && <ExportDialog pageId={id} onClose={close} />}</Suspense>
  return { items, dialogs }
}
