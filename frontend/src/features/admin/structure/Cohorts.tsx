import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { formErrors, messageOf } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { Disclosed } from '../Disclosed'
import { texts as common } from '../i18n'
import { texts } from './i18n'
import { useCreateCohort } from './mutations'
import { cohortsInQuery } from './queries'
import styles from './structure.module.css'

/** The cohorts of a programme, the latest first, with how many study in each. */
export function Cohorts({ programmeId, addressOf }: { programmeId: string; addressOf: (id: string) => string }) {
  const t = useText(texts)
  const [added, setAdded] = useState<number>()
  const language = useLanguage()
  const cohorts = useInfiniteQuery(cohortsInQuery(programmeId))
  return (
    <Slab title={t('cohorts')}>
      <Loaded query={cohorts}>
        {(found) =>
          found.length === 0 ? (
            <p className={admin.muted}>{t('noCohorts')}</p>
          ) : (
            <ul className={styles.rows}>
              {found.map(({ id, year, students, graduates_on }) => (
                <li key={id}>
                  <Link to={addressOf(id)}>{t('cohort', { year: String(year) })}</Link>
                  <span className={admin.muted}>
                    {graduates_on
                      ? t('graduated', { date: formatDate(`${graduates_on}T12:00:00`, language) })
                      : t('students', { count: students ?? 0 })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <LoadMore
        more={cohorts.hasNextPage}
        busy={cohorts.isFetchingNextPage}
        error={cohorts.data && cohorts.error && messageOf(cohorts.error)}
        onMore={() => void cohorts.fetchNextPage()}
      />
      <div className={admin.said}>
        <Result>{added && t('cohortAdded', { year: String(added) })}</Result>
      </div>
      <Disclosed words={t('addCohort')}>
        {(close) => (
          <CohortForm
            programmeId={programmeId}
            onClose={close}
            onAdded={(year) => {
              setAdded(year)
              close()
            }}
          />
        )}
      </Disclosed>
    </Slab>
  )
}

interface CohortFormProps {
  programmeId: string
  onClose: () => void
  onAdded: (year: number) => void
}

function CohortForm({ programmeId, onClose, onAdded }: CohortFormProps) {
  const t = useText(texts)
  const tc = useText(common)
  const once = useOnce()
  const creating = useCreateCohort()
  const errors = formErrors(creating.error, ['year'])
  return (
    <Form
      error={errors.form}
      failure={creating.error}
      onSubmit={(values) => {
        const draft = { programme_id: programmeId, year: Number(values('year')) }
        if (!creating.isPending)
          creating.mutate({ draft, once: once(draft) }, { onSuccess: ({ year }) => onAdded(year) })
      }}
    >
      <div className={admin.form}>
        <TextField
          label={t('year')}
          hint={t('yearHint')}
          name="year"
          inputMode="numeric"
          defaultValue={new Date().getFullYear() + 1}
          maxLength={4}
          autoComplete="off"
          error={errors.fields.year}
        />
      </div>
      <div className={admin.end}>
        <Button type="submit" busy={creating.isPending}>
          {t('add')}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {tc('cancel')}
        </Button>
      </div>
    </Form>
  )
}
