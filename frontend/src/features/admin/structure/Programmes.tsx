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
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { Disclosed } from '../Disclosed'
import { texts as common } from '../i18n'
import { texts } from './i18n'
import { useCreateProgramme } from './mutations'
import { programmesInQuery, type UnitPlace } from './queries'
import styles from './structure.module.css'

/** What a unit teaches. */
export function Programmes({ unit, addressOf }: { unit: UnitPlace; addressOf: (id: string) => string }) {
  const t = useText(texts)
  const [added, setAdded] = useState<string>()
  const programmes = useInfiniteQuery(programmesInQuery(unit.id))
  return (
    <Slab title={t('programmes')}>
      <Loaded query={programmes}>
        {(found) =>
          found.length === 0 ? (
            <p className={admin.muted}>{t('noProgrammes')}</p>
          ) : (
            <ul className={styles.rows}>
              {found.map(({ id, name }) => (
                <li key={id}>
                  <Link to={addressOf(id)}>{name}</Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <LoadMore
        more={programmes.hasNextPage}
        busy={programmes.isFetchingNextPage}
        error={programmes.data && programmes.error && messageOf(programmes.error)}
        onMore={() => void programmes.fetchNextPage()}
      />
      <div className={admin.said}>
        <Result>{added && t('programmeAdded', { name: added })}</Result>
      </div>
      <Disclosed words={t('addProgramme')}>
        {(close) => (
          <ProgrammeForm
            unitId={unit.id}
            onClose={close}
            onAdded={(name) => {
              setAdded(name)
              close()
            }}
          />
        )}
      </Disclosed>
    </Slab>
  )
}

interface ProgrammeFormProps {
  unitId: string
  onClose: () => void
  onAdded: (name: string) => void
}

function ProgrammeForm({ unitId, onClose, onAdded }: ProgrammeFormProps) {
  const t = useText(texts)
  const tc = useText(common)
  const once = useOnce()
  const creating = useCreateProgramme()
  const errors = formErrors(creating.error, ['name', 'code'])
  return (
    <Form
      error={errors.form}
      failure={creating.error}
      onSubmit={(values) => {
        const draft = { name: values('name').trim(), code: values('code').trim() || null, unit_id: unitId }
        if (!creating.isPending)
          creating.mutate({ draft, once: once(draft) }, { onSuccess: ({ name }) => onAdded(name) })
      }}
    >
      <div className={admin.form}>
        <TextField label={t('name')} name="name" maxLength={160} autoComplete="off" error={errors.fields.name} />
        <TextField
          label={t('code')}
          hint={t('programmeCodeHint')}
          name="code"
          optional
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          error={errors.fields.code}
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
