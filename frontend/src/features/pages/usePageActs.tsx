import { IconFileExport, IconNews, IconUsers } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { MenuItem } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from './files.texts'
import type { PageDocument } from './types'

const AuthorsDialog = lazy(() => import('./components/AuthorsDialog').then((part) => ({ default: part.AuthorsDialog })))
const PublishDialog = lazy(() => import('./components/PublishDialog').then((part) => ({ default: part.PublishDialog })))
const ExportDialog = lazy(() => import('./components/ExportDialog').then((part) => ({ default: part.ExportDialog })))

type Act = 'export' | 'publish' | 'authors'

/** What may be done with a page beside writing it, and beside what may be done with any document. */
export function usePageActs(page: PageDocument): { items: MenuItem[]; dialogs: ReactNode } {
  const t = useText(texts)
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  const items: (MenuItem | false)[] = [
    { label: t('whoWrote'), icon: IconUsers, onSelect: () => setAct('authors') },
    { label: t('export'), icon: IconFileExport, onSelect: () => setAct('export') },
    page.abilities.includes('rename') && {
      label: t('publish'),
      icon: IconNews,
      onSelect: () => setAct('publish'),
    },
  ]
  const dialogs = (
    <Suspense>
      {act === 'export' && <ExportDialog pageId={page.id} onClose={close} />}
      {act === 'authors' && <AuthorsDialog pageId={page.id} onClose={close} />}
      {act === 'publish' && <PublishDialog page={page} onClose={close} />}
    </Suspense>
  )
  return { items: items.filter((item) => item !== false), dialogs }
}
