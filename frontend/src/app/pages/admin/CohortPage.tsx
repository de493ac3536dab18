import { useNavigate, useParams } from '@tanstack/react-router'
import { CohortView } from '@/features/admin/structure/CohortView'
import { useText } from '@/lib/i18n'
import { managedPersonAddress, paths, programmeAddress } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  const { cohortId = '' } = useParams({ strict: false })
  return (
    <AdminPage
      ability="manage_people"
      title={t('structure')}
      untitled
      up={{ to: paths.adminStructure, words: t('backToStructure') }}
      narrow
    >
      <CohortView
        key={cohortId}
        id={cohortId}
        programmeAddress={programmeAddress}
        personAddress={managedPersonAddress}
        onGone={() => navigate({ to: paths.adminStructure, replace: true })}
      />
    </AdminPage>
  )
}
