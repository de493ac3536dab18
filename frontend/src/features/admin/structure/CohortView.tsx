import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Slabs } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { DeletePlace } from './DeletePlace'
import { Graduation } from './Graduation'
import { texts } from './i18n'
import { useDeleteCohort } from './mutations'
import { PlaceHead } from './PlaceHead'
import { cohortQuery } from './queries'

interface CohortViewProps {
  id: string
  programmeAddress: (id: string) => string
  personAddress: (id: string) => string
  onGone: () => void
}

/** A cohort: how many study in it, and its graduation. */
export function CohortView({ id, programmeAddress, personAddress, onGone }: CohortViewProps) {
  const t = useText(texts)
  const cohort = useQuery(cohortQuery(id))
  const deleting = useDeleteCohort(id, cohort.data?.version ?? '')
  return (
    <Loaded query={cohort} lines={8}>
      {({ data: { year, programme, students, abilities } }) => {
        const name = t('cohort', { year: String(year) })
        return (
          <>
            <PlaceHead
              name={name}
              path={[{ name: programme.name, to: programmeAddress(programme.id) }]}
              lead={t('students', { count: students ?? 0 })}
            />
            <Slabs>
              <Graduation cohortId={id} year={year} personAddress={personAddress} />
              <DeletePlace
                name={name}
                deletable={abilities.includes('delete')}
                onDelete={deleting.mutateAsync}
                onGone={onGone}
              />
            </Slabs>
          </>
        )
      }}
    </Loaded>
  )
}
