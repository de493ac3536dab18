import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import common from '../settings.module.css'
import { texts } from './i18n'
import { useCreateToken } from './mutations'
import { type NewToken, scopesQuery } from './queries'
import { ScopeChoice } from './ScopeChoice'

const DURATIONS = ['7', '30', '90', '365'] as const
type Duration = (typeof DURATIONS)[number]

interface NewTokenFormProps {
  onCancel: () => void
  onCreated: (token: NewToken) => void
}

export function NewTokenForm({ onCancel, onCreated }: NewTokenFormProps) {
  const t = useText(texts)
  const known = useQuery(scopesQuery(useLanguage()))
  const [scopes, setScopes] = useState<readonly string[]>([])
  const [days, setDays] = useState<Duration>('30')
  const [unticked, setUnticked] = useState(false)
  const creating = useCreateToken()
  const errors = formErrors(creating.error, ['name', 'scopes', 'days'])

  const create = (name: string) => {
    setUnticked(scopes.length === 0)
    if (scopes.length === 0 || creating.isPending) return
    creating.mutate({ name, scopes: [...scopes] as never, days: Number(days) }, { onSuccess: onCreated })
  }

  return (
    <div className={common.block}>
      <Form error={errors.form} failure={creating.error} onSubmit={(values) => create(values('name'))}>
        <div className={common.form}>
          <TextField
            label={t('tokenName')}
            hint={t('tokenNameHint')}
            name="name"
            maxLength={80}
            autoComplete="off"
            error={errors.fields.name}
          />
          <SelectField
            label={t('tokenDays')}
            options={DURATIONS.map((value) => ({ value, label: t(`days${value}`) }))}
            value={days}
            onChange={setDays}
            error={errors.fields.days}
          />
        </div>
        <Loaded query={known}>
          {(items) => (
            <ScopeChoice
              known={items}
              chosen={scopes}
              onChange={setScopes}
              error={unticked && scopes.length === 0 ? t('noScope') : errors.fields.scopes}
            />
          )}
        </Loaded>
        <div className={common.end}>
          <Button type="submit" busy={creating.isPending}>
            {t('tokenGo')}
          </Button>
          <Button look="secondary" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </div>
      </Form>
    </div>
  )
}
