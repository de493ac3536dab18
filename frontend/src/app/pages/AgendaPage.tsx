import { useNavigate, useSearch } from '@tanstack/react-router'
import { Agenda, type View } from '@/features/agenda/components/Agenda'
import { paths, postAddress } from '../paths'
import pages from './pages.module.css'

const VIEWS: readonly View[] = ['list', 'week', 'month']

/** What takes place when; how it is shown stands in the address. */
export function Page() {
  const navigate = useNavigate()
  const { view } = useSearch({ strict: false }) as { view?: string }
  return (
    <div className={pages.one}>
      <Agenda
        view={VIEWS.find((one) => one === view) ?? 'list'}
        onView={(next) => navigate({ to: paths.agenda, search: { view: next === 'list' ? undefined : next } as never })}
        addressOf={postAddress}
      />
    </div>
  )
}
