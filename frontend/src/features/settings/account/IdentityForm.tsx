import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { formErrors, isProblem } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { PublicWord } from '../PublicWord'
import styles from '../settings.module.css'
import { Conflict } from './Conflict'
import { texts } from './i18n'
import { useChangeMe } from './mutations'
import { type Me, meQuery } from './queries'

type Typed = Partial<Pick<Me, 'name' | 'public'>>

/** What was typed stays when somebody else changed the account meanwhile; what was not typed follows the server. */
export function IdentityForm({ me, version }: { me: Me; version: string }) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState<Typed>({})
  const [before, setBefore] = useState<Me>()
  const saving = useChangeMe()
  const conflict = isProblem(saving.error) && saving.error.status === 412
  const errors = formErrors(conflict ? null : saving.error, ['name', 'shown_public'])
  const now = { name: typed.name ?? me.name, public: typed.public ?? me.public }

  const change = (more: Typed) => {
    setTyped({ ...typed, ...more })
    if (saving.isSuccess) saving.reset()
  }
  const save = () =>
    saving.mutate(
      { change: { name: now.name, ...(now.public !== me.public && { shown_public: now.public }) }, version },
      {
        onSuccess: () => setTyped({}),
        onError: (error) => {
          if (!isProblem(error) || error.status !== 412) return
          setBefore(me)
          void queryClient.refetchQueries(meQuery)
        },
      },
    )
  const takeTheirs = () => {
    setTyped({})
    saving.reset()
  }

  return (
    <Form error={errors.form} failure={conflict ? null : saving.error} onSubmit={() => saving.isPending || save()}>
      {conflict && before && <Conflict before={before} after={me} />}
      <div className={styles.form}>
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          name="name"
          autoComplete="name"
          maxLength={120}
          value={now.name}
          onChange={(event) => change({ name: event.target.value })}
          error={errors.fields.name}
        />
        {me.publics.length > 1 && (
          <div className={styles.apart}>
            <ChoiceGroup
              legend={t('shownPublic')}
              hint={t('shownPublicHint')}
              options={me.publics.map((value) => ({ value, label: <PublicWord of={value} /> }))}
              value={now.public}
              onChange={(value) => change({ public: value })}
              error={errors.fields.shown_public}
            />
          </div>
        )}
        <div className={styles.end}>
          <Button type="submit" busy={saving.isPending}>
            {conflict ? t('saveAnyway') : t('save')}
          </Button>
          {conflict && (
            <Button look="secondary" onClick={takeTheirs}>
              {t('takeTheirs')}
            </Button>
          )}
          <Result>{saving.isSuccess && t('saved')}</Result>
        </div>
      </div>
    </Form>
  )
}
