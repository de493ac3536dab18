import { useRef } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useAddAddress } from './mutations'

export function AddAddress() {
  const t = useText(texts)
  const field = useRef<HTMLInputElement>(null)
  const adding = useAddAddress()
  const errors = formErrors(adding.error, ['email'])
  const add = (email: string) =>
    adding.mutate(email, {
      onSuccess: () => {
        if (field.current) field.current.value = ''
      },
    })
  return (
    <div className={styles.block}>
      <Form
        error={errors.form}
        failure={adding.error}
        onSubmit={(values) => adding.isPending || add(values('email').trim())}
      >
        <TextField
          ref={field}
          label={t('add')}
          hint={t('addHint')}
          name="email"
          type="email"
          autoComplete="email"
          error={errors.fields.email}
          beside={
            <Button type="submit" busy={adding.isPending}>
              {t('addGo')}
            </Button>
          }
        />
      </Form>
      <div className={styles.end}>
        <Result>{adding.data && t('added', { email: adding.data.email })}</Result>
      </div>
    </div>
  )
}
