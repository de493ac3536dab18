import { useNavigate, useParams } from '@tanstack/react-router'
import { UnitView } from '@/features/admin/structure/UnitView'
import { useText } from '@/lib/i18n'
import { paths, programmeAddress, unitAddress } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  const { unitId = '' } = useParams({ strict: false })
  return (
    <AdminPage
      ability="manage_people"
      title={t('structure')}
      untitled
      up={{ to: paths.adminStructure, words: t('backToStructure') }}
      narrow
    >
      <UnitView
        key={unitId}
        id={unitId}
        unitAddress={unitAddress}
        programmeAddress={programmeAddress}
        onGone={() => navigate({ to: paths.adminStructure, replace: true })}
      />
    </AdminPage>
  )
}
