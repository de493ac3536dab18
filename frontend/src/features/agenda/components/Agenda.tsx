import { IconCalendarPlus, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { SelectField } from '@/components/forms/SelectField'
import { PageTitle } from '@/components/PageTitle'
import { publicNames, publics } from '@/components/people/publics'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import type { Wanted } from '@/entities/gathering/queries'
import { dayHere } from '@/entities/gathering/when'
import { formatDayOf } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { type Language, locale, useLanguage } from '@/lib/language'
import { addDays, addMonths, mondayOf, weekOf, weeksOf } from '../days'
import { texts } from '../i18n'
import { placesQuery } from '../queries'
import styles from './agenda.module.css'
import { DaysTable } from './DaysTable'
import { EventList } from './EventList'

const FollowDialog = lazy(async () => ({ default: (await import('./FollowDialog')).FollowDialog }))

const VIEWS = ['list', 'week', 'month'] as const
export type View = (typeof VIEWS)[number]

interface AgendaProps {
  view: View
  onView: (view: View) => void
  addressOf: (postId: string) => string
}

/** What takes place when: as a list, by week or by month. */
export function Agenda({ view, onView, addressOf }: AgendaProps) {
  const t = useText(texts)
  const [following, setFollowing] = useState(false)
  const [wanted, setWanted] = useState<Wanted>({})
  const empty = <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
  return (
    <>
      <PageTitle
        lead={t('lead')}
        action={
          <Button icon={IconCalendarPlus} onClick={() => setFollowing(true)}>
            {t('follow')}
          </Button>
        }
      >
        {t('title')}
      </PageTitle>
      <div className={styles.bar}>
        <Pills
          label={t('view')}
          options={VIEWS.map((value) => ({ value, label: t(value) }))}
          value={view}
          onChange={onView}
        />
        <Filters wanted={wanted} onChange={setWanted} />
      </div>
      <Slab>
        {view === 'list' ? (
          <EventList wanted={wanted} addressOf={addressOf} empty={empty} />
        ) : (
          <Period view={view} wanted={wanted} addressOf={addressOf} />
        )}
      </Slab>
      {following && (
        <Suspense>
          <FollowDialog onClose={() => setFollowing(false)} />
        </Suspense>
      )}
    </>
  )
}

type Scope = 'places' | 'mine' | 'everywhere'
const SCOPES = ['places', 'mine', 'everywhere'] as const

function Filters({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  const t = useText(texts)
  const tp = useText(publicNames)
  const places = useQuery(placesQuery).data ?? []
  const scope: Scope = wanted.answered ? 'mine' : wanted.everywhere ? 'everywhere' : 'places'
  const set = (more: Wanted) => onChange({ ...wanted, ...more })
  const without = undefined
  return (
    <div className={styles.filters}>
      <SelectField
        label={t('which')}
        options={SCOPES.map((value) => ({ value, label: t(value) }))}
        value={scope}
        onChange={(value) =>
          set({
            answered: value === 'mine' || without,
            everywhere: value === 'everywhere' || without,
            community_id: without,
          })
        }
      />
      <SelectField
        label={t('community')}
        options={[
          { value: '', label: t('anyCommunity') },
          ...places.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={wanted.community_id ?? ''}
        onChange={(value) => set({ community_id: value || without, answered: without, everywhere: without })}
      />
      <SelectField
        label={t('public')}
        options={[{ value: '', label: t('anyPublic') }, ...publics.map((value) => ({ value, label: tp(value) }))]}
        value={wanted.public ?? ''}
        onChange={(value) => set({ public: publics.find((one) => one === value) })}
      />
    </div>
  )
}

interface PeriodProps {
  view: 'week' | 'month'
  wanted: Wanted
  addressOf: (postId: string) => string
}

/** A week or a month, and those before and after. */
function Period({ view, wanted, addressOf }: PeriodProps) {
  const t = useText(texts)
  const language = useLanguage()
  const [day, setDay] = useState(() => dayHere(Date.now()))
  const move = (by: number) => setDay(view === 'week' ? addDays(day, 7 * by) : addMonths(day, by))
  const month = day.slice(0, 7)
  const caption =
    view === 'month' ? monthOf(day, language) : t('weekOf', { day: lower(formatDayOf(mondayOf(day), language)) })
  return (
    <>
      <div className={styles.period}>
        <IconButton icon={IconChevronLeft} label={t('previous')} onClick={() => move(-1)} />
        <h2 role="status">{caption}</h2>
        <IconButton icon={IconChevronRight} label={t('next')} onClick={() => move(1)} />
        <Button look="secondary" size="small" onClick={() => setDay(dayHere(Date.now()))}>
          {t('today')}
        </Button>
      </div>
      <DaysTable
        caption={caption}
        weeks={view === 'month' ? weeksOf(day) : [weekOf(day)]}
        {...(view === 'month' && { month })}
        wanted={wanted}
        addressOf={addressOf}
      />
    </>
  )
}

function monthOf(day: string, language: Language): string {
  const words = new Intl.DateTimeFormat(locale(language), { month: 'long', year: 'numeric' })
  const name = words.format(new Date(`${day}T12:00`))
  return name.charAt(0).toUpperCase() + name.slice(1)
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
