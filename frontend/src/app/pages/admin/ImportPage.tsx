import { useParams } from '@tanstack/react-router'
import { ImportView } from '@/features/admin/imports/ImportView'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const { importId = '' } = useParams({ strict: false })
  return (
    <AdminPage
      ability="manage_people"
      title={t('imports')}
      untitled
      up={{ to: paths.adminImports, words: t('backToImports') }}
    >
      <ImportView key={importId} id={importId} />
    </AdminPage>
  )
}
