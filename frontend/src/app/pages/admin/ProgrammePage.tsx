import { useNavigate, useParams } from '@tanstack/react-router'
import { ProgrammeView } from '@/features/admin/structure/ProgrammeView'
import { useText } from '@/lib/i18n'
import { cohortAddress, paths, unitAddress } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  const { programmeId = '' } = useParams({ strict: false })
  return (
    <AdminPage
      ability="manage_people"
      title={t('structure')}
      untitled
      up={{ to: paths.adminStructure, words: t('backToStructure') }}
      narrow
    >
      <ProgrammeView
        key={programmeId}
        id={programmeId}
        unitAddress={unitAddress}
        cohortAddress={cohortAddress}
        onGone={() => navigate({ to: paths.adminStructure, replace: true })}
      />
    </AdminPage>
  )
}
